package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.usage.UsageRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports and counts what happens to one request; the clock starts when this is made. */
final class Events {
    private final Engine.Surroundings surroundings;
    private final RequestId requestId;
    private final String model;
    private final Consumer<UsageRecord> usage;
    private final long start;
    // Written on the way to the first chunk, which is before anybody can hear of the end.
    private @Nullable Lease lastLease;
    private int attempts;
    private @Nullable Duration timeToFirstChunk;

    Events(Engine.Surroundings surroundings, RequestId requestId, String model, Consumer<UsageRecord> usage) {
        this.surroundings = surroundings;
        this.requestId = requestId;
        this.model = model;
        this.usage = usage;
        this.start = surroundings.time().nanoTime();
    }

    Duration elapsed() {
        return Duration.ofNanos(surroundings.time().nanoTime() - start);
    }

    void requestStarted(boolean streamed) {
        report(new GatewayEvent.RequestStarted(requestId, model, streamed));
    }

    void considered(int attempt, List<Considered> considered) {
        report(new GatewayEvent.CredentialsConsidered(requestId, attempt, considered));
    }

    void attemptFailed(Lease lease, int attempt, GatewayException failure) {
        lastLease = lease;
        attempts = attempt;
        report(new GatewayEvent.AttemptFailed(
                requestId, model, lease.credential().id(), attempt, failure.code()));
    }

    void rested(Lease lease, Rest rest) {
        report(new GatewayEvent.CredentialRested(
                requestId, lease.credential().id(), rest.forModelAlone() ? model : null, rest.until(), rest.code()));
    }

    void recovered(Lease lease, Rest rest) {
        report(new GatewayEvent.CredentialRecovered(
                requestId, lease.credential().id(), rest.forModelAlone() ? model : null, rest.code()));
    }

    void answerStarted(Lease lease, int attempt) {
        lastLease = lease;
        attempts = attempt;
        Duration first = elapsed();
        timeToFirstChunk = first;
        report(new GatewayEvent.AnswerStarted(
                requestId, model, lease.credential().id(), attempt, first));
    }

    void answerEnded(Lease lease, @Nullable GatewayException failure, @Nullable Usage spent) {
        String code = failure == null ? null : failure.code();
        count(code, spent);
        report(new GatewayEvent.AnswerEnded(requestId, model, lease.credential().id(), code, spent, elapsed()));
    }

    void requestFailed(int tried, String code) {
        count(code, null);
        report(new GatewayEvent.RequestFailed(requestId, model, tried, code, elapsed()));
    }

    /** A request that was given no credential counts nowhere. */
    private void count(@Nullable String code, @Nullable Usage spent) {
        if (lastLease != null) {
            Credential last = lastLease.credential();
            UsageRecord counted = new UsageRecord(
                    surroundings.time().instant(),
                    model,
                    last.id(),
                    last.name(),
                    attempts,
                    code,
                    0,
                    0,
                    0,
                    0,
                    timeToFirstChunk,
                    elapsed());
            usage.accept(counted.spending(spent));
        }
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
