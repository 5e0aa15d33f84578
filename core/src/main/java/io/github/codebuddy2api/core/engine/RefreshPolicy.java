package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When tokens are refreshed, and what a failure to do so says. Pure. */
final class RefreshPolicy {
    /** So much is left to the refresh itself before the access token stops being used. */
    static final Duration SPARE = Duration.ofMinutes(1);

    private static final int TENTH = 10;

    private RefreshPolicy() {}

    /**
     * When new tokens are due: {@code before} the end of the access token, or when a tenth of its life is left if that
     * is later, and in any case before it stops being used.
     *
     * @param begun when its life began, if that is known
     * @return {@link Instant#MAX} if its end is unknown: it is used until the upstream refuses it
     */
    static Instant due(Tokens tokens, @Nullable Instant begun, Duration before) {
        Instant end = tokens.expiresAt();
        if (end == null) {
            return Instant.MAX;
        }
        Duration tenth = begun == null ? before : Duration.between(begun, end).dividedBy(TENTH);
        Instant due = end.minus(before.compareTo(tenth) < 0 ? before : tenth);
        Instant latest = end.minus(Tokens.EXPIRY_MARGIN).minus(SPARE);
        return due.isBefore(latest) ? due : latest;
    }

    /** Whether the upstream certainly did not use the refresh token up, or certainly said what became of it. */
    static boolean isOutcomeKnown(GatewayException failure) {
        return switch (failure) {
            case UpstreamUnavailable trouble ->
                switch (trouble.reason()) {
                    case UNREACHABLE, TLS, REDIRECT, OVERLOADED -> true;
                    case BROKEN, ERROR -> false;
                };
            case GatewayException.UpstreamTimeout e -> false;
            case GatewayException.UpstreamGarbled e -> false;
            case GatewayException.UpstreamIncomplete e -> false;
            case GatewayException.Cancelled e -> false;
            case GatewayException.ShuttingDown e -> false;
            case RateLimited e -> true;
            case GatewayException.QuotaExhausted e -> true;
            case GatewayException.CredentialRejected e -> true;
            case GatewayException.ModelNotFound e -> true;
            case GatewayException.InvalidRequest e -> true;
            case GatewayException.RequestRefused e -> true;
            case GatewayException.NoCredential e -> true;
            case GatewayException.CredentialUnknown e -> true;
            case GatewayException.Overloaded e -> true;
            case GatewayException.TooManyLogins e -> true;
            case GatewayException.StoreFailed e -> true;
        };
    }

    /** The wait the upstream asked for; none if it did not. */
    static Duration wait(GatewayException failure) {
        return switch (failure) {
            case RateLimited limited -> limited.retryAfter().orElse(Duration.ZERO);
            case UpstreamUnavailable trouble -> trouble.retryAfter().orElse(Duration.ZERO);
            default -> Duration.ZERO;
        };
    }
}
