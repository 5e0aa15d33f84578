package io.github.codebuddy2api.filestore;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every setting, in the order of a page: first the twelve that were always there under their old names, then the rest.
 * The name of the rest is {@code CODEBUDDY_}, the path in {@code config.yaml} without a leading {@code codebuddy.}, dots
 * as underscores, in upper case: {@code codebuddy.timeouts.gap} is {@code CODEBUDDY_TIMEOUTS_GAP} and
 * {@code gateway.max_attempts} is {@code CODEBUDDY_GATEWAY_MAX_ATTEMPTS}. Immutable.
 */
public final class SettingKeys {
    /** What stands for a password that is set, in both directions. */
    public static final String MASK = "********";

    private static final Set<String> RESTART = Set.of("server.host", "server.port");
    private static final Set<String> SENSITIVE = Set.of(
            "server.host",
            "server.port",
            "server.allowed_hosts",
            "codebuddy.creds_dir",
            "codebuddy.ssl_verify",
            "codebuddy.allowed_endpoints",
            "settings.allow_sensitive",
            "oauth.require_auth");

    private final Map<String, SettingKey> byName;
    private final Map<String, SettingKey> byPath;
    private final List<String> paths;

    /** All of them. */
    public SettingKeys() {
        Path home = Path.of("").toAbsolutePath();
        Map<String, String> defaults = SettingTexts.of(Config.defaults(home), home);
        byName = SettingTable.rows().stream()
                .map(row -> key(row, defaults.getOrDefault(row.path(), "")))
                .collect(Collectors.toMap(
                        SettingKey::name,
                        key -> key,
                        (one, other) -> {
                            throw new IllegalStateException("two settings have the name " + one.name());
                        },
                        LinkedHashMap::new));
        byPath = byName.values().stream().collect(Collectors.toMap(SettingKey::path, key -> key));
        paths = byName.values().stream().map(SettingKey::path).toList();
    }

    private static SettingKey key(SettingTable.Row row, String byDefault) {
        return new SettingKey(
                row.name().isEmpty() ? flatName(row.path()) : row.name(),
                row.path(),
                row.label(),
                SettingTable.group(row.path()),
                row.type(),
                byDefault,
                RESTART.contains(row.path()),
                SENSITIVE.contains(row.path()));
    }

    private static String flatName(String path) {
        String own = path.startsWith("codebuddy.") ? path.substring(path.indexOf('.') + 1) : path;
        return "CODEBUDDY_" + own.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** All, in order. */
    public List<SettingKey> all() {
        return List.copyOf(byName.values());
    }

    /** The setting of that flat name. */
    public Optional<SettingKey> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The setting at that path of {@code config.yaml}. */
    Optional<SettingKey> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The twelve of the original service. */
    Stream<SettingKey> classic() {
        return byName.values().stream().limit(SettingTable.CLASSIC);
    }

    /** What every setting is called before a person, by its flat name, in order. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        byName.values().forEach(key -> labels.put(key.name(), key.label()));
        return Collections.unmodifiableMap(labels);
    }

    /** Where a path, of a key or of a section, stands in the canonical file; -1 if it is not known. */
    int rank(String path) {
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).equals(path) || paths.get(i).startsWith(path + ".")) {
                return i;
            }
        }
        return -1;
    }
}
