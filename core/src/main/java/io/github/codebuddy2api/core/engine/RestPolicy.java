package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.engine.Rest.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which failure sends a credential to rest, for how long and for what. Pure. The figures follow protocol sheet 5.2, 11. */
final class RestPolicy {
    /** When the upstream limits without saying for how long. */
    static final Duration UNKNOWN_LIMIT = Duration.ofMinutes(1);
    /** No limit is believed for longer than this. */
    static final Duration LONGEST_LIMIT = Duration.ofDays(1);
    /** Credits come back with a new cycle or a purchase; asking once an hour finds out. */
    static final Duration QUOTA = Duration.ofHours(1);
    /** A refusal that may pass. */
    static final Duration REJECTED = Duration.ofMinutes(5);
    /** A model that an account does not have. */
    static final Duration MODEL_NOT_FOUND = Duration.ofHours(6);
    /** After trouble that may be the upstream's: others first, for a moment. */
    static final Duration SOFT = Duration.ofSeconds(10);

    private RestPolicy() {}

    static Optional<Rest> after(GatewayException failure, Secret token, Instant now) {
        return switch (failure) {
            case RateLimited limited ->
                rest(now.plus(atMost(limited.retryAfter().orElse(UNKNOWN_LIMIT))), Cause.LIMIT, failure, token);
            case QuotaExhausted quota -> rest(now.plus(QUOTA), Cause.QUOTA, quota, token);
            case CredentialRejected rejected ->
                rejected.needsLogin()
                        ? rest(null, Cause.REVOKED, rejected, token)
                        : rest(now.plus(REJECTED), Cause.REJECTED, rejected, token);
            case ModelNotFound notFound -> rest(now.plus(MODEL_NOT_FOUND), Cause.MODEL, notFound, token);
            case UpstreamTimeout timeout ->
                timeout.deadline() == UpstreamTimeout.Deadline.TOTAL ? Optional.empty() : soft(now, timeout, token);
            case UpstreamUnavailable trouble ->
                trouble.reason() == UpstreamUnavailable.Reason.ERROR
                                || trouble.reason() == UpstreamUnavailable.Reason.OVERLOADED
                        ? soft(now, trouble, token)
                        : Optional.empty();
            case GatewayException.InvalidRequest e -> Optional.empty();
            case GatewayException.RequestRefused e -> Optional.empty();
            case GatewayException.NoCredential e -> Optional.empty();
            case GatewayException.UpstreamGarbled e -> Optional.empty();
            case GatewayException.UpstreamIncomplete e -> Optional.empty();
            case GatewayException.Cancelled e -> Optional.empty();
            case GatewayException.ShuttingDown e -> Optional.empty();
            case GatewayException.CredentialUnknown e -> Optional.empty();
            case GatewayException.TooManyLogins e -> Optional.empty();
            case GatewayException.StoreFailed e -> Optional.empty();
        };
    }

    private static Optional<Rest> rest(@Nullable Instant until, Cause cause, GatewayException failure, Secret token) {
        return Optional.of(new Rest(until, isForModelAlone(failure), cause, failure.code(), token));
    }

    private static Optional<Rest> soft(Instant now, GatewayException failure, Secret token) {
        return rest(now.plus(SOFT), Cause.TROUBLE, failure, token);
    }

    private static Duration atMost(Duration wait) {
        return wait.compareTo(LONGEST_LIMIT) > 0 ? LONGEST_LIMIT : wait;
    }

    private static boolean isForModelAlone(GatewayException failure) {
        return failure instanceof ModelNotFound
                || failure instanceof RateLimited limited && limited.scope() == LimitScope.MODEL;
    }
}
