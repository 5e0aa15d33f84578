package io.github.codebuddy2api.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What the simulator received, in order of arrival, and how each request ended. Thread-safe. It keeps the latest requests
 * up to {@link Options#requestsKept()} and 256 MiB of bodies, and forgets the oldest first.
 *
 * <p>The {@code await} methods return as soon as what they wait for has happened, and throw {@link AssertionError} when the
 * time is over, so that a test needs neither sleep nor check.
 */
public final class Journal {
    private static final long BODY_BYTES_KEPT = 256L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final int kept;

    // Guarded by the lock.
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private long bodyBytes;
    private long nextId = 1;

    Journal(int kept) {
        this.kept = kept;
    }

    /** All requests kept, oldest first. */
    public List<Exchange> requests() {
        lock.lock();
        try {
            return List.copyOf(exchanges);
        } finally {
            lock.unlock();
        }
    }

    /** The requests kept for one path, oldest first. */
    public List<Exchange> requests(String path) {
        return requests().stream().filter(e -> e.path().equals(path)).toList();
    }

    /** Forgets all requests received so far; their {@link Exchange} objects stay usable. */
    public void clear() {
        lock.lock();
        try {
            exchanges.clear();
            bodyBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code count} requests for the path are in the journal and returns the last of them. */
    public Exchange awaitRequest(String path, int count, Duration limit) throws InterruptedException {
        return await("request " + count + " for " + path, limit, () -> {
            List<Exchange> found = requests(path);
            return found.size() < count ? Optional.empty() : Optional.of(found.get(count - 1));
        });
    }

    /** Waits until the writing of the answer has begun and returns when that was. */
    public long awaitStarted(Exchange exchange, Duration limit) throws InterruptedException {
        return await(
                "the start of " + exchange,
                limit,
                () -> exchange.startedNanos().stream().boxed().findFirst());
    }

    /** Waits until the writing of the first {@code data:} of the answer has begun and returns when that was. */
    public long awaitFirstEvent(Exchange exchange, Duration limit) throws InterruptedException {
        return await(
                "the first event of " + exchange,
                limit,
                () -> exchange.firstEventNanos().stream().boxed().findFirst());
    }

    /** Waits until the answer has ended, and returns how. */
    public Exchange.End awaitEnd(Exchange exchange, Duration limit) throws InterruptedException {
        return await("the end of " + exchange, limit, exchange::end);
    }

    /** Waits until the peer has left, and returns how. */
    public PeerClosed awaitClosed(Exchange exchange, Duration limit) throws InterruptedException {
        return await("the peer to leave " + exchange, limit, exchange::peerClosed);
    }

    Exchange received(long connection, Request request) {
        lock.lock();
        try {
            Exchange exchange = new Exchange(nextId++, connection, request, this::changed);
            exchanges.addLast(exchange);
            bodyBytes += request.body().length();
            while (exchanges.size() > kept || (bodyBytes > BODY_BYTES_KEPT && exchanges.size() > 1)) {
                bodyBytes -= exchanges.removeFirst().body().length();
            }
            change.signalAll();
            return exchange;
        } finally {
            lock.unlock();
        }
    }

    private void changed() {
        lock.lock();
        try {
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T await(String what, Duration limit, Supplier<Optional<T>> look) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            Optional<T> found = look.get();
            while (found.isEmpty()) {
                if (left <= 0) {
                    throw new AssertionError("waited " + limit.toMillis() + " ms in vain for " + what);
                }
                left = change.awaitNanos(left);
                found = look.get();
            }
            return found.get();
        } finally {
            lock.unlock();
        }
    }
}
