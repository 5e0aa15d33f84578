package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The upstream's token object (protocol sheet, 2.4).
 *
 * @param tokens what it hands out; members it lacks are absent
 * @param claims what the access token says of itself
 * @param domain the site the tokens belong to, if it says so
 * @param enterpriseId the enterprise they are billed to, if it says so
 */
record TokenReply(
        Tokens tokens,
        JwtClaims claims,
        @Nullable String domain,
        @Nullable String enterpriseId) {
    /** Reads the object of a successful reply that came at {@code receivedAt}. */
    static TokenReply of(JsonNode data, Instant receivedAt) {
        Secret access = token(data, "accessToken");
        if (access == null) {
            throw ServiceFailures.incomplete("the access token");
        }
        JwtClaims claims = JwtClaims.of(access.reveal());
        Instant issuedAt = claims.issuedAt();
        Instant expiresAt = end(data, "expiresAt", "expiresIn", receivedAt);
        Tokens tokens = new Tokens(
                access,
                token(data, "refreshToken"),
                issuedAt == null ? receivedAt : issuedAt,
                expiresAt == null ? claims.expiresAt() : expiresAt,
                end(data, "refreshExpiresAt", "refreshExpiresIn", receivedAt),
                ReplyFields.text(data, "tokenType"),
                ReplyFields.text(data, "scope"),
                ReplyFields.text(data, "sessionState"));
        String domain = ReplyFields.text(data, "domain");
        String enterprise = ReplyFields.text(data, "enterpriseId", "enterprise_id");
        return new TokenReply(
                tokens,
                claims,
                domain != null && AccountHeaders.isDomain(domain) ? domain : null,
                enterprise == null ? claims.enterpriseId() : enterprise);
    }

    /** A token that could not be sent is none. */
    private static @Nullable Secret token(JsonNode data, String name) {
        JsonNode value = data.path(name);
        String text = value.isString() ? value.stringValue() : "";
        return !text.isEmpty() && AccountHeaders.isToken(text) ? Secret.of(text) : null;
    }

    private static @Nullable Instant end(JsonNode data, String at, String in, Instant receivedAt) {
        Instant named = ReplyFields.moment(data, at);
        Long lifetime = named == null ? ReplyFields.positive(data, in) : null;
        return lifetime == null || lifetime > Integer.MAX_VALUE ? named : receivedAt.plusSeconds(lifetime);
    }

    /** What the tokens tell of their account. */
    Account account() {
        String email = claims.email();
        String login = claims.loginName();
        return new Account(
                null,
                email != null ? email : login != null ? login : claims.subject(),
                email,
                claims.displayName(),
                domain,
                enterpriseId,
                null,
                null);
    }

    /** The tokens, with what is missing taken from those that they replace (protocol sheet, 3). */
    Tokens replacing(Tokens old, Instant now) {
        Instant end = tokens.expiresAt() == null && !old.isExpired(now) ? old.expiresAt() : tokens.expiresAt();
        return new Tokens(
                tokens.accessToken(),
                or(tokens.refreshToken(), old.refreshToken()),
                tokens.issuedAt(),
                end,
                or(tokens.refreshExpiresAt(), old.refreshExpiresAt()),
                or(tokens.type(), old.type()),
                or(tokens.scope(), old.scope()),
                or(tokens.sessionState(), old.sessionState()));
    }

    private static <T> @Nullable T or(@Nullable T mine, @Nullable T other) {
        return mine == null ? other : mine;
    }

    @Override
    public String toString() {
        return "TokenReply[" + tokens + "]";
    }
}
