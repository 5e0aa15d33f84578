package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A clock that stands still until it is moved by hand, which wakes whoever waits for that time. Thread-safe. */
public final class ManualTime implements Time {
    /** Where it starts. */
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicReference<Duration> elapsed = new AtomicReference<>(Duration.ZERO);
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();

    /** Guarded by lock. */
    private long arrivals;

    private record Waiter(Lock lock, Condition changed, Duration until) {}

    /** A clock that shows {@link #START}. */
    public ManualTime() {}

    @Override
    public Instant instant() {
        return START.plus(elapsed.get());
    }

    @Override
    public long nanoTime() {
        return elapsed.get().toNanos();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The caller looks again.
    public void await(Lock held, Condition changed, Duration atMost) throws InterruptedException {
        Waiter waiter = new Waiter(held, changed, elapsed.get().plus(atMost));
        waiters.add(waiter);
        try {
            tellThatOneCame();
            if (elapsed.get().compareTo(waiter.until()) < 0) {
                changed.await();
            }
        } finally {
            waiters.remove(waiter);
        }
    }

    private void tellThatOneCame() {
        lock.lock();
        try {
            arrivals++;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Moves it forward. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        Duration now = elapsed.updateAndGet(soFar -> soFar.plus(by));
        waiters.stream().filter(waiter -> waiter.until().compareTo(now) <= 0).forEach(ManualTime::wake);
    }

    private static void wake(Waiter waiter) {
        waiter.lock().lock();
        try {
            waiter.changed().signalAll();
        } finally {
            waiter.lock().unlock();
        }
    }

    /** How often a thread has begun to wait for the time. */
    public long arrivals() {
        lock.lock();
        try {
            return arrivals;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a thread has begun to wait since there were {@code seen} arrivals; fails the test if none does. */
    public void awaitArrivalAfter(long seen) {
        awaitThat(() -> arrivals > seen, "nobody came to wait for the time");
    }

    /** Waits until so many threads wait for the time; fails the test if they do not come. */
    public void awaitWaiters(int count) {
        awaitThat(() -> waiters.size() >= count, "not " + count + " threads wait for the time");
    }

    private void awaitThat(BooleanSupplier enough, String otherwise) {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (!enough.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(otherwise);
                }
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for waiters", e);
        } finally {
            lock.unlock();
        }
    }
}
