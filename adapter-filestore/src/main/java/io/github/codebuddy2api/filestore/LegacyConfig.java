package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code config/config.json} of the original service: flat keys. It is read once, when there is no {@code config.yaml}
 * yet. What cannot be meant there gives way to the default, since the original let anything be saved.
 */
final class LegacyConfig {
    private static final String MIGRATED = "config.json.migrated";
    private static final int TRIES = 100;

    private final Path file;
    private final ConfigRules rules;
    private final SettingKeys keys = new SettingKeys();

    LegacyConfig(Path file, ConfigRules rules) {
        this.file = file;
        this.rules = rules;
    }

    /** The example with the old values in it; empty if there is no old file that can be read. */
    Optional<byte[]> read(List<ConfigProblem> warnings) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Optional<ObjectNode> values = content().flatMap(SettingJson::object);
        if (values.isEmpty()) {
            warnings.add(ConfigProblem.ofFile(
                    "config.json is not a JSON object and was not taken over", "Set the values in config.yaml"));
        }
        return values.map(json -> yaml(json, warnings));
    }

    private Optional<String> content() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(ConfigText.MAX_BYTES + 1);
            return Optional.of(ConfigText.decode(bytes));
        } catch (IOException | ConfigException unreadable) {
            return Optional.empty();
        }
    }

    private byte[] yaml(ObjectNode json, List<ConfigProblem> warnings) {
        String example = new String(ConfigFile.example(), StandardCharsets.UTF_8);
        Mapping root = YamlReader.read(example);
        Map<SettingKey, YamlNode> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            Optional<SettingKey> key = keys.classic()
                    .filter(known -> known.name().equals(member.getKey()))
                    .findFirst();
            if (key.isEmpty()) {
                warnings.add(warning(shown(member.getKey()), "is not known and was left out"));
            } else if (!member.getValue().isNull()) {
                usable(root, key.get(), member.getValue())
                        .ifPresentOrElse(
                                value -> values.put(key.get(), value),
                                () -> warnings.add(
                                        warning(key.get().name(), "could not be used; the default holds instead")));
            }
        }
        return new SettingsEditor(keys, rules).write(example, values).getBytes(StandardCharsets.UTF_8);
    }

    /** The value, if the example with this one value in it is a configuration. */
    private Optional<YamlNode> usable(Mapping example, SettingKey key, JsonNode json) {
        Optional<YamlNode> value = text(json).flatMap(text -> SettingValue.of(key.type(), text));
        try {
            value.ifPresent(node -> rules.read(YamlTree.with(example, key.path(), node)));
            return value;
        } catch (ConfigException cannotBeMeant) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json) {
        if (json.isArray() || json.isString()) {
            return Optional.of(json.isArray() ? json.toString() : json.stringValue());
        }
        return json.isNumber() || json.isBoolean() ? Optional.of(json.asString()) : Optional.empty();
    }

    /** Gives the old file, for its owner alone, a name under which it is not read again; if that fails, config.yaml wins all the same. */
    void retire(Disk disk, List<ConfigProblem> warnings) {
        warnings.add(ConfigProblem.ofFile(
                "config.json was taken over into config.yaml", "Change the settings there from now on"));
        if (Modes.tighten(file) == Modes.Result.STILL_WIDE) {
            warnings.add(ConfigProblem.ofFile(
                    "config.json can be read by other users of this machine and holds the password",
                    "Allow its owner alone: chmod 600"));
        }
        try {
            disk.rename(file, free());
        } catch (IOException staysBehind) {
            warnings.add(ConfigProblem.ofFile(
                    "config.json could not be renamed to " + MIGRATED + " and has no effect any more",
                    "Remove it if it is not needed"));
        }
    }

    /** A name that nothing has: one that was taken over earlier stays. */
    private Path free() throws IOException {
        for (int number = 1; number <= TRIES; number++) {
            Path place = file.resolveSibling(number == 1 ? MIGRATED : MIGRATED + "." + number);
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return place;
            }
        }
        throw new IOException("every name is taken");
    }

    private static ConfigProblem warning(String key, String reason) {
        return new ConfigProblem(0, 0, key, "of config.json " + reason, "Set it in config.yaml if it is needed");
    }

    private static String shown(String name) {
        return name.matches("[A-Za-z0-9_.-]{1,64}") ? name : "a key";
    }
}
