package io.github.codebuddy2api.core.credential;

import io.github.codebuddy2api.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a login or a refresh yields (protocol sheet, 2.4). Immutable; what is absent is unknown.
 *
 * @param accessToken sent with every call
 * @param refreshToken exchanged, once, for new tokens; absent on hand-made credentials
 * @param issuedAt when the access token was issued
 * @param expiresAt when the access token ends; absent means it is used until the upstream refuses it
 * @param refreshExpiresAt when the refresh token ends
 * @param type the scheme it is sent with, usually {@code Bearer}
 * @param scope what the upstream allowed it, separated by blanks
 * @param sessionState the upstream's name of the session it belongs to
 */
public record Tokens(
        Secret accessToken,
        @Nullable Secret refreshToken,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshExpiresAt,
        @Nullable String type,
        @Nullable String scope,
        @Nullable String sessionState) {
    /** A token counts as expired this long before its end, so that it does not end in the middle of a call. */
    public static final Duration EXPIRY_MARGIN = Duration.ofMinutes(5);

    public Tokens {
        Objects.requireNonNull(accessToken, "accessToken");
    }

    /** An access token of which nothing else is known. */
    public static Tokens of(Secret accessToken) {
        return new Tokens(accessToken, null, null, null, null, null, null, null);
    }

    /** The same, ending at {@code end}. */
    public Tokens expiringAt(@Nullable Instant end) {
        return new Tokens(accessToken, refreshToken, issuedAt, end, refreshExpiresAt, type, scope, sessionState);
    }

    /** The same with {@code refresh} as the refresh token. */
    public Tokens refreshedBy(@Nullable Secret refresh) {
        return new Tokens(accessToken, refresh, issuedAt, expiresAt, refreshExpiresAt, type, scope, sessionState);
    }

    /** Whether the access token must not be used any more. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt.minus(EXPIRY_MARGIN));
    }

    @Override
    public String toString() {
        return "Tokens[" + (refreshToken == null ? "without" : "with") + " refresh token, expiresAt=" + expiresAt + "]";
    }
}
