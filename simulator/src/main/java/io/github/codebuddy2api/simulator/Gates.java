package io.github.codebuddy2api.simulator;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Named gates at which answers wait until somebody opens them. Thread-safe; a gate stays open. */
final class Gates {
    private static final int LIMIT = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final Set<String> open = new HashSet<>();

    void open(String name) {
        lock.lock();
        try {
            if (open.size() >= LIMIT) {
                throw new IllegalStateException("too many gates");
            }
            open.add(name);
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void await(String name) throws InterruptedException {
        lock.lock();
        try {
            while (!open.contains(name)) {
                opened.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
