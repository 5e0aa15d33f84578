package io.github.codebuddy2api.http.guard;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpOptions;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All open connections and the one timer that looks after them. Helidon asks it for each new connection; a handler asks
 * it for the one it works for. Owns one daemon thread, ended by {@link #close()}.
 */
public final class Connections implements ServerConnectionSelector, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Connections.class.getName());
    private static final int TICKS_PER_DEADLINE = 20;
    private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
    private static final Duration LONGEST_TICK = Duration.ofMillis(500);

    private final HttpOptions options;
    private final Time time;
    private final ServerConnectionSelector http;
    private final Map<Thread, CallerConnection> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    public Connections(HttpOptions options, Time time) {
        this.options = options;
        this.time = time;
        this.http = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(options.limits().maxRequestLineBytes())
                        .maxHeadersSize(options.limits().maxHeaderBytes())
                        .sendKeepAliveHeader(false)
                        .addReceiveListener(new HeadListener())
                        .build())
                .build();
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("http-guards").factory());
    }

    /** Starts the timer. */
    public void start() {
        long tick = tick().toNanos();
        var unused = timer.scheduleWithFixedDelay(this::tickAll, tick, tick, TimeUnit.NANOSECONDS);
    }

    /** The connection whose thread this is. */
    public CallerConnection current() {
        return Objects.requireNonNull(open.get(Thread.currentThread()), "not a connection's thread");
    }

    /** Tells every call under way that the gateway goes, once {@code grace} is over. */
    public void stopCallsAfter(Duration grace) {
        var unused = timer.schedule(
                () -> open.values().forEach(CallerConnection::serverStops), grace.toNanos(), TimeUnit.NANOSECONDS);
    }

    void opened(CallerConnection connection) {
        open.put(Thread.currentThread(), connection);
    }

    void closed() {
        open.remove(Thread.currentThread());
    }

    private void tickAll() {
        long now = time.nanoTime();
        open.values().forEach(connection -> tick(connection, now));
    }

    /** A timer that lets one exception out never runs again, and all deadlines would be gone with it. */
    private static void tick(CallerConnection connection, long now) {
        try {
            connection.tick(now);
        } catch (RuntimeException fault) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "a guard failed: {0}",
                    fault.getClass().getName());
        }
    }

    private Duration tick() {
        HttpOptions.Deadlines deadlines = options.deadlines();
        HttpOptions.Streaming streaming = options.streaming();
        Duration shortest = Stream.of(
                        deadlines.headers(),
                        deadlines.body(),
                        deadlines.idle(),
                        deadlines.writeStall(),
                        deadlines.linger(),
                        streaming.heartbeat(),
                        streaming.commitAfter())
                .min(Duration::compareTo)
                .orElseThrow()
                .dividedBy(TICKS_PER_DEADLINE);
        if (shortest.compareTo(SHORTEST_TICK) < 0) {
            return SHORTEST_TICK;
        }
        return shortest.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : shortest;
    }

    @Override
    public ServerConnection connection(ConnectionContext underlying) {
        CallerConnection connection = new CallerConnection(underlying, options.deadlines(), time);
        GuardedContext guarded = new GuardedContext(underlying, connection);
        Http1Connection http1 = (Http1Connection) http.connection(guarded);
        connection.inbound().betweenRequests(http1::canInterrupt);
        return new GuardedConnection(http1, connection, this);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData start) {
        return http.supports(start);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Hears where in a request Helidon is. */
    private final class HeadListener implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            ((GuardedContext) context).connection().requestLineCame();
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            ((GuardedContext) context).connection().headersCame();
            if (headers.size() > options.limits().maxHeaders()) {
                throw RequestException.builder()
                        .type(DirectHandler.EventType.BAD_REQUEST)
                        .status(Status.create(431))
                        .setKeepAlive(false)
                        .message("too many headers")
                        .build();
            }
        }
    }
}
