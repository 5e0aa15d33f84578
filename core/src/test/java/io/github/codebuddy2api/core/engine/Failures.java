package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One failure of each kind. */
final class Failures {
    private Failures() {}

    static GatewayException limited(@Nullable Duration retryAfter) {
        return new GatewayException.RateLimited(GatewayException.LimitScope.CREDENTIAL, retryAfter, "Too many.");
    }

    static GatewayException limitedForModel(@Nullable Duration retryAfter) {
        return new GatewayException.RateLimited(GatewayException.LimitScope.MODEL, retryAfter, "Too many.");
    }

    static GatewayException quota() {
        return new GatewayException.QuotaExhausted("Used up.");
    }

    static GatewayException rejected(boolean needsLogin) {
        return new GatewayException.CredentialRejected(needsLogin, "Not accepted.");
    }

    static GatewayException modelNotFound() {
        return new GatewayException.ModelNotFound("No such model.");
    }

    static GatewayException timeout(Deadline deadline) {
        return new GatewayException.UpstreamTimeout(deadline, "Silence.");
    }

    static GatewayException unavailable(Reason reason) {
        return new GatewayException.UpstreamUnavailable(reason, null, "Trouble.", null);
    }

    static GatewayException garbled() {
        return GatewayException.UpstreamGarbled.malformed("Nonsense.", null);
    }

    static GatewayException incomplete() {
        return new GatewayException.UpstreamIncomplete(null);
    }

    static GatewayException invalid() {
        return GatewayException.InvalidRequest.value("messages", "Wrong.");
    }

    static GatewayException refused() {
        return new GatewayException.RequestRefused("Not this.");
    }

    static GatewayException cancelled() {
        return new GatewayException.Cancelled();
    }

    static GatewayException shuttingDown() {
        return new GatewayException.ShuttingDown();
    }

    static GatewayException noCredential() {
        return GatewayException.NoCredential.noneUsable();
    }

    static GatewayException storeFailed() {
        return new GatewayException.StoreFailed(GatewayException.StoreFailed.Obstacle.FULL, "Disk full.", null);
    }
}
