package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.settings.Attempts;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.LoginLimits;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.settings.Sharing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration file says, complete with defaults and checked. Immutable. The nested records are the file's
 * sections; {@code config/config.example.yaml} explains each key.
 *
 * @param server who may reach the gateway, and where
 * @param codebuddy the upstream and the accounts
 * @param gateway how one request is tried
 * @param limits how much of anything is accepted at once
 * @param deadlines how long the HTTP side waits
 * @param logging what is written where; as text, in the grammar that users know from before
 * @param keywordReplacer which words in answers are replaced
 * @param oauth who may begin a login, and how many
 * @param settings what may be changed over HTTP
 * @param statistics how long usage is remembered
 */
public record Config(
        Server server,
        CodeBuddy codebuddy,
        Gateway gateway,
        Limits limits,
        Deadlines deadlines,
        Logging logging,
        KeywordReplacement keywordReplacer,
        Oauth oauth,
        Settings settings,
        Statistics statistics) {
    public Config {
        present(server, codebuddy, gateway, limits, deadlines, logging, keywordReplacer);
        present(oauth, settings, statistics);
    }

    /** What holds when the file says nothing; {@code home} is what relative paths start from. */
    public static Config defaults(Path home) {
        return new Config(
                Server.DEFAULT,
                CodeBuddy.defaults(home),
                Gateway.DEFAULT,
                Limits.DEFAULT,
                Deadlines.DEFAULT,
                Logging.DEFAULT,
                KeywordSection.DEFAULT,
                Oauth.DEFAULT,
                Settings.DEFAULT,
                Statistics.DEFAULT);
    }

    /** The part that core decides on. */
    public GatewaySettings gatewaySettings() {
        return new GatewaySettings(
                codebuddy.rotationCount(),
                new ModelOffer(codebuddy.models(), CodeBuddy.fallbackModels(), codebuddy.aliases()),
                new Attempts(gateway.maxAttempts(), gateway.openDeadline(), gateway.retryAmbiguous()),
                limits.maxAnswer(),
                keywordReplacer,
                codebuddy.upkeep().settings(),
                new LoginLimits(oauth.maxPending(), oauth.stateLifetime()),
                gateway.sharing());
    }

    /**
     * Section {@code server}.
     *
     * @param host the address to listen on
     * @param port the port to listen on; 0 lets the system choose, which the file cannot ask for
     * @param password what callers send as bearer; null leaves the server locked
     * @param allowedHosts further names by which callers may reach the server, lower case, without port
     * @param corsOrigins foreign origins whose pages may call the server, such as {@code https://app.example:8443}
     */
    public record Server(
            String host, int port, @Nullable Secret password, List<String> allowedHosts, List<String> corsOrigins) {
        static final Server DEFAULT = new Server("127.0.0.1", 8001, null, List.of(), List.of());

        public Server {
            Objects.requireNonNull(host, "host");
            allowedHosts = List.copyOf(allowedHosts);
            corsOrigins = List.copyOf(corsOrigins);
            within("port", port, 0, 65_535);
        }

        /** The password, if one is set. */
        public Optional<Secret> accessPassword() {
            return Optional.ofNullable(password);
        }
    }

    /**
     * Section {@code codebuddy}.
     *
     * @param apiEndpoint the upstream's origin: scheme and host, on the list of allowed ones
     * @param allowedEndpoints origins allowed in addition to those compiled in
     * @param credsDir the absolute path of the credential files' directory
     * @param rotationCount how many requests in a row go to one credential; 0 means stay
     * @param sslVerify whether the upstream's certificate is checked
     * @param models the models on offer, in order; {@link #ALL_MODELS} stands for all that the accounts offer
     * @param aliases further names of models: alias to model
     * @param upkeep what is done for the accounts in the background
     * @param systemMessage what stands first in a conversation that has no system message (protocol sheet, 4.4)
     * @param client how the gateway names itself to the upstream
     * @param timeouts how long the upstream may take
     */
    public record CodeBuddy(
            URI apiEndpoint,
            List<URI> allowedEndpoints,
            Path credsDir,
            int rotationCount,
            boolean sslVerify,
            List<String> models,
            Map<String, String> aliases,
            Upkeep upkeep,
            String systemMessage,
            Client client,
            Timeouts timeouts) {
        /** The entry in {@code models} that stands for all models that the accounts offer. */
        public static final String ALL_MODELS = ModelOffer.ALL;

        public CodeBuddy {
            Objects.requireNonNull(apiEndpoint, "apiEndpoint");
            allowedEndpoints = List.copyOf(allowedEndpoints);
            models = List.copyOf(models);
            aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
            present(credsDir, upkeep, systemMessage, client, timeouts);
            within("rotationCount", rotationCount, 0, Integer.MAX_VALUE);
        }

        /** The models to list for {@link #ALL_MODELS} as long as the upstream does not tell. */
        public static List<String> fallbackModels() {
            return ChinaModels.LIST;
        }

        static CodeBuddy defaults(Path home) {
            return new CodeBuddy(
                    URI.create("https://www.codebuddy.cn"),
                    List.of(),
                    home.resolve(".codebuddy_creds"),
                    1,
                    true,
                    List.of(ALL_MODELS),
                    Map.of(),
                    Upkeep.DEFAULT,
                    "You are a helpful assistant.",
                    Client.DEFAULT,
                    Timeouts.DEFAULT);
        }
    }

    /**
     * What section {@code codebuddy} says about the care for the accounts.
     *
     * @param autoCheckIn whether each account is checked in once a day
     * @param checkInTime when, in the machine's time zone
     * @param refreshBefore how long before its end an access token is replaced
     */
    public record Upkeep(boolean autoCheckIn, LocalTime checkInTime, Duration refreshBefore) {
        static final Upkeep DEFAULT = new Upkeep(false, LocalTime.of(9, 30), Duration.ofHours(24));

        public Upkeep {
            Objects.requireNonNull(checkInTime, "checkInTime");
            positive("refreshBefore", refreshBefore);
        }

        io.github.codebuddy2api.core.settings.Upkeep settings() {
            return new io.github.codebuddy2api.core.settings.Upkeep(refreshBefore, autoCheckIn ? checkInTime : null);
        }
    }

    /**
     * Section {@code codebuddy.client}: the header values of the protocol sheet, 4.2.
     *
     * @param version what the other values are made of that name a version
     * @param userAgent {@code User-Agent}
     * @param product {@code X-Product}
     * @param ideType {@code X-IDE-Type}
     * @param ideName {@code X-IDE-Name}
     * @param ideVersion {@code X-IDE-Version}
     * @param agentIntent {@code X-Agent-Intent}
     */
    public record Client(
            String version,
            String userAgent,
            String product,
            String ideType,
            String ideName,
            String ideVersion,
            String agentIntent) {
        static final String VERSION = "2.107.0";
        static final Client DEFAULT = new Client(VERSION, userAgent(VERSION), "SaaS", "CLI", "CLI", VERSION, "craft");

        public Client {
            present(version, userAgent, product, ideType, ideName, ideVersion, agentIntent);
        }

        static String userAgent(String version) {
            return "CLI/" + version + " CodeBuddy/" + version;
        }
    }

    /**
     * Section {@code codebuddy.timeouts}.
     *
     * @param connect until the connection stands
     * @param firstEvent from the request sent to the first event of the answer
     * @param gap between two events
     * @param total from the request to the end of the answer
     */
    public record Timeouts(Duration connect, Duration firstEvent, Duration gap, Duration total) {
        static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(120), Duration.ofMinutes(30));

        public Timeouts {
            positive("connect", connect);
            positive("firstEvent", firstEvent);
            positive("gap", gap);
            positive("total", total);
        }
    }

    /**
     * Section {@code gateway}.
     *
     * @param maxAttempts how many credentials one request may try before its first event
     * @param openDeadline after this long no further attempt is started
     * @param retryAmbiguous whether a request whose connection broke before an answer is sent once more
     * @param sharing how requests share the accounts: {@code affinity}, {@code max_per_account}, {@code queue} and
     *     {@code queue_wait}
     */
    public record Gateway(int maxAttempts, Duration openDeadline, boolean retryAmbiguous, Sharing sharing) {
        static final Gateway DEFAULT = new Gateway(3, Duration.ofMinutes(5), true, Sharing.DEFAULT);

        public Gateway {
            within("maxAttempts", maxAttempts, 1, Integer.MAX_VALUE);
            positive("openDeadline", openDeadline);
            Objects.requireNonNull(sharing, "sharing");
        }
    }

    /**
     * Section {@code limits}; sizes in bytes.
     *
     * @param maxBody the largest request body of a chat call
     * @param maxHeaders the largest head of a request
     * @param maxConnections TCP connections at once
     * @param maxStreams answers in progress at once
     * @param maxEvent the largest single event taken from the upstream
     * @param maxAnswer the longest answer folded for a caller who does not stream, in characters
     */
    public record Limits(int maxBody, int maxHeaders, int maxConnections, int maxStreams, int maxEvent, int maxAnswer) {
        static final Limits DEFAULT = new Limits(16 << 20, 16 << 10, 1_024, 256, 1 << 20, 8 << 20);

        public Limits {
            within("maxBody", maxBody, 1, Integer.MAX_VALUE);
            within("maxHeaders", maxHeaders, 1, Integer.MAX_VALUE);
            within("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
            within("maxStreams", maxStreams, 1, Integer.MAX_VALUE);
            within("maxEvent", maxEvent, 1, Integer.MAX_VALUE);
            within("maxAnswer", maxAnswer, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * Section {@code deadlines}.
     *
     * @param headers for a request's head to arrive
     * @param body for a request's body to arrive
     * @param write for a caller to take what is written to him
     * @param idle how long a connection is kept between two requests
     * @param commitAfter after this long without a first event a stream is begun anyway, so that heartbeats can flow
     * @param heartbeat between two signs of life on a silent stream
     * @param drain how long streams may go on after the order to stop
     */
    public record Deadlines(
            Duration headers,
            Duration body,
            Duration write,
            Duration idle,
            Duration commitAfter,
            Duration heartbeat,
            Duration drain) {
        static final Deadlines DEFAULT = new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(45),
                Duration.ofSeconds(15),
                Duration.ofSeconds(25));

        public Deadlines {
            positive("headers", headers);
            positive("body", body);
            positive("write", write);
            positive("idle", idle);
            positive("commitAfter", commitAfter);
            positive("heartbeat", heartbeat);
            positive("drain", drain);
        }
    }

    /**
     * Section {@code logging}; the words are kept as they were written.
     *
     * @param level the lowest level written, upper case, or a number
     * @param rotation when a new log file is begun; null means never
     * @param retention how long old log files are kept; null means for ever
     * @param compression how old log files are packed; null means not at all
     */
    public record Logging(
            String level,
            @Nullable String rotation,
            @Nullable String retention,
            @Nullable String compression) {
        static final Logging DEFAULT = new Logging("INFO", "10 MB", "7 days", "zip");

        public Logging {
            Objects.requireNonNull(level, "level");
        }
    }

    /**
     * Section {@code oauth}.
     *
     * @param requireAuth who may begin a login
     * @param maxPending logins under way at once
     * @param stateLifetime how long a login may take
     */
    public record Oauth(RequireAuth requireAuth, int maxPending, Duration stateLifetime) {
        static final Oauth DEFAULT = new Oauth(RequireAuth.AUTO, 10, Duration.ofMinutes(10));

        public Oauth {
            Objects.requireNonNull(requireAuth, "requireAuth");
            within("maxPending", maxPending, 1, Integer.MAX_VALUE);
            positive("stateLifetime", stateLifetime);
        }
    }

    /** Who needs the password to begin a login. */
    public enum RequireAuth {
        /** Everybody but callers on this machine. */
        AUTO,
        /** Everybody. */
        ALWAYS,
        /** Nobody. */
        NEVER
    }

    /** Section {@code settings}: whether keys that guard the machine may be changed over HTTP too. */
    public record Settings(boolean allowSensitive) {
        static final Settings DEFAULT = new Settings(false);
    }

    /** Section {@code statistics}: how long usage is remembered. */
    public record Statistics(Duration retention) {
        static final Statistics DEFAULT = new Statistics(Duration.ofDays(90));

        public Statistics {
            positive("retention", retention);
        }
    }

    private static void present(Object... values) {
        for (Object value : values) {
            Objects.requireNonNull(value);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
