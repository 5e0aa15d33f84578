package io.github.codebuddy2api.core.credential;

import io.github.codebuddy2api.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lets us act as an account. Immutable: a refreshed credential is a new value with the same id.
 *
 * @param id names it for as long as it is stored
 * @param accessToken sent with every call
 * @param refreshToken exchanged for a new access token; absent on hand-made credentials
 * @param account whose it is
 * @param createdAt when the access token was issued, if known
 * @param expiresAt when the access token ends; absent means it is used until the upstream refuses it
 */
public record Credential(
        CredentialId id,
        Secret accessToken,
        @Nullable Secret refreshToken,
        Account account,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt) {
    /** A token counts as expired this long before its end, so that it does not end in the middle of a call. */
    public static final Duration EXPIRY_MARGIN = Duration.ofMinutes(5);

    public Credential {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(account, "account");
    }

    /** A credential of which only the token is known. */
    public static Credential of(String id, String accessToken) {
        return new Credential(new CredentialId(id), Secret.of(accessToken), null, Account.UNKNOWN, null, null);
    }

    /** Whether it must not be used any more. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt.minus(EXPIRY_MARGIN));
    }

    /** When the access token ends, if that is known. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiresAt);
    }
}
