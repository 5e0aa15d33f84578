package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.spi.EventListener;

/** Tells the listener, and minds nothing that it throws. */
record Reports(EventListener listener) {
    void report(GatewayEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException ignored) {
            // A listener that fails must not break an answer; its port says that this is ignored.
        }
    }
}
