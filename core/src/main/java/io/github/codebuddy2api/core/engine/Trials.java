package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.api.Accounts.Trial;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tries single credentials with one short answer, outside of rotation and of all counting. Thread-safe. */
final class Trials implements AutoCloseable {
    /** The upstream refuses very small limits, 5 for example (protocol sheet, 4.4). */
    static final int MAX_TOKENS = 16;
    /** Nothing longer is an answer of so few tokens. */
    static final int MAX_CHARACTERS = 64 * 1024;

    private final Upstream upstream;
    private final Shelf shelf;
    private final SettingsSource settings;
    private final Engine.Surroundings surroundings;
    private final Set<LeasedStream> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Trials(Upstream upstream, Shelf shelf, SettingsSource settings, Engine.Surroundings surroundings) {
        this.upstream = upstream;
        this.shelf = shelf;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Asks for a short answer; what comes of it is told, and changes whether the credential rests. */
    Trial of(Credential credential, String model) {
        ModelOffer offer = settings.current().models();
        Lease lease = shelf.lease(credential, offer.resolved(model));
        long start = surroundings.time().nanoTime();
        GatewayException failure = failureOf(lease, Correlation.of(RequestId.random(surroundings.random())));
        return new Trial(model, Duration.ofNanos(surroundings.time().nanoTime() - start), failure);
    }

    private @Nullable GatewayException failureOf(Lease lease, Correlation correlation) {
        Events events = new Events(surroundings, correlation.requestId(), lease.model(), unused -> {});
        try {
            answer(lease, correlation);
            shelf.judge(lease, Verdict.SUCCEEDED);
            return null;
        } catch (Cancelled | ShuttingDown ended) {
            shelf.judge(lease, Verdict.ABANDONED);
            throw ended;
        } catch (GatewayException failure) {
            shelf.judge(lease, FailoverPolicy.verdict(failure)).ifPresent(rest -> events.rested(lease, rest));
            return failure;
        } catch (RuntimeException | Error bug) {
            shelf.judge(lease, Verdict.ABANDONED);
            throw bug;
        }
    }

    private void answer(Lease lease, Correlation correlation) {
        ChatRequest request = new ChatRequest(
                lease.model(),
                List.of(ChatMessage.user("Say OK.")),
                Map.of("max_tokens", RawJson.of(String.valueOf(MAX_TOKENS))));
        AnswerContract contract = new AnswerContract(
                Envelope.create(lease.model(), surroundings.time().instant(), surroundings.random()),
                surroundings.random());
        try (LeasedStream stream = new LeasedStream(
                upstream.open(request, lease.credential(), correlation), contract, (ended, failure, usage) -> {})) {
            running.add(stream);
            try {
                if (closed) {
                    stream.end(
                            new ShuttingDown()); // The gateway may have closed what was running just before this was.
                }
                CompletionAggregator.aggregate(stream, MAX_CHARACTERS);
            } finally {
                running.remove(stream);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(stream -> stream.end(new ShuttingDown()));
    }
}
