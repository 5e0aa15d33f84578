package io.github.codebuddy2api.core;

import io.github.codebuddy2api.core.engine.Engine;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.ModelSource;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.RestStore;
import io.github.codebuddy2api.core.spi.RotationStore;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.core.spi.UsageStore;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link Gateway}. What is missing is said by {@link #build()}, not by the first request. */
public final class GatewayBuilder {
    private @Nullable Upstream upstream;
    private @Nullable CredentialStore credentials;
    private @Nullable LoginProvider logins;
    private @Nullable TokenRefresher refresher;
    private @Nullable AccountDirectory accounts;
    private @Nullable ModelSource models;
    private @Nullable QuotaSource quotas;
    private RotationStore rotation = RotationStore.inMemory();
    private @Nullable RestStore rests;
    private UsageStore usage = UsageStore.none();
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

    /** Where people log in; without it there are no {@link Gateway#logins()}. Stays the caller's to close. */
    public GatewayBuilder logins(LoginProvider logins) {
        this.logins = Objects.requireNonNull(logins, "logins");
        return this;
    }

    /** Who refreshes tokens; without it a credential ends with its access token. Stays the caller's to close. */
    public GatewayBuilder refresher(TokenRefresher refresher) {
        this.refresher = Objects.requireNonNull(refresher, "refresher");
        return this;
    }

    /** Who knows the accounts that can be switched to. Stays the caller's to close. */
    public GatewayBuilder accounts(AccountDirectory accounts) {
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        return this;
    }

    /** Who knows the models of an account; without it only those of the settings are listed. */
    public GatewayBuilder models(ModelSource models) {
        this.models = Objects.requireNonNull(models, "models");
        return this;
    }

    /** Who knows what an account may still spend. Stays the caller's to close. */
    public GatewayBuilder quotas(QuotaSource quotas) {
        this.quotas = Objects.requireNonNull(quotas, "quotas");
        return this;
    }

    /** Where the owner's choices about rotation rest; in memory if not given. */
    public GatewayBuilder rotation(RotationStore rotation) {
        this.rotation = Objects.requireNonNull(rotation, "rotation");
        return this;
    }

    /** Where the rests of credentials survive a restart; nowhere if not given. */
    public GatewayBuilder rests(RestStore rests) {
        this.rests = Objects.requireNonNull(rests, "rests");
        return this;
    }

    /** Where usage rests; in memory if not given. */
    public GatewayBuilder usage(UsageStore usage) {
        this.usage = Objects.requireNonNull(usage, "usage");
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
        Engine.Stores stores = new Engine.Stores(required(credentials, "credentials"), rotation, rests, usage);
        Engine.Upstreams upstreams =
                new Engine.Upstreams(required(upstream, "upstream"), logins, refresher, accounts, models, quotas);
        return new Gateway(new Engine(upstreams, stores, settings, new Engine.Surroundings(listener, time, random)));
    }

    private static <T> T required(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("a gateway needs " + name + "(...)");
        }
        return part;
    }
}
