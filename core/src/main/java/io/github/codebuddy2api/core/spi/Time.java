package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.engine.SystemTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The clock. Thread-safe; a test moves it by hand. */
public interface Time extends InstantSource {
    /** Nanoseconds from an arbitrary origin, for lengths of time: it never goes back. */
    long nanoTime();

    /**
     * Waits until {@code changed} is signalled or {@code atMost} has passed on this clock. It may return early, so it
     * stands in a loop that looks again.
     *
     * @param lock the lock of {@code changed}; the caller holds it, and it is free during the wait
     * @throws InterruptedException if the caller's thread is interrupted
     */
    @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"}) // The caller looks again.
    default void await(Lock lock, Condition changed, Duration atMost) throws InterruptedException {
        changed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The system's clock. */
    static Time system() {
        return new SystemTime();
    }
}
