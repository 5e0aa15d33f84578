package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the background thread before its time. Thread-safe; a ring while nobody waits is kept for the next wait. */
final class Alarm {
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by lock. */
    private boolean rung;

    Alarm(Time time) {
        this.time = time;
    }

    void ring() {
        lock.lock();
        try {
            rung = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a ring, {@code atMost} this long. */
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long start = time.nanoTime();
            Duration left = atMost;
            while (!rung && left.isPositive()) {
                time.await(lock, changed, left);
                left = atMost.minusNanos(time.nanoTime() - start);
            }
            rung = false;
        } finally {
            lock.unlock();
        }
    }
}
