package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.codebuddy.UpstreamClient.Response;
import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * CodeBuddy as the gateway's upstream. Owns its connections and one watchdog thread; closing it ends both and every open
 * answer. Thread-safe.
 */
public final class CodeBuddy implements Upstream, AutoCloseable {
    private static final String CHAT = "/v2/chat/completions";
    private static final int SMALL_BODY_BYTES = 16 * 1024;
    /** As much of a refusal is read as any real one needs. */
    private static final int MAX_REFUSAL_BYTES = 64 * 1024;

    private final Supplier<CodeBuddyOptions> options;
    private final Time time;
    private final RequestHeaders headers;
    private final UpstreamFailures failures;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Watchdog watchdog = new Watchdog();
    private final UpstreamClient client = new UpstreamClient(threads, watchdog);
    private final Set<AnswerBody> open = ConcurrentHashMap.newKeySet();

    /**
     * An upstream that reads its options anew for every request.
     *
     * @param options the options in force now; asked often, so it must be cheap, and from any thread
     * @param random where ids come from; used from any thread
     * @param time the clock that deadlines are measured with; it must tick, since sockets do not wait for a clock moved
     *     by hand
     */
    public CodeBuddy(Supplier<CodeBuddyOptions> options, RandomGenerator random, Time time) {
        this.options = options;
        this.time = time;
        this.headers = new RequestHeaders(random);
        this.failures = new UpstreamFailures(time);
    }

    @Override
    public CompletionStream open(ChatRequest request, Credential credential, Correlation correlation) {
        CodeBuddyOptions now = options.get();
        long startedAt = time.nanoTime();
        Response response = client.send(httpRequest(now, request, credential, correlation), now, longestWait(now));
        if (!isAnswer(response)) {
            throw refusal(response, now);
        }
        StreamDeadlines deadlines = new StreamDeadlines(now.deadlines(), startedAt);
        AnswerBody body = body(response, deadlines);
        return new UpstreamStream(
                body, new SseDecoder(body, now.maxEventBytes()), new ChunkParser(failures::ofEvent), deadlines, time);
    }

    private HttpRequest httpRequest(
            CodeBuddyOptions now, ChatRequest request, Credential credential, Correlation correlation) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(now.resolve(CHAT));
        headers.of(now, credential, correlation).forEach(builder::setHeader);
        return builder.POST(publisher(RequestBody.of(request, now.systemMessage())))
                .build();
    }

    /**
     * A large body is sent piece by piece, because the JDK's publisher of an array copies all of it first; for a small
     * one that is cheaper than the buffer which the other way keeps until the answer ends.
     */
    private static BodyPublisher publisher(byte[] body) {
        if (body.length <= SMALL_BODY_BYTES) {
            return BodyPublishers.ofByteArray(body);
        }
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), body.length);
    }

    private static Duration longestWait(CodeBuddyOptions now) {
        Duration first = now.deadlines().firstEvent();
        Duration total = now.deadlines().total();
        return first.compareTo(total) < 0 ? first : total;
    }

    /** A stream of events, or at least nothing else; in a form that we can read. */
    private static boolean isAnswer(Response response) {
        String type = response.header("content-type");
        String encoding = response.header("content-encoding");
        return response.status() == 200
                && (type.startsWith("text/event-stream") || type.isEmpty())
                && (encoding.isEmpty() || encoding.equals("identity") || encoding.equals("gzip"));
    }

    private AnswerBody body(Response response, StreamDeadlines deadlines) {
        boolean packed = response.header("content-encoding").equals("gzip");
        InputStream bytes = packed ? new GzippedBody(response.body()) : response.body();
        AnswerBody body = new AnswerBody(bytes, deadlines, watchdog, time, open);
        body.watch();
        return body;
    }

    private GatewayException refusal(Response response, CodeBuddyOptions now) {
        return failures.ofResponse(
                response.status(), response.headers().firstValue("retry-after").orElse(null), bodyOf(response, now));
    }

    /** The beginning of a body that is no stream; what comes late is not waited for, since the status tells enough. */
    private byte[] bodyOf(Response response, CodeBuddyOptions now) {
        Deadlines limits = now.deadlines();
        Duration brief = limits.afterFinish();
        StreamDeadlines deadlines =
                new StreamDeadlines(new Deadlines(limits.connect(), brief, brief, brief, brief), time.nanoTime());
        byte[] bytes = new byte[MAX_REFUSAL_BYTES];
        int length = 0;
        try (AnswerBody body = body(response, deadlines)) {
            for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(read, 0)) {
                read = body.read(bytes, length, bytes.length - length);
            }
        } catch (IOException broken) {
            if (Thread.currentThread().isInterrupted()) {
                throw new Cancelled();
            }
            // What came before tells enough, or the status does.
        }
        return Arrays.copyOf(bytes, length);
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
