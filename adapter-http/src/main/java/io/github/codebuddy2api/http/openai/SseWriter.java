package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.json.JsonBuffer;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One streamed answer on its way out. Status 200 goes with the first write, so until then a failure can still be an HTTP
 * status. The connection's thread adds and flushes; the timer's ticks send a comment when nothing else was sent for a
 * while. One lock makes sure that nobody writes into another's event.
 */
final class SseWriter {
    /** Events that are ready together go out together, up to this size. */
    private static final int FULL = 32 * 1024;

    private static final byte[] HEARTBEAT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerResponse response;
    private final HttpOptions.Streaming rhythm;
    private final Time time;
    // Used by the connection's thread alone.
    private final JsonBuffer events = new JsonBuffer();
    private final ChatJson json = new ChatJson(events);
    private final ReentrantLock writing = new ReentrantLock();
    // Guarded by the lock.
    private @Nullable OutputStream out;
    private boolean isOver;
    // Written under the lock, read by the timer.
    private volatile long lastWrite;
    private volatile boolean hasBegun;

    private final AtomicBoolean isBeating = new AtomicBoolean();

    SseWriter(ServerResponse response, HttpOptions.Streaming rhythm, Time time) {
        this.response = response;
        this.rhythm = rhythm;
        this.time = time;
        this.lastWrite = time.nanoTime();
    }

    /** Adds an event; it goes out with the next {@link #flush()}. */
    void add(ChatChunk chunk) {
        events.ascii("data: ");
        json.chunk(chunk);
        events.ascii("\n\n");
    }

    /** Whether what was added should go out before more is added. */
    boolean isFull() {
        return events.size() >= FULL;
    }

    /**
     * Sends what was added, in one write.
     *
     * @throws CloseConnectionException if the caller is gone
     */
    void flush() {
        if (events.size() == 0) {
            return;
        }
        writing.lock();
        try {
            write(events);
        } finally {
            writing.unlock();
            events.clear();
        }
    }

    /** Sends the end of a whole answer. */
    void done() {
        events.bytes(DONE);
        flush();
        seal();
    }

    /**
     * Ends the stream, if it has begun, with {@code error} and no success terminal.
     *
     * @return whether it had begun; otherwise nothing was sent and nothing will be
     */
    boolean fail(OpenAiError error) {
        if (events.size() > 0) {
            flush();
        }
        if (!seal()) {
            return false;
        }
        events.ascii("event: error\ndata: {\"error\":");
        ErrorWriter.object(events, error.midStream());
        events.ascii("}\n\n");
        flush();
        return true;
    }

    /** No heartbeat from now on; whether something was sent before. */
    private boolean seal() {
        writing.lock();
        try {
            isOver = true;
            return hasBegun;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Looks whether a heartbeat is due; called by the timer, does not block.
     *
     * @param callerLeft called, on another thread, when the heartbeat cannot be sent
     */
    void tick(long now, Runnable callerLeft) {
        if (isHeartbeatDue(now) && isBeating.compareAndSet(false, true)) {
            Thread.ofVirtual().name("heartbeat").start(() -> {
                try {
                    beat();
                } catch (CloseConnectionException gone) {
                    callerLeft.run();
                } finally {
                    isBeating.set(false);
                }
            });
        }
    }

    private boolean isHeartbeatDue(long now) {
        long period = (hasBegun ? rhythm.heartbeat() : rhythm.commitAfter()).toNanos();
        return now - lastWrite >= period;
    }

    private void beat() {
        if (!writing.tryLock()) {
            // Somebody is writing, so the caller hears from us anyway.
            return;
        }
        try {
            if (!isOver && isHeartbeatDue(time.nanoTime())) {
                write(new JsonBuffer().bytes(HEARTBEAT));
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(JsonBuffer bytes) {
        try {
            OutputStream stream = out;
            if (stream == null) {
                Headers.eventStream(response.headers());
                stream = response.outputStream();
                out = stream;
            }
            hasBegun = true;
            bytes.writeTo(stream);
            stream.flush();
            lastWrite = time.nanoTime();
        } catch (IOException | UncheckedIOException | SocketWriterException e) {
            throw new CloseConnectionException("the caller left", e);
        }
    }
}
