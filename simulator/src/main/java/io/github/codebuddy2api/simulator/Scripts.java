package io.github.codebuddy2api.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Scenarios registered for a model or a path, served in turn; the last of a list repeats. Thread-safe. */
final class Scripts {
    private static final int LIMIT = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Scenario>> scripts = new HashMap<>();

    void put(String key, List<Scenario> inTurn) {
        lock.lock();
        try {
            if (inTurn.isEmpty() || scripts.size() >= LIMIT) {
                throw new IllegalArgumentException("a script needs a scenario, and there may not be too many scripts");
            }
            scripts.put(key, new ArrayDeque<>(inTurn));
        } finally {
            lock.unlock();
        }
    }

    void remove(String key) {
        lock.lock();
        try {
            scripts.remove(key);
        } finally {
            lock.unlock();
        }
    }

    Optional<Scenario> next(String key) {
        lock.lock();
        try {
            Deque<Scenario> queue = scripts.get(key);
            if (queue == null) {
                return Optional.empty();
            }
            return Optional.of(queue.size() > 1 ? queue.removeFirst() : queue.getFirst());
        } finally {
            lock.unlock();
        }
    }
}
