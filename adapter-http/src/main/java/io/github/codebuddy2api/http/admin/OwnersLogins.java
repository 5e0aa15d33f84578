package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.login.LoginId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Which logins under way were begun by the owner; the eldest are forgotten first, and then are anybody's. Thread-safe. */
final class OwnersLogins {
    private static final int MOST = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final Set<LoginId> begun = new LinkedHashSet<>();

    void add(LoginId id) {
        lock.lock();
        try {
            if (begun.size() >= MOST) {
                begun.remove(begun.iterator().next());
            }
            begun.add(id);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets {@code id}; whether it was the owner's. */
    boolean remove(LoginId id) {
        lock.lock();
        try {
            return begun.remove(id);
        } finally {
            lock.unlock();
        }
    }
}
