package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Chat;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Keywords;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.api.UsageReport;
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
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wires the services together; the one thing {@code Gateway} holds. */
public final class Engine implements AutoCloseable {
    private final ChatService chat;
    private final ModelService models;
    private final CredentialService credentials;
    private final @Nullable CredentialRefresher refresher;
    private final @Nullable RestKeeper keeper;
    private final Background background;
    private final RandomGenerator random;
    private final AccountService accounts;
    private final Trials trials;
    private final @Nullable ModelCache cache;
    private final @Nullable LoginService logins;
    private final UsageService usage;
    private final KeywordService keywords;

    /** What is around the gateway besides its work: who listens, the clock, the source of ids. */
    public record Surroundings(EventListener listener, Time time, RandomGenerator random) {}

    /** What is kept somewhere; without the rests a restart forgets who rested. */
    public record Stores(
            CredentialStore credentials,
            RotationStore rotation,
            @Nullable RestStore rests,
            UsageStore usage) {}

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
        Time time = surroundings.time();
        Alarm alarm = new Alarm(time);
        RestStore rests = stores.rests();
        CredentialPool pool = new CredentialPool(
                settings,
                time,
                new CredentialPool.Memory(
                        stores.rotation().load(), rests == null ? List.of() : rests.load(), alarm::ring));
        keeper = rests == null ? null : new RestKeeper(rests, pool, time);
        Roster roster = new Roster(stores.credentials(), all -> {
            if (pool.take(all)) {
                Events.report(surroundings.listener(), new GatewayEvent.CredentialsChanged());
            }
        });
        TokenExchange exchange = new TokenExchange(stores.credentials(), roster, pool, time);
        refresher = upstreams.refresher() == null
                ? null
                : new CredentialRefresher(
                        upstreams.refresher(),
                        new CredentialRefresher.Parts(
                                pool,
                                roster,
                                new RefreshAttempt(exchange, roster, time),
                                stores.credentials().unfinishedRefreshes()),
                        settings,
                        surroundings,
                        alarm);
        CredentialService.Parts parts = new CredentialService.Parts(pool, roster, exchange);
        credentials = new CredentialService(stores, parts, refresher, alarm, surroundings.listener());
        usage = new UsageService(stores.usage(), time);
        keywords = new KeywordService(settings);
        Line line = new Line(pool, settings, time);
        pool.whenChanged(line::changed);
        chat = new ChatService(
                upstreams.chat(), new Leases(pool, line, roster, refresher, time), settings, surroundings, usage::add);
        Shelf shelf = new PoolShelf(credentials, parts, refresher);
        cache = ModelCache.of(upstreams.models(), surroundings);
        models = new ModelService(shelf, settings, cache);
        trials = new Trials(upstreams.chat(), shelf, settings, surroundings);
        QuotaCache quotas = QuotaCache.of(upstreams.quotas(), shelf, pool::learn, time);
        CheckIns checkIns = CheckIns.of(upstreams.quotas(), time, quotas);
        accounts = new AccountService(
                shelf, new AccountService.Asking(upstreams.accounts(), quotas, checkIns, cache, models, trials));
        LoginProvider provider = upstreams.logins();
        logins = provider == null ? null : new LoginService(provider, shelf, settings, surroundings);
        CheckInSchedule schedule =
                checkIns == null ? null : new CheckInSchedule(checkIns, shelf, settings, surroundings);
        background = new Background(
                time,
                alarm,
                Stream.<@Nullable Chore>of(refresher, schedule, logins, keeper)
                        .flatMap(Stream::ofNullable)
                        .toList());
        background.start();
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
        return credentials;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Logins logins() {
        return offered(logins, "logins");
    }

    public UsageReport usage() {
        return usage;
    }

    public Keywords keywords() {
        return keywords;
    }

    /** {@code port}, if the builder was given it. */
    static <T> T offered(@Nullable T port, String name) {
        if (port == null) {
            throw new IllegalStateException("this gateway was built without " + name + "(...)");
        }
        return port;
    }

    @Override
    public void close() {
        chat.close();
        trials.close();
        if (refresher != null) {
            refresher.close();
        }
        background.close();
        if (cache != null) {
            cache.close();
        }
        if (logins != null) {
            logins.close();
        }
        if (keeper != null) {
            keeper.close(); // Last: what others store is worth more.
        }
    }
}
