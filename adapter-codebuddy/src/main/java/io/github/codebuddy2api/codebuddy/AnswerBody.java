package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.StreamDeadlines.Passed;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.spi.Time;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one response under its deadlines. Whoever ends it first, the caller or a deadline, decides what the
 * reader is told; ending it closes the connection, which wakes the reader. One reader; anybody may close.
 */
final class AnswerBody extends InputStream {
    private static final long DRAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final InputStream raw;
    private final StreamDeadlines deadlines;
    private final Watchdog watchdog;
    private final Time time;
    private final Set<AnswerBody> open;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private @Nullable Future<?> nextLook;

    /** Why it was ended; a null deadline means that it was closed. */
    private record Ending(@Nullable Passed deadline) {}

    AnswerBody(InputStream raw, StreamDeadlines deadlines, Watchdog watchdog, Time time, Set<AnswerBody> open) {
        this.raw = raw;
        this.deadlines = deadlines;
        this.watchdog = watchdog;
        this.time = time;
        this.open = open;
    }

    /** Begins to watch over it. */
    void watch() {
        open.add(this);
        try {
            lookAgain(deadlines.nothingBefore(time.nanoTime()), this::look);
        } catch (ShuttingDown closed) {
            close();
            throw closed;
        }
    }

    /** The deadlines have become tighter: looks again in time. */
    void tightened() {
        lookAgain(deadlines.nothingBefore(time.nanoTime()), this::look);
    }

    /**
     * The answer is over. Lets the little pass that may follow it, so that the connection can be used again, but not for
     * long.
     */
    void drain() {
        if (raw instanceof ResponseBytes bytes && !bytes.drain()) {
            lookAgain(DRAIN_NANOS, this::close);
        } else {
            close();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!deadlines.isWaiting()) {
            deadlines.waitingFrom(time.nanoTime());
        }
        return raw.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        return raw.available();
    }

    /** Why reading failed: because it was ended here, or because the connection broke. */
    GatewayException failure(@Nullable IOException cause) {
        Ending ended = ending.get();
        if (ended == null) {
            return broken(cause);
        }
        Passed passed = ended.deadline();
        return passed == null ? new Cancelled() : timeout(passed);
    }

    private static GatewayException broken(@Nullable IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return new Cancelled();
        }
        return cause instanceof ZipException
                ? UpstreamGarbled.malformed("The upstream sent a packed answer that cannot be unpacked.", cause)
                : new UpstreamIncomplete(cause);
    }

    /** Whether it was closed, or ended by a deadline. */
    boolean isEnded() {
        return ending.get() != null;
    }

    @Override
    public void close() {
        end(new Ending(null));
    }

    private void look() {
        long now = time.nanoTime();
        Passed passed = deadlines.passed(now);
        if (passed == null) {
            lookAgain(deadlines.nothingBefore(now), this::look);
        } else {
            end(new Ending(passed));
        }
    }

    private void lookAgain(long nanos, Runnable look) {
        lock.lock();
        try {
            if (nextLook != null) {
                nextLook.cancel(false);
            }
            nextLook = isEnded() ? null : watchdog.after(nanos, look);
        } finally {
            lock.unlock();
        }
    }

    private void end(Ending how) {
        if (!ending.compareAndSet(null, how)) {
            return;
        }
        open.remove(this);
        lock.lock();
        try {
            if (nextLook != null) {
                nextLook.cancel(false);
            }
        } finally {
            lock.unlock();
        }
        try {
            raw.close();
        } catch (IOException alreadyBroken) {
            // Then there is nothing left to close.
        }
    }

    private static UpstreamTimeout timeout(Passed passed) {
        return switch (passed) {
            case FIRST_EVENT ->
                new UpstreamTimeout(Deadline.FIRST_EVENT, "The upstream did not begin its answer in time.");
            case GAP, AFTER_FINISH ->
                new UpstreamTimeout(Deadline.GAP, "The upstream stopped in the middle of its answer.");
            case TOTAL -> new UpstreamTimeout(Deadline.TOTAL, "The answer took longer than an answer may take.");
        };
    }
}
