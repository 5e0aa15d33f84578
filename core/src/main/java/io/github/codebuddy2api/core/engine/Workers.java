package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Does what may block, a few things at a time, each on a thread of its own. Closing ends them. Thread-safe. */
final class Workers implements AutoCloseable {
    /** One account whose upstream hangs must not keep the others waiting; more than this would be a crowd there. */
    static final int MOST_AT_ONCE = 4;
    /** Whoever is nearly done when the gateway closes may finish. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private final String name;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // All guarded by lock.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Set<Thread> threads = new HashSet<>();
    private final Set<Thread> interruptible = new HashSet<>();
    private boolean closed;

    /**
     * @param name of the threads
     */
    Workers(String name, Time time) {
        this.name = name;
        this.time = time;
    }

    /** Does {@code task}, which does not throw, when its turn comes; never after closing. Does not block. */
    void run(Runnable task) {
        lock.lock();
        try {
            waiting.add(task);
            startWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** How many more can begin at once. */
    int free() {
        lock.lock();
        try {
            return closed ? 0 : Math.max(0, MOST_AT_ONCE - threads.size() - waiting.size());
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by lock. */
    private void startWaiting() {
        while (!closed && !waiting.isEmpty() && threads.size() < MOST_AT_ONCE) {
            Runnable task = waiting.remove();
            Thread thread = Thread.ofVirtual().name(name).unstarted(() -> work(task));
            threads.add(thread);
            thread.start();
        }
    }

    private void work(Runnable task) {
        try {
            task.run();
        } finally {
            lock.lock();
            try {
                threads.remove(Thread.currentThread());
                startWaiting();
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Does the part of a task that closing may interrupt; what comes after it is never interrupted.
     *
     * @throws ShuttingDown if it is too late to begin
     */
    <T> T interruptibly(Supplier<T> part) {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            if (closed) {
                throw new ShuttingDown();
            }
            interruptible.add(me);
        } finally {
            lock.unlock();
        }
        try {
            return part.get();
        } finally {
            lock.lock();
            try {
                interruptible.remove(me);
            } finally {
                lock.unlock();
            }
            Thread.interrupted(); // It was meant for the part that is over.
        }
    }

    @Override
    public void close() {
        Set<Thread> left;
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            awaitGrace();
            interruptible.forEach(Thread::interrupt);
            left = Set.copyOf(threads);
        } finally {
            lock.unlock();
        }
        Goodbye.join(List.copyOf(left), LONGEST_GOODBYE);
    }

    private void awaitGrace() {
        try {
            long start = time.nanoTime();
            Duration left = GRACE;
            while (!threads.isEmpty() && left.isPositive()) {
                time.await(lock, ended, left);
                left = GRACE.minusNanos(time.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
        }
    }
}
