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

    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();

    /** A listener that has heard nothing yet. */
    public RecordingListener() {}

    @Override
    public void on(GatewayEvent event) {
        lock.lock();
        try {
            events.add(event);
            heard.signalAll();
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

    /** Waits until there are so many events of one kind and gives the last of them; fails the test if they do not come. */
    public <E extends GatewayEvent> E await(Class<E> kind, int count) {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (events(kind).size() < count && left > 0) {
                left = heard.awaitNanos(left);
            }
            if (events(kind).size() < count) {
                throw new AssertionError("not " + count + " times " + kind.getSimpleName() + ": " + kinds());
            }
            return events(kind).get(count - 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for events", e);
        } finally {
            lock.unlock();
        }
    }

    /** The kinds of all events so far by their simple names, in order. */
    public List<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
