package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.ConfigReader.MAX_COUNT;
import static io.github.codebuddy2api.filestore.ConfigReader.MAX_PORT;
import static io.github.codebuddy2api.filestore.ConfigReader.MAX_SIZE;
import static java.util.Map.entry;

import io.github.codebuddy2api.filestore.SettingType.Aliases;
import io.github.codebuddy2api.filestore.SettingType.Choice;
import io.github.codebuddy2api.filestore.SettingType.Flag;
import io.github.codebuddy2api.filestore.SettingType.Hidden;
import io.github.codebuddy2api.filestore.SettingType.Length;
import io.github.codebuddy2api.filestore.SettingType.Rules;
import io.github.codebuddy2api.filestore.SettingType.Size;
import io.github.codebuddy2api.filestore.SettingType.Whole;
import io.github.codebuddy2api.filestore.SettingType.Words;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is known of each setting before anything is read. The order is that of the page and of the canonical file. */
final class SettingTable {
    /** How many settings the original service had; they come first. */
    static final int CLASSIC = 12;

    private static final int MIN_SIZE = ConfigReader.MIN_SIZE;
    private static final int MAX_HEAD = ConfigReader.MAX_HEAD;
    private static final int MAX_ATTEMPTS = ConfigReader.MAX_ATTEMPTS;
    private static final int MAX_LOGINS = ConfigReader.MAX_LOGINS;
    private static final Duration MAX_AHEAD = ConfigReader.REFRESH_BEFORE;
    private static final Duration MAX_KEPT = ConfigReader.RETENTION;
    private static final List<String> LEVELS =
            List.of("TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL");
    private static final List<String> WHO = List.of("auto", "always", "never");

    /** By how a path begins; the longest beginning counts. */
    private static final Map<String, SettingGroup> GROUPS = Map.ofEntries(
            entry("server.", SettingGroup.SERVER),
            entry("settings.", SettingGroup.SERVER),
            entry("limits.max_connections", SettingGroup.SERVER),
            entry("limits.max_headers", SettingGroup.SERVER),
            entry("deadlines.headers", SettingGroup.SERVER),
            entry("deadlines.idle", SettingGroup.SERVER),
            entry("deadlines.drain", SettingGroup.SERVER),
            entry("codebuddy.", SettingGroup.ACCOUNTS),
            entry("oauth.", SettingGroup.ACCOUNTS),
            entry("codebuddy.models", SettingGroup.MODELS),
            entry("codebuddy.aliases", SettingGroup.MODELS),
            entry("codebuddy.system_message", SettingGroup.REQUESTS),
            entry("codebuddy.timeouts.", SettingGroup.REQUESTS),
            entry("gateway.", SettingGroup.REQUESTS),
            entry("limits.", SettingGroup.REQUESTS),
            entry("deadlines.", SettingGroup.REQUESTS),
            entry("keyword_replacer.", SettingGroup.KEYWORDS),
            entry("logging.", SettingGroup.LOGGING),
            entry("statistics.", SettingGroup.STATISTICS),
            entry("codebuddy.client.", SettingGroup.CLIENT));

    private SettingTable() {}

    /** What the setting at {@code path} is about. */
    static SettingGroup group(String path) {
        return GROUPS.entrySet().stream()
                .filter(group -> path.startsWith(group.getKey()))
                .max(Comparator.comparingInt(group -> group.getKey().length()))
                .map(Map.Entry::getValue)
                .orElseThrow(() -> new IllegalStateException(path + " belongs to no group"));
    }

    /** One setting; {@code name} is empty if it follows from the path. */
    record Row(String name, String path, String label, SettingType type) {}

    static List<Row> rows() {
        return List.of(
                row("CODEBUDDY_HOST", "server.host", "Listen address", text()),
                row("CODEBUDDY_PORT", "server.port", "Port", new Whole(1, MAX_PORT)),
                row("CODEBUDDY_PASSWORD", "server.password", "Password", new Hidden()),
                row("CODEBUDDY_API_ENDPOINT", "codebuddy.api_endpoint", "CodeBuddy site", text()),
                row("CODEBUDDY_CREDS_DIR", "codebuddy.creds_dir", "Credential directory", text()),
                row(
                        "CODEBUDDY_ROTATION_COUNT",
                        "codebuddy.rotation_count",
                        "Requests per account before the next",
                        new Whole(0, MAX_COUNT)),
                row("CODEBUDDY_MODELS", "codebuddy.models", "Models", new Words()),
                row("CODEBUDDY_SSL_VERIFY", "codebuddy.ssl_verify", "Check the site's certificate", new Flag()),
                row("CODEBUDDY_LOG_LEVEL", "logging.level", "Log level", new Choice(LEVELS)),
                row("CODEBUDDY_LOG_ROTATION", "logging.rotation", "New log file", text()),
                row("CODEBUDDY_LOG_RETENTION", "logging.retention", "Keep old log files", text()),
                row("CODEBUDDY_LOG_COMPRESSION", "logging.compression", "Pack old log files", text()),
                row("server.allowed_hosts", "Further host names", new Words()),
                row("server.cors_origins", "Web pages from elsewhere", new Words()),
                row("codebuddy.allowed_endpoints", "Further sites", new Words()),
                row("codebuddy.aliases", "Model aliases", new Aliases()),
                row("codebuddy.auto_check_in", "Daily check-in", new Flag()),
                row("codebuddy.check_in_time", "Time of the check-in", text()),
                row("codebuddy.refresh_before", "Refresh tokens ahead of their end", new Length(MAX_AHEAD)),
                row("codebuddy.system_message", "System message when there is none", text()),
                row("codebuddy.timeouts.connect", "Time limit: connecting", time()),
                row("codebuddy.timeouts.first_event", "Time limit: first event of an answer", time()),
                row("codebuddy.timeouts.gap", "Time limit: silence within an answer", time()),
                row("codebuddy.timeouts.total", "Time limit: whole answer", time()),
                row("codebuddy.client.version", "Client: version", text()),
                row("codebuddy.client.user_agent", "Client: User-Agent", text()),
                row("codebuddy.client.product", "Client: X-Product", text()),
                row("codebuddy.client.ide_type", "Client: X-IDE-Type", text()),
                row("codebuddy.client.ide_name", "Client: X-IDE-Name", text()),
                row("codebuddy.client.ide_version", "Client: X-IDE-Version", text()),
                row("codebuddy.client.agent_intent", "Client: X-Agent-Intent", text()),
                row("keyword_replacer.enabled", "Replace words in answers", new Flag()),
                row("keyword_replacer.rules", "Words to replace", new Rules()),
                row("oauth.require_auth", "Password needed to begin a login", new Choice(WHO)),
                row("oauth.max_pending", "Logins under way at once", new Whole(1, MAX_LOGINS)),
                row("oauth.state_lifetime", "How long a login may take", time()),
                row("settings.allow_sensitive", "Sensitive settings may be changed here", new Flag()),
                row("statistics.retention", "Keep statistics", new Length(MAX_KEPT)),
                row("gateway.max_attempts", "Accounts tried for one request", new Whole(1, MAX_ATTEMPTS)),
                row("gateway.open_deadline", "No further account after", time()),
                row("gateway.retry_ambiguous", "Try again after a broken connection", new Flag()),
                row("gateway.affinity", "A conversation stays with its account", new Flag()),
                row("gateway.max_per_account", "Answers at once per account", new Whole(0, MAX_COUNT)),
                row("gateway.queue", "Requests waiting for a free account", new Whole(0, ConfigReader.MAX_QUEUE)),
                row("gateway.queue_wait", "How long a request waits for one", time()),
                row("limits.max_body", "Largest request", new Size(MIN_SIZE, MAX_SIZE)),
                row("limits.max_headers", "Largest request head", new Size(MIN_SIZE, MAX_HEAD)),
                row("limits.max_connections", "Connections at once", new Whole(1, MAX_COUNT)),
                row("limits.max_streams", "Answers at once", new Whole(1, MAX_COUNT)),
                row("limits.max_event", "Largest piece of an answer", new Size(MIN_SIZE, ConfigReader.MAX_EVENT)),
                row("limits.max_answer", "Longest whole answer", new Size(MIN_SIZE, MAX_SIZE)),
                row("deadlines.headers", "Deadline: a request's head", time()),
                row("deadlines.body", "Deadline: a request's body", time()),
                row("deadlines.write", "Deadline: a caller who does not read", time()),
                row("deadlines.idle", "Deadline: an unused connection", time()),
                row("deadlines.commit_after", "Deadline: beginning a stream", time()),
                row("deadlines.heartbeat", "Deadline: a sign of life", time()),
                row("deadlines.drain", "Deadline: answers when stopping", time()));
    }

    private static Row row(String path, String label, SettingType type) {
        return new Row("", path, label, type);
    }

    private static Row row(String name, String path, String label, SettingType type) {
        return new Row(name, path, label, type);
    }

    private static SettingType text() {
        return new SettingType.Text();
    }

    private static SettingType time() {
        return new Length(ConfigReader.DAY);
    }
}
