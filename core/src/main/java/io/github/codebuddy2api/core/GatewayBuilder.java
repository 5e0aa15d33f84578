package io.github.codebuddy2api.core;

import io.github.codebuddy2api.core.engine.Engine;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.Upstream;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link Gateway}. What is missing is said by {@link #build()}, not by the first request. */
public final class GatewayBuilder {
    private @Nullable Upstream upstream;
    private @Nullable CredentialStore credentials;
    private SettingsSource settings = () -> GatewaySettings.DEFAULT;
    private EventListener listener = event -> {};
    private Time time = Time.system();
    private RandomGenerator random = new SecureRandom();

    GatewayBuilder() {}

    /** The service that has the models. Required; stays the caller's to close. */
    public GatewayBuilder upstream(Upstream upstream) {
        this.upstream = Objects.requireNonNull(upstream, "upstream");
        return this;
    }

    /** Where the credentials rest. Required; stays the caller's to close. */
    public GatewayBuilder credentials(CredentialStore credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /** The settings in force; {@link GatewaySettings#DEFAULT} if not given. */
    public GatewayBuilder settings(SettingsSource settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Who hears what happens; nobody if not given. */
    public GatewayBuilder listener(EventListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** The clock; the system's if not given. */
    public GatewayBuilder time(Time time) {
        this.time = Objects.requireNonNull(time, "time");
        return this;
    }

    /** The source of ids, thread-safe; a {@link SecureRandom} if not given. */
    public GatewayBuilder random(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
        return this;
    }

    /**
     * The gateway.
     *
     * @throws IllegalStateException if a required part is missing
     */
    public Gateway build() {
        return new Gateway(new Engine(
                required(upstream, "upstream"),
                required(credentials, "credentials"),
                settings,
                new Engine.Surroundings(listener, time, random)));
    }

    private static <T> T required(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("a gateway needs " + name + "(...)");
        }
        return part;
    }
}
