package io.github.codebuddy2api.codebuddy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an access token says of itself. Nothing is verified: the token is the upstream's own (protocol sheet, 2.8). Pure.
 *
 * @param payload the claims; a missing node if the token is no JWT
 */
record JwtClaims(JsonNode payload) {
    private static final int MAX_PAYLOAD = 16 * 1024;
    private static final Pattern ENTERPRISE = Pattern.compile("/sso-([A-Za-z0-9_-]{1,128})/?$");

    /** The claims of {@code token}, whatever it is. */
    static JwtClaims of(String token) {
        int begin = token.indexOf('.') + 1;
        int end = token.indexOf('.', begin);
        if (begin == 0 || end < 0 || end - begin > MAX_PAYLOAD) {
            return new JwtClaims(MissingNode.getInstance());
        }
        try {
            byte[] payload =
                    Base64.getUrlDecoder().decode(token.substring(begin, end).getBytes(StandardCharsets.US_ASCII));
            return new JwtClaims(Json.tree(payload));
        } catch (IllegalArgumentException | JacksonException notAJwt) {
            return new JwtClaims(MissingNode.getInstance());
        }
    }

    /** The upstream's own id of the user. */
    @Nullable String subject() {
        JsonNode subject = payload.path("sub");
        return subject.isString() ? ReplyFields.text(subject) : null;
    }

    @Nullable String email() {
        return ReplyFields.text(payload, "email");
    }

    /** The name by which the user signs in. */
    @Nullable String loginName() {
        return ReplyFields.text(payload, "preferred_username");
    }

    /** A name to show. */
    @Nullable String displayName() {
        return ReplyFields.text(payload, "nickname", "name", "preferred_username");
    }

    @Nullable Instant issuedAt() {
        return ReplyFields.moment(payload, "iat");
    }

    @Nullable Instant expiresAt() {
        return ReplyFields.moment(payload, "exp");
    }

    /** The enterprise whose sign-in issued the token (protocol sheet, 1.3). */
    @Nullable String enterpriseId() {
        String issuer = ReplyFields.text(payload, "iss");
        Matcher path = issuer == null ? null : ENTERPRISE.matcher(issuer);
        return path != null && path.find() ? path.group(1) : null;
    }

    @Override
    public String toString() {
        return payload.isMissingNode() ? "JwtClaims[none]" : "JwtClaims[present]";
    }
}
