package io.github.codebuddy2api.http.guard;

import io.github.codebuddy2api.http.HttpOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How many connections are served at once. When all places are taken, a new connection gets that of one for which nobody
 * works, so that callers who send nothing cannot shut the others out. A few wait, unanswered, for that; the rest is
 * closed at once, because a process that runs out of files does not accept anything any more. Thread-safe.
 */
final class Places {
    private static final int MAX_WAITING = 64;
    private static final long ASKS_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<HttpOptions> options;
    private final Runnable makesRoom;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private int taken;
    private int waiting;
    private boolean stopping;

    /**
     * Places of which all are free.
     *
     * @param makesRoom ends a connection that may give way, if there is one; must not block
     */
    Places(Supplier<HttpOptions> options, Runnable makesRoom) {
        this.options = options;
        this.makesRoom = makesRoom;
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
        if (waiting >= MAX_WAITING || stopping) {
            return false;
        }
        waiting++;
        try {
            long left = options.get().deadlines().idle().toNanos();
            long untilAsked = 0;
            while (isFull() && left > 0 && !stopping) {
                if (untilAsked <= 0) {
                    makesRoom
                            .run(); // Not each time one leaves: those who were ended for others are still on their way.
                    untilAsked = ASKS_AGAIN_NANOS;
                }
                long pause = Math.min(left, untilAsked);
                long waited = pause - changed.awaitNanos(pause);
                left -= waited;
                untilAsked -= waited;
            }
            return !isFull();
        } finally {
            waiting--;
        }
    }

    private boolean isFull() {
        return taken >= options.get().limits().maxConnections();
    }

    /** Lets go of all who wait; nobody waits from now on. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
