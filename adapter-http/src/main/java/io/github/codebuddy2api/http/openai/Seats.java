package io.github.codebuddy2api.http.openai;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** How many answers are under way, and how many may be. Thread-safe. */
final class Seats {
    /** A call that has to give way is over as soon as its connection is closed. */
    private static final long LONGEST_HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final IntSupplier most;
    private final BooleanSupplier freesOne;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    // Guarded by the lock.
    private int taken;

    /**
     * All of them free.
     *
     * @param most how many there are, asked each time
     * @param freesOne ends a call that may be ended, whether there was one; must not block
     */
    Seats(IntSupplier most, BooleanSupplier freesOne) {
        this.most = most;
        this.freesOne = freesOne;
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean areTaken() {
        lock.lock();
        try {
            return isFull();
        } finally {
            lock.unlock();
        }
    }

    /** Takes one, if need be that of a call that has to give way; whether there was one to be had. */
    boolean take() throws InterruptedException {
        lock.lock();
        try {
            long left = isFull() && freesOne.getAsBoolean() ? LONGEST_HANDOVER_NANOS : 0;
            while (isFull() && left > 0) {
                left = freed.awaitNanos(left);
            }
            if (isFull()) {
                return false;
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return taken >= most.getAsInt();
    }

    /** Gives one back. */
    void free() {
        lock.lock();
        try {
            taken--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }
}
