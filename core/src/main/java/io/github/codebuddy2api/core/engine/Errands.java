package io.github.codebuddy2api.core.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Short-lived threads for what may be cut off at any time; none of them outlives it. Thread-safe. */
final class Errands implements AutoCloseable {
    /** How long the end waits for each of them: they were interrupted, so they are on their way. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Set<Thread> running = new HashSet<>();
    private boolean closed;

    /** Runs {@code errand} on a thread of its own; not if it is closed, which is what the answer tells. */
    boolean start(Runnable errand) {
        lock.lock();
        try {
            if (!closed) {
                Thread thread = Thread.ofVirtual().name("errand").unstarted(() -> run(errand));
                running.add(thread);
                thread.start();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable errand) {
        try {
            errand.run();
        } finally {
            lock.lock();
            try {
                running.remove(Thread.currentThread());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Interrupts what runs, and waits for it a little. */
    @Override
    public void close() {
        Goodbye.join(stop(), LONGEST_GOODBYE);
    }

    private List<Thread> stop() {
        lock.lock();
        try {
            closed = true;
            running.forEach(Thread::interrupt);
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }
}
