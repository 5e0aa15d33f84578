package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.spi.EventListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports what happens to one request; the clock starts when this is made. */
final class Events {
    private final Engine.Surroundings surroundings;
    private final RequestId requestId;
    private final String model;
    private final long start;

    Events(Engine.Surroundings surroundings, RequestId requestId, String model) {
        this.surroundings = surroundings;
        this.requestId = requestId;
        this.model = model;
        this.start = surroundings.time().nanoTime();
    }

    Duration elapsed() {
        return Duration.ofNanos(surroundings.time().nanoTime() - start);
    }

    void attemptFailed(Lease lease, int attempt, GatewayException failure) {
        report(new GatewayEvent.AttemptFailed(
                requestId, model, lease.credential().id(), attempt, failure.code()));
    }

    void rested(Lease lease, Rest rest) {
        report(new GatewayEvent.CredentialRested(
                requestId, lease.credential().id(), rest.forModelAlone() ? model : null, rest.until(), rest.code()));
    }

    void answerStarted(Lease lease, int attempts) {
        report(new GatewayEvent.AnswerStarted(
                requestId, model, lease.credential().id(), attempts, elapsed()));
    }

    void answerEnded(Lease lease, @Nullable GatewayException failure, @Nullable Usage usage) {
        String code = failure == null ? null : failure.code();
        report(new GatewayEvent.AnswerEnded(requestId, model, lease.credential().id(), code, usage, elapsed()));
    }

    void requestFailed(int attempts, GatewayException failure) {
        report(new GatewayEvent.RequestFailed(requestId, model, attempts, failure.code(), elapsed()));
    }

    private void report(GatewayEvent event) {
        report(surroundings.listener(), event);
    }

    /** Tells {@code listener}. */
    static void report(EventListener listener, GatewayEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException ignored) {
            // A listener that fails must not break an answer; its port says that this is ignored.
        }
    }
}
