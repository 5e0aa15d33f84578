package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SettingKeysTest {
    private static final Path HOME = Path.of("/home/of/gateway");

    private final SettingKeys keys = new SettingKeys();

    @Test
    void the_keys_of_the_original_come_first_under_their_names() {
        assertThat(keys.all())
                .extracting(SettingKey::name)
                .startsWith(
                        "CODEBUDDY_HOST",
                        "CODEBUDDY_PORT",
                        "CODEBUDDY_PASSWORD",
                        "CODEBUDDY_API_ENDPOINT",
                        "CODEBUDDY_CREDS_DIR",
                        "CODEBUDDY_ROTATION_COUNT",
                        "CODEBUDDY_MODELS",
                        "CODEBUDDY_SSL_VERIFY",
                        "CODEBUDDY_LOG_LEVEL",
                        "CODEBUDDY_LOG_ROTATION",
                        "CODEBUDDY_LOG_RETENTION",
                        "CODEBUDDY_LOG_COMPRESSION");
        assertThat(keys.classic()).hasSize(12);
        assertThat(keys.named("CODEBUDDY_TIMEOUTS_FIRST_EVENT"))
                .hasValueSatisfying(key -> assertThat(key.path()).isEqualTo("codebuddy.timeouts.first_event"));
        assertThat(keys.named("CODEBUDDY_GATEWAY_MAX_ATTEMPTS")).isPresent();
    }

    @Test
    void every_key_of_the_file_is_a_setting_and_every_setting_is_a_key_of_the_file() {
        ConfigValues values = new ConfigValues(YamlTree.mapping(List.of()));
        new ConfigReader(values, HOME).read();
        TreeSet<String> known = new TreeSet<>(values.known());
        keys.all().forEach(key -> known.removeAll(OldPlaces.of(key.path())));

        assertThat(keys.all()).extracting(SettingKey::path).containsExactlyInAnyOrderElementsOf(known);
        assertThat(SettingTexts.of(Config.defaults(HOME), HOME).keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void a_default_is_a_text_that_means_the_default() {
        Map<SettingKey, YamlNode> values = keys.all().stream()
                .collect(Collectors.toMap(
                        key -> key,
                        key -> SettingValue.of(key.type(), key.byDefault()).orElseThrow()));
        ConfigRules rules = new ConfigRules(HOME, logging -> {});

        String yaml = new SettingsEditor(keys, rules).write("", values);

        assertThat(ConfigFile.read(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8), HOME)
                        .config())
                .isEqualTo(Config.defaults(HOME));
        assertThat(keys.named("CODEBUDDY_LIMITS_MAX_BODY"))
                .hasValueSatisfying(key -> assertThat(key.byDefault()).isEqualTo("16 MiB"));
        assertThat(keys.named("CODEBUDDY_STATISTICS_RETENTION"))
                .hasValueSatisfying(key -> assertThat(key.byDefault()).isEqualTo("90d"));
        assertThat(keys.named("CODEBUDDY_CREDS_DIR"))
                .hasValueSatisfying(key -> assertThat(key.byDefault()).isEqualTo(".codebuddy_creds"));
    }

    @Test
    void only_host_and_port_wait_for_a_restart_and_what_guards_the_machine_is_sensitive() {
        assertThat(keys.all().stream().filter(SettingKey::restart).map(SettingKey::name))
                .containsExactly("CODEBUDDY_HOST", "CODEBUDDY_PORT");
        assertThat(keys.all().stream().filter(SettingKey::sensitive).map(SettingKey::name))
                .containsExactly(
                        "CODEBUDDY_HOST",
                        "CODEBUDDY_PORT",
                        "CODEBUDDY_CREDS_DIR",
                        "CODEBUDDY_SSL_VERIFY",
                        "CODEBUDDY_SERVER_ALLOWED_HOSTS",
                        "CODEBUDDY_ALLOWED_ENDPOINTS",
                        "CODEBUDDY_OAUTH_REQUIRE_AUTH",
                        "CODEBUDDY_SETTINGS_ALLOW_SENSITIVE");
    }

    @Test
    void every_setting_belongs_to_a_group_and_every_group_has_settings() {
        Map<SettingGroup, List<String>> groups = keys.all().stream()
                .collect(Collectors.groupingBy(
                        SettingKey::group, Collectors.mapping(SettingKey::path, Collectors.toList())));

        assertThat(groups).containsOnlyKeys(SettingGroup.values());
        assertThat(groups.get(SettingGroup.MODELS)).containsExactlyInAnyOrder("codebuddy.models", "codebuddy.aliases");
        assertThat(groups.get(SettingGroup.CLIENT)).allMatch(path -> path.startsWith("codebuddy.client."));
        assertThat(groups.get(SettingGroup.SERVER))
                .contains("server.password", "deadlines.drain", "settings.allow_sensitive");
        assertThat(groups.get(SettingGroup.REQUESTS))
                .contains("codebuddy.timeouts.gap", "limits.max_body", "gateway.max_attempts");
        assertThat(groups.get(SettingGroup.ACCOUNTS)).contains("codebuddy.rotation_count", "oauth.max_pending");
        assertThatThrownBy(() -> SettingTable.group("elsewhere.port")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_bounds_that_are_told_are_those_that_hold() {
        for (SettingKey key : keys.all()) {
            switch (key.type()) {
                case SettingType.Whole whole -> {
                    assertUsable(key, String.valueOf(whole.least()), String.valueOf(whole.most()));
                    assertUnusable(key, String.valueOf(whole.least() - 1L), String.valueOf(whole.most() + 1L));
                }
                case SettingType.Size size -> {
                    assertUsable(key, String.valueOf(size.least()), String.valueOf(size.most()));
                    assertUnusable(key, String.valueOf(size.least() - 1L), String.valueOf(size.most() + 1L));
                }
                case SettingType.Length length -> {
                    assertUsable(key, "1ms", length.most().toSeconds() + "s");
                    assertUnusable(key, "0", length.most().toSeconds() + 1 + "s", "1y");
                }
                case SettingType.Choice choice -> {
                    assertUsable(key, choice.options().toArray(String[]::new));
                    assertUnusable(key, "FOO", "");
                }
                case SettingType.Flag flag -> {
                    assertUsable(key, "true", "False", "1", "0", "t", "f", "Y", "n", "yes", "no", "ON", "off");
                    assertUnusable(key, "", "2", "ja");
                }
                case SettingType.Text text -> assertThat(key.label()).isNotBlank();
                case SettingType.Hidden hidden -> assertThat(key.byDefault()).isEmpty();
                case SettingType.Words words -> assertUsable(key, "");
                case SettingType.Rules rules -> {
                    assertUsable(key, "", "[]", "[{\"from\":\"a\",\"to\":\"\"}]");
                    assertUnusable(key, "{}", "[1]", "[{\"from\":\"\",\"to\":\"\"}]", "[{\"from\":\"a\"}]", "x", "[");
                }
                case SettingType.Aliases aliases -> {
                    assertUsable(key, "", "{}", "{\"a.b\":\"glm-5.2\", \"on\": \"12:00\"}");
                    assertUnusable(key, "[]", "{\"a\":1}", "{\"\":\"b\"}", "{\"a\":\"*\"}", "{\"a\":\"b\"");
                }
            }
        }
    }

    private void assertUsable(SettingKey key, String... texts) {
        for (String text : texts) {
            assertThat(isUsable(key, text)).as(key.name() + "=" + text).isTrue();
        }
    }

    private void assertUnusable(SettingKey key, String... texts) {
        for (String text : texts) {
            assertThat(isUsable(key, text)).as(key.name() + "=" + text).isFalse();
        }
    }

    private boolean isUsable(SettingKey key, String text) {
        String open = "settings: {allow_sensitive: true}\n";
        try {
            new SettingsEditor(keys, new ConfigRules(HOME, logging -> {})).edit(open, Map.of(key, text));
            return true;
        } catch (SettingsRefusedException refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.key()).isEqualTo(key.name()));
            return false;
        }
    }

    @Test
    void every_type_has_its_own_word() {
        assertThat(keys.all().stream().map(key -> key.type().word()).distinct())
                .containsExactlyInAnyOrder(
                        "text", "secret", "integer", "flag", "choice", "list", "duration", "size", "rules", "aliases");
        assertThat(keys.labels()).hasSize(keys.all().size()).containsEntry("CODEBUDDY_PORT", "Port");
    }
}
