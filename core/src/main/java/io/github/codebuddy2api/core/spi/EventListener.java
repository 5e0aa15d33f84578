package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.GatewayEvent;

/**
 * Hears what happens, for operators. Called on the thread on which it happened, possibly on several at once, so it must
 * be quick and thread-safe. What it throws is ignored: listening must not break an answer.
 */
@FunctionalInterface
public interface EventListener {
    void on(GatewayEvent event);
}
