package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.guard.CallerConnection;
import io.github.codebuddy2api.http.json.JsonObject;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One reader of the changes. The connection's thread alone writes; others only wake it, so nobody else ever waits for
 * the reader. It ends when he leaves, when he may not read any more, and when the server stops.
 */
final class EventStream implements CallerConnection.Call {
    /** Somebody who reads has the news of a stop long before; for another one a stop is not held up. */
    static final Duration FAREWELL = Duration.ofSeconds(1);

    /** How long what was allowed may have been allowed ago. */
    private static final Duration CHECKED_FOR = Duration.ofSeconds(1);

    private static final byte[] NOTHING = {'{', '}'};

    private final CallerConnection connection;
    private final Subscription changes;
    private final Terms terms;
    private final Time time;
    // Used by the connection's thread alone.
    private long checked;
    private long lastWrite;

    private volatile boolean isGone;
    private volatile boolean stops;
    private volatile long stopped;

    /**
     * What holds for a stream.
     *
     * @param stillAllowed whether the reader may go on; cheap
     * @param status writes how the server is
     * @param heartbeat after this long without an event a comment is sent; also the longest time between two checks
     */
    record Terms(BooleanSupplier stillAllowed, Consumer<JsonObject> status, Supplier<Duration> heartbeat) {}

    EventStream(CallerConnection connection, Subscription changes, Terms terms, Time time) {
        this.connection = connection;
        this.changes = changes;
        this.terms = terms;
        this.time = time;
    }

    /**
     * Streams until something ends it. Nothing further is read from the connection.
     *
     * @throws CloseConnectionException if the reader is gone
     */
    void run(ServerResponse response) {
        connection.closeAfterAnswer();
        CallerConnection.Watch watch = connection.watch(this);
        try (SseSink out = response.sink(SseSink.TYPE)) {
            checked = time.nanoTime();
            emit(out, "status", JsonObject.of(terms.status()));
            pump(out);
        } catch (UncheckedIOException | SocketWriterException e) {
            throw new CloseConnectionException("the reader left", e);
        } finally {
            watch.close();
        }
    }

    private void pump(SseSink out) {
        boolean goesOn = true;
        while (goesOn) {
            Subscription.Batch batch = next();
            if (isGone) {
                throw new CloseConnectionException("the reader left");
            }
            if (!isAllowed(batch)) {
                return;
            }
            write(out, batch);
            goesOn = !batch.stops();
        }
    }

    private Subscription.Batch next() {
        Duration heartbeat = terms.heartbeat().get();
        try {
            return changes.take(heartbeat.minusNanos(time.nanoTime() - lastWrite));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server stops", e);
        }
    }

    private boolean isAllowed(Subscription.Batch batch) {
        long now = time.nanoTime();
        boolean isFresh = now - checked < CHECKED_FOR.toNanos();
        if (isFresh && !batch.settings()) {
            return true;
        }
        checked = now;
        return terms.stillAllowed().getAsBoolean();
    }

    private void write(SseSink out, Subscription.Batch batch) {
        if (batch.isEmpty()) {
            beat(out);
            return;
        }
        for (Seen request : batch.requests()) {
            emit(out, "request", JsonObject.of(json -> RequestJson.write(json, request)));
        }
        if (batch.credentials()) {
            emit(out, "credentials", NOTHING);
        }
        if (batch.settings()) {
            emit(out, "settings", NOTHING);
        }
        if (batch.stops()) {
            emit(out, "status", JsonObject.of(terms.status()));
        }
    }

    private void beat(SseSink out) {
        if (time.nanoTime() - lastWrite >= terms.heartbeat().get().toNanos()) {
            emit(out, SseEvent.builder().comment("keep-alive").build());
        }
    }

    private void emit(SseSink out, String name, byte[] json) {
        emit(out, SseEvent.builder().name(name).data(json).build());
    }

    private void emit(SseSink out, SseEvent event) {
        out.emit(event);
        lastWrite = time.nanoTime();
    }

    // ---- called by others

    @Override
    public void callerLeft() {
        isGone = true;
        changes.end(false);
    }

    @Override
    public void serverStops() {
        stop();
    }

    /** Tells the reader that the server stops, and ends. */
    void stop() {
        if (!stops) {
            stopped = time.nanoTime();
            stops = true;
        }
        changes.end(true);
    }

    /** A reader who does not read cannot be told of a stop. */
    @Override
    public void tick(long now) {
        if (stops && now - stopped >= FAREWELL.toNanos()) {
            connection.hangUp();
        }
    }
}
