package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.codebuddy.UpstreamClient.Response;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.spi.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Everything that is open towards the upstream: the client, its threads, one watchdog, and the answers that are still
 * being read. Thread-safe; closing it ends them all.
 */
final class Connections implements AutoCloseable {
    /** Of answers that are read whole, only the deadline of their beginning counts: it is the call's own. */
    private static final Duration NEVER = Duration.ofDays(1);

    private static final int PIECE_BYTES = 8 * 1024;

    private final Time time;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Watchdog watchdog = new Watchdog();
    private final UpstreamClient client = new UpstreamClient(threads, watchdog);
    private final Set<AnswerBody> open = ConcurrentHashMap.newKeySet();

    /** @param time the clock that deadlines are measured with */
    Connections(Time time) {
        this.time = time;
    }

    /** The response as soon as its head is here, which may take as long as {@code wait}. */
    Response send(HttpRequest request, CodeBuddyOptions options, Duration wait) {
        return client.send(request, options, wait);
    }

    /** What follows the head, under its deadlines; whoever asked for it closes it. */
    AnswerBody body(Response response, StreamDeadlines deadlines) {
        boolean packed = response.header("content-encoding").equals("gzip");
        InputStream bytes = packed ? new GzippedBody(response.body()) : response.body();
        AnswerBody body = new AnswerBody(bytes, deadlines, watchdog, time, open);
        body.watch();
        return body;
    }

    /** Whether the body comes in a form that we can read. */
    static boolean isReadable(Response response) {
        String encoding = response.header("content-encoding");
        return encoding.isEmpty() || encoding.equals("identity") || encoding.equals("gzip");
    }

    /**
     * The whole body.
     *
     * @param startedAt when the call began, as {@code Time.nanoTime()}
     * @param deadline how long after that the body must be here
     * @param maxBytes the largest body we agree to hold
     * @throws GatewayException if it is larger, late or broken
     */
    byte[] whole(Response response, Deadlines limits, long startedAt, Duration deadline, int maxBytes) {
        StreamDeadlines deadlines =
                new StreamDeadlines(new Deadlines(limits.connect(), deadline, NEVER, NEVER, NEVER), startedAt);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        AnswerBody body = body(response, deadlines);
        try (body) {
            for (int read = body.read(piece, 0, piece.length); read >= 0; read = body.read(piece, 0, piece.length)) {
                if (whole.size() + read > maxBytes) {
                    throw UpstreamGarbled.tooLarge("The upstream's reply is larger than " + maxBytes + " bytes.");
                }
                whole.write(piece, 0, read);
            }
            return whole.toByteArray();
        } catch (IOException broken) {
            throw body.failure(broken);
        }
    }

    @Override
    public void close() {
        // Answers first: their readers shall hear that they were closed, not that a connection broke.
        open.forEach(AnswerBody::close);
        client.close();
        open.forEach(AnswerBody::close);
        watchdog.close();
        threads.shutdownNow();
    }
}
