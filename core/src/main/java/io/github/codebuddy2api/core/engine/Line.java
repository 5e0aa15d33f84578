package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.Overloaded;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.settings.Sharing;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait while every credential that may serve them is in full use: first come, first served, except that
 * one whom nothing that is free can serve does not hold up those behind him. Thread-safe.
 *
 * <p>Whatever changes in the pool is offered along the line, and a request that comes looks only after that; so nobody
 * gets ahead of one who waits.
 */
final class Line {
    /** Rests end without anybody telling, so those who wait look again so often. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofSeconds(5);

    private final CredentialPool pool;
    private final SettingsSource settings;
    private final Time time;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private boolean closed;

    /** One who waits; guarded by lock. */
    private static final class Waiter {
        private final Wish wish;
        private final Condition changed;
        private @Nullable Look served;

        Waiter(Wish wish, Condition changed) {
            this.wish = wish;
            this.changed = changed;
        }
    }

    Line(CredentialPool pool, SettingsSource settings, Time time) {
        this.pool = pool;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Looks for the credential to use next, and waits as long as all that may be used are in full use.
     *
     * @param queued hears what was found if it has to wait
     * @return without a lease only if waiting does not help
     * @throws Overloaded if there is no place to wait, or it took too long
     * @throws Cancelled if the waiting thread is interrupted
     */
    Look look(Wish wish, Consumer<Look> queued) {
        Sharing sharing = settings.current().sharing();
        Waiter waiter;
        Look found;
        lock.lock();
        try {
            if (closed) {
                throw new ShuttingDown();
            }
            found = pool.undisturbed(() -> {
                serve();
                return pool.lease(wish);
            });
            if (!found.busy()) {
                return found;
            }
            waiter = join(wish, sharing);
        } finally {
            lock.unlock();
        }
        try {
            queued.accept(found);
        } catch (RuntimeException | Error bug) {
            leave(waiter);
            throw bug;
        }
        return await(waiter, sharing);
    }

    private Waiter join(Wish wish, Sharing sharing) {
        if (waiters.size() >= sharing.queue()) {
            throw overloaded(sharing);
        }
        Waiter waiter = new Waiter(wish, lock.newCondition());
        waiters.addLast(waiter);
        return waiter;
    }

    private Look await(Waiter waiter, Sharing sharing) {
        long until = time.nanoTime() + sharing.patience().toNanos();
        lock.lock();
        try {
            serve();
            while (waiter.served == null) {
                if (closed) {
                    throw new ShuttingDown();
                }
                Duration left = Duration.ofNanos(until - time.nanoTime());
                if (!left.isPositive()) {
                    throw overloaded(sharing);
                }
                time.await(lock, waiter.changed, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
                if (waiters.peekFirst() == waiter) {
                    serve(); // For all: if each of them looked, a long line would do little else.
                }
            }
            return waiter.served;
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
            leave(waiter);
            throw new Cancelled();
        } catch (RuntimeException | Error e) {
            leave(waiter);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** He may have been served in the very moment in which he leaves. */
    private void leave(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
            if (waiter.served != null) {
                waiter.served.lease().ifPresent(lease -> pool.release(lease, Verdict.ABANDONED));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Offers what is free to those who wait, in their order. Guarded by lock. Whom nothing can serve speaks for all behind
     * him who want the same: to look for each would be much work for a long line. Once closed it sends all away.
     */
    private void serve() {
        if (!waiters.isEmpty() && !closed) {
            pool.undisturbed(this::serveInOrder); // What gets free meanwhile must not go to one further back.
        }
    }

    private boolean serveInOrder() {
        Set<Wish> inVain = new HashSet<>();
        Iterator<Waiter> all = waiters.iterator();
        while (all.hasNext()) {
            Waiter waiter = all.next();
            if (inVain.contains(waiter.wish.outsideConversation())) {
                continue;
            }
            Look look = pool.lease(waiter.wish);
            if (look.busy()) {
                inVain.add(waiter.wish.outsideConversation());
            } else {
                all.remove();
                waiter.served = look;
                waiter.changed.signal();
            }
        }
        return waiters.isEmpty();
    }

    private static GatewayException overloaded(Sharing sharing) {
        Duration wait = sharing.patience();
        if (wait.compareTo(SOONEST) < 0) {
            return new Overloaded(SOONEST);
        }
        return new Overloaded(wait.compareTo(LATEST) > 0 ? LATEST : wait);
    }

    /** Something has changed in the pool; never called with the pool's lock held. */
    void changed() {
        lock.lock();
        try {
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int length() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** Sends all away who wait, and everybody who would. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.changed.signal());
        } finally {
            lock.unlock();
        }
    }
}
