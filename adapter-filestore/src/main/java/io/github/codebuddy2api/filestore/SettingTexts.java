package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says a configuration as flat texts, by path. Each text is one that is read as the same value again. */
final class SettingTexts {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final Map<String, String> texts = new LinkedHashMap<>();

    private SettingTexts() {}

    /** The texts by path, with the password as it is: for comparing only. */
    static Map<String, String> of(Config config, Path home) {
        SettingTexts texts = new SettingTexts();
        texts.server(config.server());
        texts.codebuddy(config.codebuddy(), home);
        texts.logging(config.logging());
        texts.keywords(config.keywordReplacer());
        texts.oauth(config.oauth());
        texts.put("settings.allow_sensitive", config.settings().allowSensitive());
        texts.put("statistics.retention", config.statistics().retention());
        texts.gateway(config.gateway());
        texts.limits(config.limits());
        texts.deadlines(config.deadlines());
        return texts.texts;
    }

    private void server(Config.Server server) {
        put("server.host", server.host());
        put("server.port", server.port());
        put("server.password", server.accessPassword().map(Secret::reveal).orElse(""));
        put("server.allowed_hosts", server.allowedHosts());
        put("server.cors_origins", server.corsOrigins());
    }

    private void codebuddy(Config.CodeBuddy codebuddy, Path home) {
        put("codebuddy.api_endpoint", codebuddy.apiEndpoint().toString());
        put("codebuddy.creds_dir", relative(codebuddy.credsDir(), home));
        put("codebuddy.rotation_count", codebuddy.rotationCount());
        put("codebuddy.models", codebuddy.models());
        put("codebuddy.ssl_verify", codebuddy.sslVerify());
        put(
                "codebuddy.allowed_endpoints",
                codebuddy.allowedEndpoints().stream().map(URI::toString).toList());
        put("codebuddy.aliases", SettingJson.ofAliases(codebuddy.aliases()));
        put("codebuddy.auto_check_in", codebuddy.upkeep().autoCheckIn());
        put("codebuddy.check_in_time", codebuddy.upkeep().checkInTime().toString());
        put("codebuddy.refresh_before", codebuddy.upkeep().refreshBefore());
        put("codebuddy.system_message", codebuddy.systemMessage());
        put("codebuddy.timeouts.connect", codebuddy.timeouts().connect());
        put("codebuddy.timeouts.first_event", codebuddy.timeouts().firstEvent());
        put("codebuddy.timeouts.gap", codebuddy.timeouts().gap());
        put("codebuddy.timeouts.total", codebuddy.timeouts().total());
        client(codebuddy.client());
    }

    private void client(Config.Client client) {
        put("codebuddy.client.version", client.version());
        put("codebuddy.client.user_agent", client.userAgent());
        put("codebuddy.client.product", client.product());
        put("codebuddy.client.ide_type", client.ideType());
        put("codebuddy.client.ide_name", client.ideName());
        put("codebuddy.client.ide_version", client.ideVersion());
        put("codebuddy.client.agent_intent", client.agentIntent());
    }

    private void logging(Config.Logging logging) {
        put("logging.level", logging.level());
        putOptional("logging.rotation", logging.rotation());
        putOptional("logging.retention", logging.retention());
        putOptional("logging.compression", logging.compression());
    }

    private void keywords(KeywordReplacement replacement) {
        put("keyword_replacer.enabled", replacement.enabled());
        put("keyword_replacer.rules", SettingJson.ofRules(replacement.rules()));
    }

    private void oauth(Config.Oauth oauth) {
        put("oauth.require_auth", oauth.requireAuth().name().toLowerCase(Locale.ROOT));
        put("oauth.max_pending", oauth.maxPending());
        put("oauth.state_lifetime", oauth.stateLifetime());
    }

    private void gateway(Config.Gateway gateway) {
        put("gateway.max_attempts", gateway.maxAttempts());
        put("gateway.open_deadline", gateway.openDeadline());
        put("gateway.retry_ambiguous", gateway.retryAmbiguous());
        put("gateway.affinity", gateway.sharing().affinity());
        put("gateway.max_per_account", gateway.sharing().perCredential());
        put("gateway.queue", gateway.sharing().queue());
        put("gateway.queue_wait", gateway.sharing().patience());
    }

    private void limits(Config.Limits limits) {
        put("limits.max_body", size(limits.maxBody()));
        put("limits.max_headers", size(limits.maxHeaders()));
        put("limits.max_connections", limits.maxConnections());
        put("limits.max_streams", limits.maxStreams());
        put("limits.max_event", size(limits.maxEvent()));
        put("limits.max_answer", size(limits.maxAnswer()));
    }

    private void deadlines(Config.Deadlines deadlines) {
        put("deadlines.headers", deadlines.headers());
        put("deadlines.body", deadlines.body());
        put("deadlines.write", deadlines.write());
        put("deadlines.idle", deadlines.idle());
        put("deadlines.commit_after", deadlines.commitAfter());
        put("deadlines.heartbeat", deadlines.heartbeat());
        put("deadlines.drain", deadlines.drain());
    }

    private void put(String path, String text) {
        texts.put(path, text);
    }

    private void putOptional(String path, @Nullable String text) {
        texts.put(path, text == null ? "" : text);
    }

    private void put(String path, int number) {
        texts.put(path, String.valueOf(number));
    }

    private void put(String path, boolean flag) {
        texts.put(path, String.valueOf(flag));
    }

    private void put(String path, Duration length) {
        texts.put(path, time(length));
    }

    private void put(String path, List<String> items) {
        boolean split =
                items.stream().anyMatch(item -> item.contains(",") || item.isBlank() || !item.equals(item.strip()));
        boolean json = split || (!items.isEmpty() && items.getFirst().startsWith("["));
        texts.put(path, json ? SettingJson.ofTexts(items) : String.join(",", items));
    }

    /** Nothing is told of the folders above the home directory. */
    private static String relative(Path directory, Path home) {
        return directory.startsWith(home) && !directory.equals(home)
                ? home.relativize(directory).toString()
                : directory.toString();
    }

    /** In the largest unit that fits; days only if there are several. */
    private static String time(Duration length) {
        long millis = length.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 86_400 == 0 && seconds > 86_400) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String size(int bytes) {
        if (bytes % MIB == 0) {
            return bytes / MIB + " MiB";
        }
        return bytes % KIB == 0 ? bytes / KIB + " KiB" : String.valueOf(bytes);
    }
}
