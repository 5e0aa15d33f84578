package io.github.codebuddy2api.core.credential;

import io.github.codebuddy2api.core.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lets us act as an account. Immutable: a refreshed credential is a new value with the same id.
 *
 * @param id names it for as long as it is stored
 * @param name what its store calls it, for display: a file's name, for example; not blank
 * @param tokens what is presented to the upstream
 * @param account whose it is
 * @param label what its owner calls it, if anything
 */
public record Credential(
        CredentialId id,
        String name,
        Tokens tokens,
        Account account,
        @Nullable CredentialLabel label) {
    public Credential {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(account, "account");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a credential's name must not be blank");
        }
    }

    /** A credential without a label. */
    public Credential(CredentialId id, String name, Tokens tokens, Account account) {
        this(id, name, tokens, account, null);
    }

    /** A credential of which only the token is known; it is called by its id. */
    public static Credential of(String id, String accessToken) {
        return new Credential(new CredentialId(id), id, Tokens.of(Secret.of(accessToken)), Account.UNKNOWN);
    }

    /** The same credential with other tokens: after a refresh, for example. */
    public Credential with(Tokens other) {
        return new Credential(id, name, other, account, label);
    }

    /** The same credential with what is now known of its account. */
    public Credential with(Account other) {
        return new Credential(id, name, tokens, other, label);
    }

    /** The same credential under another label, or none. */
    public Credential labelled(@Nullable CredentialLabel other) {
        return new Credential(id, name, tokens, account, other);
    }

    /** Sent with every call. */
    public Secret accessToken() {
        return tokens.accessToken();
    }

    /** Whether it must not be used any more. */
    public boolean isExpired(Instant now) {
        return tokens.isExpired(now);
    }

    /** Whether new tokens can be had for it without a login. */
    public boolean isRefreshable() {
        return tokens.refreshToken() != null;
    }

    /** When the access token ends, if that is known. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(tokens.expiresAt());
    }

    @Override
    public String toString() {
        return "Credential[" + id + "]";
    }
}
