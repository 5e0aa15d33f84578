package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.spi.EventListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers every event. Thread-safe. */
public final class RecordingListener implements EventListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing yet. */
    public RecordingListener() {}

    @Override
    public void on(GatewayEvent event) {
        lock.lock();
        try {
            events.add(event);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something of one kind has happened; fails the test if it does not. */
    public void await(Class<? extends GatewayEvent> kind) {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (events(kind).isEmpty()) {
                if (left <= 0) {
                    throw new AssertionError("no " + kind.getSimpleName() + " was heard of");
                }
                left = more.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an event", e);
        } finally {
            lock.unlock();
        }
    }

    /** All events so far. */
    public List<GatewayEvent> events() {
        return List.copyOf(events);
    }

    /** The events of one kind. */
    public <E extends GatewayEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The kinds of all events so far by their simple names, in order. */
    public List<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
