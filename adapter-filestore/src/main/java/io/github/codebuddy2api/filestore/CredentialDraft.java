package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A new credential's file as the original writes it, so that the original could read it: the short shape if only a token
 * is known, the long one otherwise. The members the original does not know come last, and no token stands there twice.
 */
final class CredentialDraft {
    private final ObjectNode file = JsonNodeFactory.instance.objectNode();

    private CredentialDraft() {}

    /**
     * The object for the file.
     *
     * @throws InvalidRequest if a token could not be read back
     */
    static ObjectNode of(NewCredential credential, Instant now) {
        return new CredentialDraft().fill(credential, now);
    }

    private ObjectNode fill(NewCredential credential, Instant now) {
        Tokens tokens = credential.tokens();
        Account account = credential.account();
        Instant start = Objects.requireNonNullElse(tokens.issuedAt(), now);
        file.put("bearer_token", checked(tokens.accessToken(), "bearer_token"));
        put("user_id", account.userId());
        if (credential.origin() == Origin.MANUAL && !file.has("user_id")) {
            file.putNull("user_id");
        }
        file.put("created_at", start.getEpochSecond());
        if (tokens.expiresAt() != null) {
            file.put("expires_in", CredentialRewrite.length(start, tokens.expiresAt()));
        }
        if (tokens.refreshToken() != null) {
            file.put("refresh_token", checked(tokens.refreshToken(), "refresh_token"));
        }
        put("token_type", tokens.type());
        put("scope", tokens.scope());
        put("domain", account.domain());
        put("session_state", tokens.sessionState());
        putUser(account);
        putMore(tokens, account);
        return file;
    }

    private void putUser(Account account) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        CredentialValues.text(account.email()).ifPresent(text -> user.put("email", text));
        CredentialValues.text(account.name()).ifPresent(text -> user.put("name", text));
        if (!user.isEmpty()) {
            file.set("user_info", user);
        }
    }

    private void putMore(Tokens tokens, Account account) {
        put("account_uid", account.uid());
        put("enterprise_id", account.enterpriseId());
        put("enterprise_name", account.enterpriseName());
        put("department_full_name", account.departmentFullName());
        put("nickname", account.name());
        put("expires_at", tokens.expiresAt());
        put("refresh_expires_at", tokens.refreshExpiresAt());
    }

    private void put(String name, @Nullable String text) {
        CredentialValues.text(text).ifPresent(usable -> file.put(name, usable));
    }

    private void put(String name, @Nullable Instant moment) {
        if (moment != null) {
            file.put(name, moment.getEpochSecond());
        }
    }

    private static String checked(Secret token, String param) {
        String text = token.reveal().strip();
        if (!CredentialValues.isToken(text)) {
            throw InvalidRequest.value(
                    param,
                    "A token consists of 1 to " + CredentialValues.MAX_TOKEN
                            + " visible ASCII characters without blanks.");
        }
        return text;
    }
}
