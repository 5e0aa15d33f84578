package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.api.Chat;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.Upstream;
import java.util.random.RandomGenerator;

/** Wires the services together; the one thing {@code Gateway} holds. */
public final class Engine implements AutoCloseable {
    private final ChatService chat;
    private final Models models;
    private final CredentialPool pool;
    private final RandomGenerator random;

    /** What is around the gateway besides its work: who listens, the clock, the source of ids. */
    public record Surroundings(EventListener listener, Time time, RandomGenerator random) {}

    public Engine(Upstream upstream, CredentialStore store, SettingsSource settings, Surroundings surroundings) {
        random = surroundings.random();
        pool = new CredentialPool(store, settings, surroundings.time());
        chat = new ChatService(upstream, pool, settings, surroundings);
        models = () -> settings.current().models().stream().distinct().toList();
    }

    /** For a request that belongs to nothing the caller named. */
    public Correlation newCorrelation() {
        return Correlation.of(RequestId.random(random));
    }

    public Chat chat() {
        return chat;
    }

    public Models models() {
        return models;
    }

    public Credentials credentials() {
        return pool;
    }

    @Override
    public void close() {
        chat.close();
    }
}
