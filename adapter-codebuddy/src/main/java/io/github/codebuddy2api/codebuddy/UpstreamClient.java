package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with the JDK's HTTP client and waits for the head of the response. Speaks HTTP/1.1 alone: an answer then
 * has a connection of its own, so that TCP holds back an upstream that is faster than the caller, closing is seen at
 * once, and no answer suffers from another's. Follows no redirect, asks no proxy, keeps no cookie. Thread-safe.
 */
final class UpstreamClient implements AutoCloseable {
    /** Until then whoever was just given the old client has sent his request. */
    private static final long RETIRE_AFTER_NANOS = Duration.ofSeconds(10).toNanos();

    /** An upstream that breaks every connection must not cost a new client each time. */
    private static final int MAX_RETIRED = 16;

    private final Executor threads;
    private final Watchdog watchdog;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private @Nullable Built current;
    private final Set<HttpClient> retired = new HashSet<>();
    /** Those that take no new request and have not answered all of theirs. */
    private final Set<HttpClient> ending = new HashSet<>();

    private boolean closed;

    /** What a client must be built anew for. */
    private record Needs(Duration connect, boolean sslVerify) {}

    private record Built(Needs needs, HttpClient client) {}

    UpstreamClient(Executor threads, Watchdog watchdog) {
        this.threads = threads;
        this.watchdog = watchdog;
    }

    /**
     * A response whose body is still to come, and belongs to whoever received it.
     *
     * @param status its HTTP status
     * @param headers its headers
     * @param body what follows
     */
    record Response(int status, HttpHeaders headers, ResponseBytes body) {
        /** In lower case; empty if it is missing. */
        String header(String name) {
            return headers.firstValue(name).orElse("").strip().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The response as soon as its head is here.
     *
     * @param wait how long that may take
     * @throws GatewayException if none came in time, or at all
     * @throws Cancelled if the thread is interrupted; before it began, nothing is sent
     */
    Response send(HttpRequest request, CodeBuddyOptions options, Duration wait) {
        if (Thread.currentThread().isInterrupted()) {
            throw new Cancelled(); // Sent now, it would be answered and paid for nobody.
        }
        // Not the future's response: that one fails if the connection breaks right behind the head, and with it is lost
        // what had come of the body.
        CompletableFuture<Response> head = new CompletableFuture<>();
        HttpClient client = client(options);
        CompletableFuture<HttpResponse<ResponseBytes>> exchange = client.sendAsync(request, info -> {
            ResponseBytes body = new ResponseBytes();
            head.complete(new Response(info.statusCode(), info.headers(), body));
            return body;
        });
        CompletableFuture<?> unused = exchange.whenComplete((response, failure) -> {
            if (failure != null && !head.completeExceptionally(failure) && !head.isCompletedExceptionally()) {
                head.join().body().onError(failure);
            }
        });
        try {
            return head.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            abandon(exchange, head);
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } catch (TimeoutException e) {
            abandon(exchange, head);
            throw new UpstreamTimeout(Deadline.FIRST_EVENT, "The upstream did not answer in time.");
        } catch (ExecutionException | CancellationException e) {
            throw failure(client, e.getCause());
        }
    }

    private GatewayException failure(HttpClient client, @Nullable Throwable cause) {
        GatewayException failure = ConnectionFailures.of(cause);
        lock.lock();
        try {
            if (closed) {
                return new ShuttingDown();
            }
            if (failure instanceof UpstreamUnavailable gone && gone.reason() == Reason.BROKEN) {
                forsake(client);
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where one idle connection was stale the others are too, and the next attempt must not meet them; the JDK's client
     * cannot be told to connect anew, only replaced. The caller holds the lock.
     */
    private void forsake(HttpClient client) {
        if (current != null && current.client().equals(client) && retired.size() < MAX_RETIRED) {
            retire(client);
            current = null;
        }
    }

    /** Cancelling closes the connection; a response that comes in the same moment is closed by hand. */
    private static void abandon(CompletableFuture<?> exchange, CompletableFuture<Response> head) {
        exchange.cancel(true);
        CompletableFuture<?> unused =
                head.thenAccept(response -> response.body().close());
    }

    private HttpClient client(CodeBuddyOptions options) {
        Needs needs = new Needs(options.deadlines().connect(), options.sslVerify());
        lock.lock();
        try {
            if (closed) {
                throw new ShuttingDown();
            }
            if (current == null || !current.needs().equals(needs)) {
                if (current != null) {
                    retire(current.client());
                }
                current = new Built(needs, build(needs));
            }
            return current.client();
        } finally {
            lock.unlock();
        }
    }

    private HttpClient build(Needs needs) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(needs.connect())
                .executor(threads);
        if (!needs.sslVerify()) {
            builder.sslContext(UncheckedTls.sslContext());
        }
        return builder.build();
    }

    /** Its answers run to their end; then it goes. The caller holds the lock. */
    private void retire(HttpClient client) {
        retired.add(client);
        Future<?> unused = watchdog.after(RETIRE_AFTER_NANOS, () -> shutDown(client));
    }

    private void shutDown(HttpClient client) {
        client.shutdown();
        boolean goesOn = !client.isTerminated();
        lock.lock();
        try {
            retired.remove(client);
            if (goesOn) {
                ending.add(client);
            } else {
                ending.remove(client);
            }
        } finally {
            lock.unlock();
        }
        if (goesOn) {
            Future<?> unused = watchdog.after(RETIRE_AFTER_NANOS, () -> shutDown(client));
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (current != null) {
                current.client().shutdownNow();
            }
            retired.forEach(HttpClient::shutdownNow);
            ending.forEach(HttpClient::shutdownNow);
        } finally {
            lock.unlock();
        }
    }
}
