package io.github.codebuddy2api.http.guard;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpOptions;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller's connection: what it is waiting for, until when, and who wants to know that the caller left. The
 * connection's own thread moves it from phase to phase; the guards' timer cuts it when a deadline passes.
 */
public final class CallerConnection {
    /** What the connection's thread is doing. */
    private enum Phase {
        /** Waiting for a request. */
        IDLE,
        /** Reading a request line and headers. */
        HEAD,
        /** Reading a body that a route asked for: a late one is told so. */
        BODY,
        /** Working on the answer; only writes have a deadline. */
        ANSWERING,
        /** Reading the rest of a body that nobody wants. */
        SKIPPING,
        /** A deadline passed. */
        CUT
    }

    /** Somebody who works for the caller. Both are called on other threads than the connection's. */
    public interface Call {
        /** The caller is gone, or as good as. */
        void callerLeft();

        /** The gateway is going: tell the caller. */
        void serverStops();

        /** Called now and then while the call is under way, with the time of the guards' clock. */
        void tick(long nanoTime);
    }

    private static final long NONE = Long.MIN_VALUE;

    private final ConnectionContext underlying;
    private final Supplier<HttpOptions> options;
    private final Time time;
    private final InboundBytes inbound;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private volatile long readBy = NONE;
    private volatile long writtenBy = NONE;
    // Since when its phase, and the write that is under way.
    private volatile long waitsSince;
    private volatile long writesSince;
    private volatile boolean closesAfterAnswer;
    private volatile boolean refusesBody;
    private volatile boolean isSeated;
    private volatile byte @Nullable [] lateBodyAnswer;
    private volatile @Nullable Call call;

    CallerConnection(ConnectionContext underlying, Supplier<HttpOptions> options, Time time) {
        this.underlying = underlying;
        this.options = options;
        this.time = time;
        this.inbound = new InboundBytes(underlying.serverSocket(), this);
        this.waitsSince = time.nanoTime();
    }

    InboundBytes inbound() {
        return inbound;
    }

    // ---- reading

    void waitsForRequest() {
        if (phase.get() != Phase.HEAD) {
            enter(Phase.IDLE, deadlines().idle());
        }
    }

    void firstBytesCame() {
        if (phase.compareAndSet(Phase.IDLE, Phase.HEAD)) {
            waitsSince = time.nanoTime();
            readBy = after(deadlines().headers());
        }
    }

    void requestLineCame() {
        if (phase.get() != Phase.HEAD) {
            enter(Phase.HEAD, deadlines().headers());
        }
    }

    void headersCame() {
        readBy = NONE;
        move(Phase.ANSWERING);
    }

    /**
     * The body is about to be read.
     *
     * @param lateAnswer the bytes of the whole response for a caller whose body does not come in time
     */
    public void awaitBody(byte[] lateAnswer) {
        lateBodyAnswer = lateAnswer;
        enter(Phase.BODY, deadlines().body());
    }

    /** The body has been read, or refused. */
    public void bodyIsOver() {
        readBy = NONE;
        move(Phase.ANSWERING);
    }

    /** The answer has been sent; what follows of the request is skipped. */
    public void answered() {
        enter(Phase.SKIPPING, deadlines().body());
    }

    private void enter(Phase next, Duration limit) {
        move(next);
        waitsSince = time.nanoTime();
        readBy = after(limit);
    }

    private void move(Phase next) {
        if (phase.getAndUpdate(now -> now == Phase.CUT ? now : next) == Phase.CUT) {
            throw new CloseConnectionException("a deadline passed");
        }
    }

    // ---- writing

    void writeStarts() {
        writesSince = time.nanoTime();
        writtenBy = after(deadlines().writeStall());
    }

    void writeEnds() {
        writtenBy = NONE;
    }

    // ---- closing

    /** No further request is read from this connection. */
    public void closeAfterAnswer() {
        closesAfterAnswer = true;
    }

    /** Whether no further request is to be read. */
    public boolean closesAfterAnswer() {
        return closesAfterAnswer;
    }

    /** The request is refused with its body unread; the rest of it is skipped before the connection closes. */
    public void refusesBody() {
        refusesBody = true;
        closesAfterAnswer = true;
    }

    void skipUnreadBody() {
        if (refusesBody && phase.getAndSet(Phase.SKIPPING) != Phase.CUT) {
            long atMost = after(deadlines().body());
            inbound.skipToEnd(() -> {
                long next = after(deadlines().linger());
                readBy = next - atMost < 0 ? next : atMost;
            });
        }
    }

    // ---- watching the caller

    /** Ends the watch over one call; does not throw. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Tells {@code watched} when the caller leaves, until the watch is closed. One call at a time. */
    public Watch watch(Call watched) {
        call = watched;
        if (inbound.hasUnread()) {
            closesAfterAnswer = true;
        }
        inbound.readAhead();
        return () -> call = null;
    }

    void callerLeft() {
        Call current = call;
        if (current != null) {
            current.callerLeft();
        }
    }

    /** Whether a call is under way; what comes then is a request that did not wait for its turn. */
    boolean isCalled() {
        return call != null;
    }

    void serverStops() {
        Call current = call;
        if (current != null) {
            current.serverStops();
        }
    }

    // ---- giving way

    /** For how long nobody has been worked for here, in nanoseconds; negative while somebody is. */
    long idleNanos(long now) {
        return switch (phase.get()) {
            case IDLE, HEAD, SKIPPING -> now - waitsSince;
            case BODY, ANSWERING, CUT -> -1;
        };
    }

    /** Ends a connection for which nobody works; whether it was still one. */
    boolean givesWay() {
        Phase now = phase.get();
        if (now == Phase.BODY || now == Phase.ANSWERING || now == Phase.CUT || !phase.compareAndSet(now, Phase.CUT)) {
            return false;
        }
        readBy = NONE;
        hangUp();
        return true;
    }

    /** Whether an answer is under way that counts among those that may be so at once. */
    public void seated(boolean isNow) {
        isSeated = isNow;
    }

    /** For how long the caller has not taken what is sent to him in his seat, in nanoseconds; else negative. */
    long stalledNanos(long now) {
        return isSeated && writtenBy != NONE ? now - writesSince : -1;
    }

    /** Ends a call whose caller does not read, ahead of its deadline; whether it was still to be ended. */
    boolean losesItsCall() {
        if (!isSeated || writtenBy == NONE || phase.getAndSet(Phase.CUT) == Phase.CUT) {
            return false;
        }
        writtenBy = NONE;
        hangUp();
        return true;
    }

    // ---- the timer

    /** Looks at the deadlines; called by the guards' timer, must not block. */
    void tick(long now) {
        long read = readBy;
        long written = writtenBy;
        if (read != NONE && now - read >= 0) {
            readIsLate();
        } else if (written != NONE && now - written >= 0) {
            writtenBy = NONE;
            Thread.ofVirtual().name("cut-stalled-write").start(this::cut);
        }
        Call current = call;
        if (current != null) {
            current.tick(now);
        }
    }

    private void readIsLate() {
        Phase late = phase.get();
        if (late == Phase.ANSWERING || late == Phase.CUT || !phase.compareAndSet(late, Phase.CUT)) {
            return;
        }
        readBy = NONE;
        byte[] answer = late == Phase.BODY ? lateBodyAnswer : null;
        Thread.ofVirtual().name("cut-late-read").start(() -> {
            if (answer != null) {
                write(answer);
            }
            cut();
        });
    }

    private void write(byte[] answer) {
        try {
            writeStarts();
            underlying.serverSocket().write(BufferData.create(answer));
        } catch (UncheckedIOException gone) {
            // He left in the meantime, so nobody misses the answer.
        } finally {
            writeEnds();
        }
    }

    /** Ends the connection under whatever is being written; returns at once. */
    public void hangUp() {
        Thread.ofVirtual().name("hang-up").start(this::cut);
    }

    void cut() {
        try {
            underlying.serverSocket().close();
        } catch (UncheckedIOException alreadyClosed) {
            // Closed is what we wanted.
        }
    }

    int maxBodyBytes() {
        return options.get().limits().maxBodyBytes();
    }

    private HttpOptions.Deadlines deadlines() {
        return options.get().deadlines();
    }

    private long after(Duration limit) {
        long at = time.nanoTime() + limit.toNanos();
        return at == NONE ? at + 1 : at;
    }
}
