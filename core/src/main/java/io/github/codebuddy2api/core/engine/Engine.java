package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Chat;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.api.UsageReport;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.ModelSource;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.RotationStore;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.core.spi.UsageStore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Wires the services together; the one thing {@code Gateway} holds. */
public final class Engine implements AutoCloseable {
    private final ChatService chat;
    private final Models models;
    private final CredentialPool pool;
    private final RandomGenerator random;
    private final @Nullable Accounts accounts;
    private final @Nullable Logins logins;
    private final @Nullable UsageReport usage;

    /** What is around the gateway besides its work: who listens, the clock, the source of ids. */
    public record Surroundings(EventListener listener, Time time, RandomGenerator random) {}

    /** What rests somewhere. */
    public record Stores(CredentialStore credentials, RotationStore rotation, UsageStore usage) {}

    /** What is asked of the upstream; all but the first may be missing. */
    public record Upstreams(
            Upstream chat,
            @Nullable LoginProvider logins,
            @Nullable TokenRefresher refresher,
            @Nullable AccountDirectory accounts,
            @Nullable ModelSource models,
            @Nullable QuotaSource quotas) {}

    public Engine(Upstreams upstreams, Stores stores, SettingsSource settings, Surroundings surroundings) {
        random = surroundings.random();
        accounts = null;
        logins = null;
        usage = null;
        pool = new CredentialPool(stores.credentials(), settings, surroundings.time());
        chat = new ChatService(upstreams.chat(), pool, settings, surroundings);
        models = () ->
                settings.current().models().listed().stream().map(Model::new).toList();
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

    public Accounts accounts() {
        return offered(accounts, "accounts");
    }

    public Logins logins() {
        return offered(logins, "logins");
    }

    public UsageReport usage() {
        return offered(usage, "usage");
    }

    private static <T> T offered(@Nullable T port, String name) {
        if (port == null) {
            throw new IllegalStateException("this gateway was built without " + name + "(...)");
        }
        return port;
    }

    @Override
    public void close() {
        chat.close();
    }
}
