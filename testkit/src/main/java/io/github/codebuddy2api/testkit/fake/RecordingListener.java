package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.spi.EventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every event. Thread-safe. */
public final class RecordingListener implements EventListener {
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing yet. */
    public RecordingListener() {}

    @Override
    public void on(GatewayEvent event) {
        events.add(event);
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
