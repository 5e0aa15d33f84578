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
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All open connections and the one timer that looks after them. Helidon asks it for each new connection; a handler asks
 * it for the one it works for. Owns one daemon thread, ended by {@link #close()}.
 */
public final class Connections implements ServerConnectionSelector, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Connections.class.getName());
    private static final int TICKS_PER_DEADLINE = 20;
    private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
    private static final Duration LONGEST_TICK = Duration.ofMillis(500);

    /** Who has just connected, or just been answered, is not the one to make room. */
    private static final Duration SHORTEST_IDLE = Duration.ofMillis(200);

    /**
     * The part of the write deadline after which a call gives way to one that would be refused: 1 s of 30, so that who is
     * told to come again in 1 s finds room. It begins late: the kernels first take 64 KiB and more that he has
     * not read.
     */
    private static final int STALLS_PER_DEADLINE = 30;

    private final Supplier<HttpOptions> options;
    private final Time time;
    private final Places places;
    private final Map<Thread, CallerConnection> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    // Replaced when the limits that Helidon takes at its making change.
    private volatile Reading reading;
    private volatile @Nullable BoundedListener listener;

    /** Helidon's HTTP/1.1, made for these limits. */
    private record Reading(int maxRequestLineBytes, int maxHeaderBytes, ServerConnectionSelector http) {
        boolean isFor(HttpOptions.Limits limits) {
            return maxRequestLineBytes == limits.maxRequestLineBytes() && maxHeaderBytes == limits.maxHeaderBytes();
        }
    }

    public Connections(Supplier<HttpOptions> options, Time time) {
        this.options = options;
        this.time = time;
        this.places = new Places(options, this::endLongestIdle);
        this.reading = reading(options.get().limits());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("http-guards").factory());
    }

    private Reading reading(HttpOptions.Limits limits) {
        Http1Config config = Http1Config.builder()
                .maxPrologueLength(limits.maxRequestLineBytes())
                .maxHeadersSize(limits.maxHeaderBytes())
                .sendKeepAliveHeader(false)
                .addReceiveListener(new HeadListener())
                .build();
        return new Reading(
                limits.maxRequestLineBytes(),
                limits.maxHeaderBytes(),
                Http1ConnectionSelector.builder().config(config).build());
    }

    private ServerConnectionSelector http() {
        HttpOptions.Limits limits = options.get().limits();
        Reading current = reading;
        if (!current.isFor(limits)) {
            current = reading(limits);
            reading = current;
        }
        return current.http();
    }

    private ListenerContext listener(ConnectionContext connection) {
        int maxBodyBytes = options.get().limits().maxBodyBytes();
        BoundedListener current = listener;
        if (current == null || !current.allows(maxBodyBytes)) {
            current = new BoundedListener(connection.listenerContext(), maxBodyBytes);
            listener = current;
        }
        return current;
    }

    /** Starts the timer. */
    public void start() {
        scheduleTick();
    }

    /** One tick at a time, since how long it is may have changed. */
    private void scheduleTick() {
        try {
            var unused = timer.schedule(this::tickAll, tick().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The timer ends with the server.
        }
    }

    /** The connection whose thread this is. */
    public CallerConnection current() {
        return Objects.requireNonNull(open.get(Thread.currentThread()), "not a connection's thread");
    }

    /**
     * Lets go of who waits for a place, tells every call under way that the gateway goes, once the grace is over, and ends
     * who is left after that.
     */
    public void stop(HttpOptions.Drain drain) {
        places.stop();
        after(drain.grace(), () -> open.values().forEach(CallerConnection::serverStops));
        after(
                drain.grace().plus(drain.farewell()),
                () -> open.forEach((thread, connection) -> {
                    connection.cut();
                    thread.interrupt();
                }));
    }

    private void after(Duration wait, Runnable work) {
        var unused = timer.schedule(work, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    Places places() {
        return places;
    }

    void opened(CallerConnection connection) {
        open.put(Thread.currentThread(), connection);
    }

    void closed() {
        open.remove(Thread.currentThread());
    }

    /** Ends the connection that has gone longest without anybody working for it. */
    private void endLongestIdle() {
        long now = time.nanoTime();
        longest(SHORTEST_IDLE, connection -> connection.idleNanos(now)).ifPresent(CallerConnection::givesWay);
    }

    /** Whether there is a call that would give way to another one. */
    public boolean hasStalled() {
        return longestStalled().isPresent();
    }

    /**
     * Ends the call whose caller has not read for longest, so that another can begin in its stead.
     *
     * @return whether there was one that had not for a while
     */
    public boolean endLongestStalled() {
        return longestStalled().filter(CallerConnection::losesItsCall).isPresent();
    }

    private Optional<CallerConnection> longestStalled() {
        long now = time.nanoTime();
        Duration shortest = options.get().deadlines().writeStall().dividedBy(STALLS_PER_DEADLINE);
        return longest(shortest, connection -> connection.stalledNanos(now));
    }

    private Optional<CallerConnection> longest(Duration atLeast, ToLongFunction<CallerConnection> nanos) {
        CallerConnection longest = null;
        long most = atLeast.toNanos() - 1;
        for (CallerConnection connection : open.values()) {
            long its = nanos.applyAsLong(connection);
            if (its > most) {
                most = its;
                longest = connection;
            }
        }
        return Optional.ofNullable(longest);
    }

    private void tickAll() {
        try {
            long now = time.nanoTime();
            open.values().forEach(connection -> tick(connection, now));
        } finally {
            scheduleTick();
        }
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
        HttpOptions now = options.get();
        HttpOptions.Deadlines deadlines = now.deadlines();
        HttpOptions.Streaming streaming = now.streaming();
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
        CallerConnection connection = new CallerConnection(underlying, options, time);
        GuardedContext guarded = new GuardedContext(underlying, connection, listener(underlying));
        Http1Connection http1 = (Http1Connection) http().connection(guarded);
        connection.inbound().betweenRequests(http1::canInterrupt);
        return new GuardedConnection(http1, connection, this);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return reading.http().bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData start) {
        return reading.http().supports(start);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return reading.http().supportedApplicationProtocols();
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
            if (headers.size() > options.get().limits().maxHeaders()) {
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
