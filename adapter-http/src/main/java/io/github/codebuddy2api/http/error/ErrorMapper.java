package io.github.codebuddy2api.http.error;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.Overloaded;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.RequestRefused;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.TooManyLogins;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.time.Duration;
import java.util.Optional;

/** The one table from what went wrong to what the caller is told. */
public final class ErrorMapper {
    /** Clients sleep for whatever they are told, so a longer wait is only told in words. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Duration RESTART = Duration.ofSeconds(2);

    private ErrorMapper() {}

    /** What the caller of a request that ended with {@code failure} is told. */
    public static OpenAiError of(GatewayException failure) {
        return switch (failure) {
            case InvalidRequest e ->
                error(e, 400, OpenAiError.INVALID_REQUEST).at(e.param().orElse(null));
            case ModelNotFound e -> error(e, 404, OpenAiError.INVALID_REQUEST).at("model");
            case RequestRefused e -> error(e, 403, OpenAiError.PERMISSION);
            case NoCredential e -> patient(error(e, 503, OpenAiError.SERVER), e.retryAfter());
            case RateLimited e -> rateLimited(e);
            case QuotaExhausted e -> finalError(e, 429, "insufficient_quota");
            case CredentialRejected e -> of(NoCredential.noneUsable());
            case UpstreamUnavailable e -> unavailable(e);
            case UpstreamTimeout e -> finalError(e, 504, OpenAiError.SERVER);
            case UpstreamGarbled e -> finalError(e, 502, OpenAiError.SERVER);
            case UpstreamIncomplete e -> finalError(e, 502, OpenAiError.SERVER);
            case Cancelled e -> finalError(e, 499, OpenAiError.SERVER);
            case ShuttingDown e ->
                error(e, 503, OpenAiError.SERVER)
                        .with(Advice.retryAfter(RESTART).closing());
            case CredentialUnknown e -> error(e, 404, OpenAiError.INVALID_REQUEST);
            case TooManyLogins e -> patient(error(e, 429, OpenAiError.RATE_LIMIT), Optional.of(e.retryAfter()));
            case Overloaded e -> patient(error(e, 503, OpenAiError.SERVER), Optional.of(e.retryAfter()));
            case StoreFailed e ->
                finalError(e, e.obstacle() == StoreFailed.Obstacle.FULL ? 507 : 500, OpenAiError.SERVER);
        };
    }

    /** What the caller is told of a fault of our own; the details are for the log. */
    public static OpenAiError internal() {
        return OpenAiError.of(500, OpenAiError.SERVER, "internal_error", "The server failed. See its log.")
                .with(Advice.DO_NOT_RETRY);
    }

    private static OpenAiError rateLimited(RateLimited failure) {
        OpenAiError error = error(failure, 429, OpenAiError.RATE_LIMIT);
        Optional<Duration> wait = failure.retryAfter();
        if (wait.isPresent() && isShort(wait.get())) {
            return error.with(Advice.retryAfter(wait.get()));
        }
        String message = wait.map(time -> failure.getMessage() + " Try again in " + words(time) + ".")
                .orElse(failure.getMessage());
        return OpenAiError.of(429, OpenAiError.RATE_LIMIT, failure.code(), message)
                .with(Advice.DO_NOT_RETRY);
    }

    private static OpenAiError unavailable(UpstreamUnavailable failure) {
        return switch (failure.reason()) {
            case UNREACHABLE, BROKEN, TLS, REDIRECT -> finalError(failure, 502, OpenAiError.SERVER);
            case ERROR -> upstreamError(failure, 502);
            case OVERLOADED -> upstreamError(failure, 503);
        };
    }

    private static OpenAiError upstreamError(UpstreamUnavailable failure, int status) {
        return patient(error(failure, status, OpenAiError.SERVER), failure.retryAfter());
    }

    /** Trying again is advised after a short wait that is known, else not at all. */
    private static OpenAiError patient(OpenAiError error, Optional<Duration> wait) {
        return error.with(
                wait.filter(ErrorMapper::isShort).map(Advice::retryAfter).orElse(Advice.DO_NOT_RETRY));
    }

    private static OpenAiError error(GatewayException failure, int status, String type) {
        return OpenAiError.of(status, type, failure.code(), failure.getMessage());
    }

    private static OpenAiError finalError(GatewayException failure, int status, String type) {
        return error(failure, status, type).with(Advice.DO_NOT_RETRY);
    }

    private static boolean isShort(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) <= 0;
    }

    private static String words(Duration wait) {
        long minutes = (Advice.wholeSeconds(wait) + 59) / 60;
        long hours = minutes / 60;
        String rest = minutes % 60 + (minutes % 60 == 1 ? " minute" : " minutes");
        if (hours == 0) {
            return rest;
        }
        String whole = hours + (hours == 1 ? " hour" : " hours");
        return minutes % 60 == 0 ? whole : whole + " " + rest;
    }
}
