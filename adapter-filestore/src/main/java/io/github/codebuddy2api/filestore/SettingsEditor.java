package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what the file is to say after a change, and how to write that down. Touches nothing. */
final class SettingsEditor {
    private final SettingKeys keys;
    private final ConfigRules rules;

    SettingsEditor(SettingKeys keys, ConfigRules rules) {
        this.keys = keys;
        this.rules = rules;
    }

    /**
     * A change worked out.
     *
     * @param text the new file
     * @param config what it means
     * @param changed the settings with a new value; empty if the text is the old one
     */
    record Edited(String text, Config config, List<SettingKey> changed) {}

    /**
     * The file with new values.
     *
     * @throws ConfigException if the file as it is cannot be meant
     * @throws SettingsRefusedException if a new value cannot be meant
     * @throws SettingsReadOnlyException if a value is new that only the file may change
     */
    Edited edit(String text, Map<SettingKey, String> wanted) {
        Mapping root = YamlReader.read(text);
        Config present = rules.read(root).config();
        Map<SettingKey, YamlNode> values = shaped(wanted);
        Config intended = meant(applied(root, values));
        List<SettingKey> changed = different(present, intended).stream()
                .filter(wanted::containsKey)
                .toList();
        guard(present, changed);
        if (changed.isEmpty()) {
            return new Edited(text, present, changed);
        }
        values.keySet().retainAll(changed);
        Config config = meant(applied(root, values));
        return new Edited(write(text, values), config, changed);
    }

    private Map<SettingKey, YamlNode> shaped(Map<SettingKey, String> wanted) {
        Map<SettingKey, YamlNode> values = new LinkedHashMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        wanted.forEach((key, text) -> SettingValue.of(key.type(), text)
                .ifPresentOrElse(
                        value -> values.put(key, value),
                        () -> problems.add(
                                new ConfigProblem(0, 0, key.name(), "cannot be read", SettingValue.cure(key.type())))));
        if (!problems.isEmpty()) {
            throw new SettingsRefusedException(problems);
        }
        return values;
    }

    private Config meant(Mapping root) {
        try {
            return rules.read(root).config();
        } catch (ConfigException refused) {
            throw refused(refused);
        }
    }

    /** The same problems under the flat names. */
    SettingsRefusedException refused(ConfigException refused) {
        return new SettingsRefusedException(refused.problems().stream()
                .map(problem -> new ConfigProblem(
                        0,
                        0,
                        keys.at(problem.key()).map(SettingKey::name).orElse(problem.key()),
                        problem.reason(),
                        problem.cure()))
                .toList());
    }

    /** The settings that differ between two configurations. */
    List<SettingKey> different(Config one, Config other) {
        Map<String, String> before = SettingTexts.of(one, rules.home());
        Map<String, String> after = SettingTexts.of(other, rules.home());
        return keys.all().stream()
                .filter(key ->
                        !Optional.ofNullable(before.get(key.path())).equals(Optional.ofNullable(after.get(key.path()))))
                .toList();
    }

    /**
     * Lets nothing sensitive change unless the file allows it.
     *
     * @throws SettingsReadOnlyException if something would
     */
    void guard(Config present, List<SettingKey> changed) {
        List<String> sensitive = changed.stream()
                .filter(SettingKey::sensitive)
                .map(SettingKey::name)
                .toList();
        if (!sensitive.isEmpty() && !present.settings().allowSensitive()) {
            throw new SettingsReadOnlyException(sensitive);
        }
    }

    private static Mapping applied(Mapping root, Map<SettingKey, YamlNode> values) {
        Mapping result = root;
        for (Map.Entry<SettingKey, YamlNode> value : values.entrySet()) {
            String path = value.getKey().path();
            for (String old : OldPlaces.of(path)) {
                result = YamlTree.without(result, old);
            }
            result = YamlTree.with(result, path, value.getValue());
        }
        return result;
    }

    /**
     * The text with the values in it, each in its own place and in no other. Everything else stays as it is written; if
     * the file is written in a way that cannot be kept, it is written anew, without its comments.
     */
    String write(String text, Map<SettingKey, YamlNode> values) {
        Mapping target = applied(YamlReader.read(text), values);
        YamlEdit edit = new YamlEdit(text, keys::rank);
        if (inPlace(edit, values) && saysSame(edit.text(), target)) {
            return edit.text();
        }
        String anew = YamlText.document(target, edit.lineBreak());
        if (!saysSame(anew, target)) {
            throw new StoreFailed(
                    StoreFailed.Obstacle.OTHER,
                    "config.yaml could not be saved: it is written in an unusual way.",
                    null);
        }
        return anew;
    }

    private static boolean inPlace(YamlEdit edit, Map<SettingKey, YamlNode> values) {
        try {
            values.forEach((key, value) -> {
                OldPlaces.of(key.path()).forEach(edit::remove);
                edit.set(key.path(), value);
            });
            return true;
        } catch (ConfigException | IndexOutOfBoundsException unknownShape) {
            return false;
        }
    }

    private static boolean saysSame(String text, Mapping target) {
        try {
            return YamlTree.same(YamlReader.read(text), target);
        } catch (ConfigException broken) {
            return false;
        }
    }

    /** The settings as flat texts by flat name, in order; a password that is set as its mask. */
    Map<String, String> texts(Config config) {
        Map<String, String> byPath = new HashMap<>(SettingTexts.of(config, rules.home()));
        Map<String, String> texts = new LinkedHashMap<>();
        for (SettingKey key : keys.all()) {
            String text = byPath.getOrDefault(key.path(), "");
            boolean hidden = key.type() instanceof SettingType.Hidden && !text.isEmpty();
            texts.put(key.name(), hidden ? SettingKeys.MASK : text);
        }
        return texts;
    }
}
