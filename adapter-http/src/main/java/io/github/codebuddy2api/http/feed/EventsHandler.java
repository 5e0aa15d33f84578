package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.auth.Pass;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What changes, as it changes: {@code GET /api/events}. Thread-safe. */
public final class EventsHandler implements Handler {
    /** So many may watch at once. */
    static final int MOST_STREAMS = 16;

    private static final Duration CROWDED = Duration.ofSeconds(10);

    private final Feed feed;
    private final Connections connections;
    private final Supplier<HttpOptions> options;
    private final Surroundings surroundings;
    private final Time time;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<EventStream> running = ConcurrentHashMap.newKeySet();
    private volatile boolean isDraining;

    /**
     * What the endpoint knows besides the feed.
     *
     * @param permission lets a request in, and tells whether its sender still may read; that is asked every second at most
     * @param status writes how the server is, as {@code GET /api/status} does
     */
    public record Surroundings(Function<ServerRequest, Pass> permission, Consumer<JsonObject> status) {}

    public EventsHandler(
            Feed feed, Connections connections, Supplier<HttpOptions> options, Surroundings surroundings, Time time) {
        this.feed = feed;
        this.connections = connections;
        this.options = options;
        this.surroundings = surroundings;
        this.time = time;
    }

    /** Ends all streams now, and refuses further ones. */
    public void drain() {
        isDraining = true;
        running.forEach(EventStream::stop);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (!request.headers().isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
            throw new HttpFailure(OpenAiError.invalid(
                    406, "not_acceptable", "This is a stream of events: accept text/event-stream."));
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            Headers.eventStream(response.headers());
            response.send();
            return;
        }
        enter();
        try (Subscription changes = feed.subscribe()) {
            Headers.unbuffered(response.headers());
            stream(request, response, changes);
        } finally {
            count.decrementAndGet();
        }
    }

    private void enter() {
        if (isDraining) {
            throw new ShuttingDown();
        }
        if (count.incrementAndGet() > MOST_STREAMS) {
            count.decrementAndGet();
            throw new HttpFailure(OpenAiError.of(
                            503,
                            OpenAiError.SERVER,
                            "too_many_event_streams",
                            "At most " + MOST_STREAMS + " may watch at once. Close another page.")
                    .with(Advice.retryAfter(CROWDED)));
        }
    }

    private void stream(ServerRequest request, ServerResponse response, Subscription changes) {
        EventStream.Terms terms = new EventStream.Terms(
                surroundings.permission().apply(request)::stillHolds,
                surroundings.status(),
                () -> options.get().streaming().heartbeat());
        EventStream stream = new EventStream(connections.current(), changes, terms, time);
        running.add(stream);
        try {
            if (isDraining) {
                stream.stop(); // The stop may have come just before it could see this one.
            }
            stream.run(response);
        } finally {
            running.remove(stream);
        }
    }
}
