package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.codebuddy.UpstreamClient.Response;
import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.ModelSource;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import io.github.codebuddy2api.core.spi.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * CodeBuddy as the gateway's upstream; what it offers besides chat is handed out by methods of its own. Owns its connections and one watchdog thread; closing it ends both and every open
 * answer. Thread-safe.
 */
public final class CodeBuddy implements Upstream, AutoCloseable {
    private static final int SMALL_BODY_BYTES = 16 * 1024;
    /** As much of a refusal is read as any real one needs. */
    private static final int MAX_REFUSAL_BYTES = 64 * 1024;

    private final Supplier<CodeBuddyOptions> options;
    private final Time time;
    private final RequestHeaders headers;
    private final UpstreamFailures failures;
    private final Connections connections;
    private final CodeBuddyLogin login;
    private final CodeBuddyRefresher refresher;
    private final CodeBuddyAccounts accounts;
    private final CodeBuddyModels models;
    private final CodeBuddyQuota quotas;

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
        RequestIds ids = new RequestIds(random);
        this.headers = new RequestHeaders(ids);
        this.failures = new UpstreamFailures(time);
        this.connections = new Connections(time);
        ServiceCalls calls = new ServiceCalls(options, headers, connections, time);
        ServiceFailures serviceFailures = new ServiceFailures(failures);
        this.login = new CodeBuddyLogin(calls, serviceFailures, ids, time);
        this.refresher = new CodeBuddyRefresher(calls, serviceFailures, time);
        this.accounts = new CodeBuddyAccounts(calls, serviceFailures, time);
        this.models = new CodeBuddyModels(calls, serviceFailures);
        this.quotas = new CodeBuddyQuota(calls, serviceFailures, time);
    }

    /** Logs people in at CodeBuddy. */
    public LoginProvider logins() {
        return login;
    }

    /** Refreshes CodeBuddy's tokens. */
    public TokenRefresher refresher() {
        return refresher;
    }

    /** Knows the accounts a person may act for at CodeBuddy. */
    public AccountDirectory accounts() {
        return accounts;
    }

    /** Knows CodeBuddy's models. */
    public ModelSource models() {
        return models;
    }

    /** Knows what an account has left at CodeBuddy. */
    public QuotaSource quotas() {
        return quotas;
    }

    @Override
    public CompletionStream open(ChatRequest request, Credential credential, Correlation correlation) {
        CodeBuddyOptions now = options.get();
        long startedAt = time.nanoTime();
        Response response = connections.send(httpRequest(now, request, credential, correlation), now, longestWait(now));
        if (!isAnswer(response)) {
            throw refusal(response, now);
        }
        StreamDeadlines deadlines = new StreamDeadlines(now.deadlines(), startedAt);
        AnswerBody body = connections.body(response, deadlines);
        return new UpstreamStream(
                body, new SseDecoder(body, now.maxEventBytes()), new ChunkParser(failures::ofEvent), deadlines, time);
    }

    private HttpRequest httpRequest(
            CodeBuddyOptions now, ChatRequest request, Credential credential, Correlation correlation) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(now.resolve(Endpoint.CHAT));
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
        return response.status() == 200
                && (type.startsWith("text/event-stream") || type.isEmpty())
                && Connections.isReadable(response);
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
        try (AnswerBody body = connections.body(response, deadlines)) {
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
        connections.close();
    }
}
