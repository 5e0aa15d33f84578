package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

/** Any bytes as the configuration: read or refused in words, and a change of one setting changes nothing else. */
public final class FuzzedConfig {
    private static final Path HOME = Path.of("/home/of/gateway");
    private static final SettingKeys KEYS = new SettingKeys();
    private static final SettingKey COUNT =
            KEYS.named("CODEBUDDY_ROTATION_COUNT").orElseThrow();
    private static final ConfigRules RULES = new ConfigRules(HOME, logging -> {});

    private FuzzedConfig() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            ConfigText file = ConfigText.of(input);
            RULES.read(input);
            edit(file);
        } catch (ConfigException inWords) {
            assertThat(inWords.problems()).isNotEmpty();
        }
    }

    private static void edit(ConfigText file) {
        try {
            SettingsEditor.Edited edited = new SettingsEditor(KEYS, RULES).edit(file.text(), Map.of(COUNT, "77"));
            assertThat(RULES.read(file.encode(edited.text())).config()).isEqualTo(edited.config());
        } catch (SettingsRefusedException inWords) {
            assertThat(inWords.problems()).isNotEmpty();
        }
    }
}
