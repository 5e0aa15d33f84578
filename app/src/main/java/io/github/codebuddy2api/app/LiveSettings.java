package io.github.codebuddy2api.app;

import io.github.codebuddy2api.app.logging.LogControl;
import io.github.codebuddy2api.app.logging.LogSettings;
import io.github.codebuddy2api.codebuddy.CodeBuddyOptions;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.ServerPassword;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force, said in the words of each part. Every part asks anew at each use, so a change holds from
 * its next step on. Thread-safe; asking is a field read.
 */
final class LiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    private final Supplier<Config> source;
    private final LogControl log;
    private final HttpOptions.Listen listen;
    private final ReentrantLock oneAfterTheOther = new ReentrantLock();
    private volatile Snapshot current;

    /** All that follows from one reading of the configuration. */
    private record Snapshot(
            Config config,
            GatewaySettings gateway,
            CodeBuddyOptions upstream,
            HttpOptions http,
            ServerPassword password,
            LogSettings log) {
        /** A password that is still the same stays the same object, for those who began something with it. */
        Snapshot after(Snapshot before) {
            return password.equals(before.password())
                    ? new Snapshot(config, gateway, upstream, http, before.password(), log)
                    : this;
        }
    }

    /**
     * Lets what {@code source} says hold.
     *
     * @param source the configuration as it should be now; cheap and thread-safe
     * @param listen where the service listens from its start to its end, whatever the configuration says later
     * @throws io.github.codebuddy2api.filestore.ConfigException if something in it cannot be meant
     */
    LiveSettings(Supplier<Config> source, HttpOptions.Listen listen, LogControl log) {
        this.source = source;
        this.listen = listen;
        this.log = log;
        this.current = snapshot(source.get());
        putInForce(current);
        tell(current.password());
    }

    private Snapshot snapshot(Config config) {
        return new Snapshot(
                config,
                config.gatewaySettings(),
                Wiring.upstream(config),
                Wiring.http(config, listen),
                Wiring.password(config, listen.host()),
                LogSettings.read(config.logging()));
    }

    private void putInForce(Snapshot next) {
        next.config().server().accessPassword().ifPresent(log.secrets()::learn);
        current = next;
        log.apply(next.log());
    }

    /**
     * Lets what the source says now hold from now on: all of it, or nothing of it if this throws. Blocks on nothing.
     * Called by several at once, the last one finds the newest.
     *
     * @throws io.github.codebuddy2api.filestore.ConfigException if something in it cannot be meant
     */
    @SuppressWarnings("ReferenceEquality") // See Snapshot.after.
    void update() {
        oneAfterTheOther.lock();
        try {
            Snapshot before = current;
            Snapshot next = snapshot(source.get()).after(before);
            putInForce(next);
            if (next.password() != before.password()) {
                tell(next.password());
            }
        } finally {
            oneAfterTheOther.unlock();
        }
    }

    private static void tell(ServerPassword password) {
        switch (password) {
            case ServerPassword.NotConfigured none ->
                LOG.warn("no password is set, so the server is locked: set server.password in config/config.yaml");
            case ServerPassword.Insecure insecure -> LOG.warn("the server is locked: {}", insecure.reason());
            case ServerPassword.Plain plain -> LOG.debug("a password is set");
            case ServerPassword.Hashed hashed -> LOG.debug("the hash of a password is set");
        }
    }

    GatewaySettings gateway() {
        return current.gateway();
    }

    CodeBuddyOptions upstream() {
        return current.upstream();
    }

    HttpOptions http() {
        return current.http();
    }

    ServerPassword password() {
        return current.password();
    }

    /** What {@code text} would be worth as the password, where the service listens. */
    ServerPassword judge(String text) {
        return Wiring.password(text, listen.host());
    }

    /** The directory of the credential files. */
    Path credentials() {
        return current.config().codebuddy().credsDir();
    }

    /** How long usage is remembered. */
    Duration statisticsKept() {
        return current.config().statistics().retention();
    }
}
