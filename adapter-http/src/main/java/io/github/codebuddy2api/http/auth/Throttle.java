package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Counts attempts in one window after another. Constant memory; thread-safe. */
public final class Throttle {
    private final int most;
    private final Duration window;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private long start;
    private int counted;

    /** At most {@code most} attempts within {@code window}. */
    public Throttle(int most, Duration window, Time time) {
        this.most = most;
        this.window = window;
        this.time = time;
        this.start = time.nanoTime();
    }

    /** Counts one attempt; how long to wait if it was one too many. */
    public Optional<Duration> count() {
        lock.lock();
        try {
            long now = time.nanoTime();
            if (now - start >= window.toNanos()) {
                start = now;
                counted = 0;
            }
            if (counted >= most) {
                return Optional.of(window.minusNanos(now - start));
            }
            counted++;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
