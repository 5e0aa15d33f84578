package io.github.codebuddy2api.http.guard;

import io.github.codebuddy2api.http.HttpOptions;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How many connections are served at once. A few more of them wait, unanswered, for one that ends; the rest is closed
 * at once, because a process that runs out of files does not accept anything any more. Thread-safe.
 */
final class Places {
    private static final int MAX_WAITING = 64;

    private final Supplier<HttpOptions> options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private int taken;
    private int waiting;

    Places(Supplier<HttpOptions> options) {
        this.options = options;
    }

    /**
     * Waits for a place, for as long as a connection may be idle.
     *
     * @return whether there is one; it is the caller's to {@link #leave} then
     */
    boolean enter() throws InterruptedException {
        lock.lock();
        try {
            if (isFull() && !waits()) {
                return false;
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean waits() throws InterruptedException {
        if (waiting >= MAX_WAITING) {
            return false;
        }
        waiting++;
        try {
            long left = options.get().deadlines().idle().toNanos();
            while (isFull() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !isFull();
        } finally {
            waiting--;
        }
    }

    private boolean isFull() {
        return taken >= options.get().limits().maxConnections();
    }

    /** Gives a place back. */
    void leave() {
        lock.lock();
        try {
            taken--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
