package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.settings.Sharing;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the file's values into a {@link Config}: every key by its name, its bounds and its default. */
final class ConfigReader {
    static final int MAX_PORT = 65_535;
    static final int MAX_COUNT = 1_000_000;
    static final int MIN_SIZE = 1_024;
    static final int MAX_SIZE = 1 << 30;
    static final int MAX_HEAD = 1 << 20;
    static final int MAX_ATTEMPTS = 100;
    static final int MAX_QUEUE = 10_000;
    static final int MAX_LOGINS = 1_000;
    /** As much as the upstream's adapter agrees to hold. */
    static final int MAX_EVENT = 64 << 20;

    private static final int MAX_LINE = 200;
    private static final int MAX_PASSWORD = 1_024;
    private static final String PASSWORD = "server.password";
    private static final int MAX_MESSAGE = 8_192;
    static final Duration DAY = Duration.ofDays(1);
    static final Duration REFRESH_BEFORE = Duration.ofDays(30);
    static final Duration RETENTION = Duration.ofDays(3_650);

    private final ConfigValues values;
    private final Path home;
    private final Config fallback;

    ConfigReader(ConfigValues values, Path home) {
        this.values = values;
        this.home = home;
        this.fallback = Config.defaults(home);
    }

    /** The configuration; problems are left with the values. */
    Config read() {
        return new Config(
                server(),
                codebuddy(),
                gateway(),
                limits(),
                deadlines(),
                logging(),
                KeywordSection.read(values),
                oauth(),
                new Config.Settings(values.flag(
                        "settings.allow_sensitive", fallback.settings().allowSensitive())),
                new Config.Statistics(values.duration(
                        "statistics.retention", RETENTION, fallback.statistics().retention())));
    }

    private Config.Server server() {
        Config.Server or = fallback.server();
        ConfigKey hostKey = ConfigKey.of("server.host", "Write the address alone, such as 127.0.0.1 or 0.0.0.0");
        String host = values.read(hostKey, or.host(), ConfigGrammar::host);
        int port = values.integer("server.port", 1, MAX_PORT, or.port());
        ConfigKey hostsKey = ConfigKey.of("server.allowed_hosts", "List host names without scheme and port");
        List<String> hosts = values.list(
                hostsKey, or.allowedHosts(), text -> ConfigGrammar.host(text).map(ConfigValues::word));
        ConfigKey originsKey = ConfigKey.of(
                "server.cors_origins",
                "List exact origins such as https://app.example, without path; * is not allowed");
        List<String> origins = values.list(originsKey, or.corsOrigins(), ConfigGrammar::origin);
        return new Config.Server(host, port, password().orElse(null), hosts, origins);
    }

    private Optional<Secret> password() {
        ConfigKey key = ConfigKey.ofSecret(PASSWORD, "Write it on one line, in quotes, at most 1024 characters");
        Optional<Secret> none = Optional.empty();
        Optional<Secret> password = values.read(key, none, ConfigReader::passwordText);
        if (password.isPresent()
                && ConfigGrammar.headerValue(password.get().reveal()).isEmpty()) {
            values.warn(
                    key,
                    "cannot be sent by many callers",
                    "Use at most 200 letters, digits and signs of ASCII, with no blank at either end");
        }
        return password;
    }

    private static Optional<Optional<Secret>> passwordText(String text) {
        if (text.isBlank()) {
            return Optional.of(Optional.empty());
        }
        boolean clean = text.length() <= MAX_PASSWORD && text.chars().noneMatch(Character::isISOControl);
        return clean ? Optional.of(Optional.of(Secret.of(text))) : Optional.empty();
    }

    private Config.CodeBuddy codebuddy() {
        Config.CodeBuddy or = fallback.codebuddy();
        ConfigKey allowedKey = ConfigKey.of(
                "codebuddy.allowed_endpoints",
                "List https origins without port and path, or http origins of a loopback address such as http://127.0.0.1:9000");
        List<URI> allowed = values.list(allowedKey, or.allowedEndpoints(), EndpointRule::origin);
        ConfigKey modelsKey =
                ConfigKey.of("codebuddy.models", "List the models' names").orElsewhere();
        return new Config.CodeBuddy(
                endpoint(or.apiEndpoint(), new EndpointRule(allowed)),
                allowed,
                credsDir(or.credsDir()),
                values.integer("codebuddy.rotation_count", 0, MAX_COUNT, or.rotationCount()),
                values.flag("codebuddy.ssl_verify", or.sslVerify()),
                models(modelsKey, or.models()),
                AliasSection.read(values),
                upkeep(or.upkeep()),
                values.read(
                        ConfigKey.of("codebuddy.system_message", "Write a short text"),
                        or.systemMessage(),
                        ConfigReader::message),
                client(),
                timeouts(or.timeouts()));
    }

    /** An empty list says nothing: there would be nothing to choose from. */
    private List<String> models(ConfigKey key, List<String> fallback) {
        List<String> models = values.list(key, fallback, text -> ConfigGrammar.line(text, MAX_LINE));
        return models.isEmpty() ? fallback : models;
    }

    private Config.Upkeep upkeep(Config.Upkeep or) {
        ConfigKey time = ConfigKey.of("codebuddy.check_in_time", "Write a time of the day such as \"09:30\"");
        return new Config.Upkeep(
                values.flag("codebuddy.auto_check_in", or.autoCheckIn()),
                values.read(time, or.checkInTime(), ConfigGrammar::timeOfDay),
                values.duration("codebuddy.refresh_before", REFRESH_BEFORE, or.refreshBefore()));
    }

    /** The value is not repeated in a message: it may hold a user's name and password. */
    private URI endpoint(URI fallback, EndpointRule rule) {
        return values.read(ConfigKey.ofSecret("codebuddy.api_endpoint", EndpointRule.CURE), fallback, rule::allowed);
    }

    private Path credsDir(Path fallback) {
        ConfigKey key = ConfigKey.of(
                        "codebuddy.creds_dir", "Write a path relative to the home directory, or a full path")
                .orElsewhere();
        return values.read(key, fallback, text -> text.isEmpty() ? Optional.of(fallback) : directory(text));
    }

    private Optional<Path> directory(String text) {
        if (text.isBlank() || text.startsWith("~") || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        try {
            return Optional.of(home.resolve(text).normalize());
        } catch (InvalidPathException notPath) {
            return Optional.empty();
        }
    }

    private static Optional<String> message(String text) {
        return text.isBlank() || text.length() > MAX_MESSAGE ? Optional.empty() : Optional.of(text);
    }

    private Config.Client client() {
        String version = header("version", Config.Client.VERSION);
        Config.Client or = Config.Client.DEFAULT;
        return new Config.Client(
                version,
                header("user_agent", Config.Client.userAgent(version)),
                header("product", or.product()),
                header("ide_type", or.ideType()),
                header("ide_name", or.ideName()),
                header("ide_version", version),
                header("agent_intent", or.agentIntent()));
    }

    private String header(String name, String fallback) {
        ConfigKey key = ConfigKey.of("codebuddy.client." + name, "Write plain ASCII, at most 200 characters");
        return values.read(key, fallback, ConfigGrammar::headerValue);
    }

    private Config.Timeouts timeouts(Config.Timeouts or) {
        return new Config.Timeouts(
                values.duration("codebuddy.timeouts.connect", DAY, or.connect()),
                values.duration("codebuddy.timeouts.first_event", DAY, or.firstEvent()),
                values.duration("codebuddy.timeouts.gap", DAY, or.gap()),
                values.duration("codebuddy.timeouts.total", DAY, or.total()));
    }

    private Config.Gateway gateway() {
        Config.Gateway or = fallback.gateway();
        return new Config.Gateway(
                values.integer("gateway.max_attempts", 1, MAX_ATTEMPTS, or.maxAttempts()),
                values.duration("gateway.open_deadline", DAY, or.openDeadline()),
                values.flag("gateway.retry_ambiguous", or.retryAmbiguous()),
                new Sharing(
                        values.flag("gateway.affinity", or.sharing().affinity()),
                        values.integer(
                                "gateway.max_per_account",
                                0,
                                MAX_COUNT,
                                or.sharing().perCredential()),
                        values.integer(
                                "gateway.queue", 0, MAX_QUEUE, or.sharing().queue()),
                        values.duration("gateway.queue_wait", DAY, or.sharing().patience())));
    }

    private Config.Limits limits() {
        Config.Limits or = fallback.limits();
        return new Config.Limits(
                values.size("limits.max_body", MIN_SIZE, MAX_SIZE, or.maxBody()),
                values.size("limits.max_headers", MIN_SIZE, MAX_HEAD, or.maxHeaders()),
                values.integer("limits.max_connections", 1, MAX_COUNT, or.maxConnections()),
                values.integer("limits.max_streams", 1, MAX_COUNT, or.maxStreams()),
                values.size("limits.max_event", MIN_SIZE, MAX_EVENT, or.maxEvent()),
                values.size("limits.max_answer", MIN_SIZE, MAX_SIZE, or.maxAnswer()));
    }

    private Config.Deadlines deadlines() {
        Config.Deadlines or = fallback.deadlines();
        return new Config.Deadlines(
                values.duration("deadlines.headers", DAY, or.headers()),
                values.duration("deadlines.body", DAY, or.body()),
                values.duration("deadlines.write", DAY, or.write()),
                values.duration("deadlines.idle", DAY, or.idle()),
                values.duration("deadlines.commit_after", DAY, or.commitAfter()),
                values.duration("deadlines.heartbeat", DAY, or.heartbeat()),
                values.duration("deadlines.drain", DAY, or.drain()));
    }

    private Config.Oauth oauth() {
        Config.Oauth or = fallback.oauth();
        ConfigKey who = ConfigKey.of("oauth.require_auth", "Write auto, always or never");
        return new Config.Oauth(
                values.read(who, or.requireAuth(), ConfigReader::requireAuth),
                values.integer("oauth.max_pending", 1, MAX_LOGINS, or.maxPending()),
                values.duration("oauth.state_lifetime", DAY, or.stateLifetime()));
    }

    private static Optional<Config.RequireAuth> requireAuth(String text) {
        return switch (ConfigValues.word(text)) {
            case "auto" -> Optional.of(Config.RequireAuth.AUTO);
            case "always" -> Optional.of(Config.RequireAuth.ALWAYS);
            case "never" -> Optional.of(Config.RequireAuth.NEVER);
            default -> Optional.empty();
        };
    }

    private Config.Logging logging() {
        Config.Logging or = fallback.logging();
        ConfigKey level =
                ConfigKey.of("logging.level", "Write TRACE, DEBUG, INFO, SUCCESS, WARNING, ERROR or CRITICAL");
        return new Config.Logging(
                values.read(level, or.level(), ConfigGrammar::level),
                policy("rotation", or.rotation(), "Write a size, a time or a period, such as 10 MB, 12:00 or 1 day"),
                policy("retention", or.retention(), "Write a period or a number of files, such as 7 days or 10"),
                policy("compression", or.compression(), "Write zip, gz or one of the other kinds of archive"));
    }

    private @Nullable String policy(String name, @Nullable String fallback, String cure) {
        ConfigKey key = ConfigKey.of("logging." + name, cure);
        String text = values.has(key) ? values.read(key, "", ConfigReader::policyText) : fallback;
        return text == null || text.isEmpty() ? null : text;
    }

    /** The empty text stands for: never, not at all. */
    private static Optional<String> policyText(String text) {
        return switch (ConfigValues.word(text)) {
            case "", "none", "off", "never" -> Optional.of("");
            default -> ConfigGrammar.line(text, MAX_LINE);
        };
    }
}
