package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.filestore.SettingsFile.Change;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsFileTest {
    @TempDir
    Path home;

    private Path file() {
        return home.resolve("config").resolve("config.yaml");
    }

    private SettingsFile settings(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(file(), yaml);
        return SettingsFile.open(home, SettingsFileTest::grammar);
    }

    /** Stands for the grammar of the log that the program supplies. */
    private static void grammar(Config.Logging logging) {
        if ("never ever".equals(logging.rotation())) {
            throw new ConfigException(
                    List.of(new ConfigProblem(0, 0, "logging.rotation", "cannot be that", "Write something else")));
        }
    }

    private static Change change(SettingsFile settings, String name, String text) {
        return settings.change(Map.of(name, text), null);
    }

    @Test
    void settings_are_read_as_flat_texts_in_order_and_the_password_as_its_mask() throws IOException {
        SettingsFile settings = settings("""
                server: {password: canary, port: 9000, allowed_hosts: [a.example, b.example]}
                codebuddy: {models: [a, b], ssl_verify: off, timeouts: {gap: 90}, aliases: {fast: a}}
                logging: {rotation: 12:00, compression: }
                keyword_replacer: {rules: [{from: x, to: "y\\"z"}]}
                """);

        Map<String, String> values = settings.snapshot().values();

        assertThat(values.keySet())
                .containsExactlyElementsOf(
                        settings.keys().all().stream().map(SettingKey::name).toList());
        assertThat(values)
                .containsEntry("CODEBUDDY_PASSWORD", "********")
                .containsEntry("CODEBUDDY_PORT", "9000")
                .containsEntry("CODEBUDDY_CREDS_DIR", ".codebuddy_creds")
                .containsEntry("CODEBUDDY_MODELS", "a,b")
                .containsEntry("CODEBUDDY_SSL_VERIFY", "false")
                .containsEntry("CODEBUDDY_LOG_ROTATION", "12:00")
                .containsEntry("CODEBUDDY_LOG_COMPRESSION", "")
                .containsEntry("CODEBUDDY_SERVER_ALLOWED_HOSTS", "a.example,b.example")
                .containsEntry("CODEBUDDY_TIMEOUTS_GAP", "90s")
                .containsEntry("CODEBUDDY_ALIASES", "{\"fast\":\"a\"}")
                .containsEntry("CODEBUDDY_KEYWORD_REPLACER_RULES", "[{\"from\":\"x\",\"to\":\"y\\\"z\"}]");
        assertThat(settings("server: {}\n").snapshot().values()).containsEntry("CODEBUDDY_PASSWORD", "");
    }

    @Test
    void what_was_read_can_be_sent_back_as_a_whole_and_changes_nothing() throws IOException {
        String yaml = """
                # mine
                credentials: {rotation_count: 3, dir: /elsewhere}
                server: {password: "canary"}
                unknown: [1, 2]
                """;
        SettingsFile settings = settings(yaml);
        SettingsFile.Snapshot before = settings.snapshot();

        Change change = settings.change(before.values(), before.version());

        assertThat(change.changed()).isEmpty();
        assertThat(file()).hasContent(yaml);
        assertThat(settings.backups()).isEmpty();
        assertThat(settings.snapshot()).isEqualTo(before);
    }

    @Test
    void a_change_is_on_the_disk_in_force_and_tells_what_it_did() throws IOException {
        SettingsFile settings = settings("# mine\nserver:\n  port: 8001 # the usual\n  oops: 1\n");
        SettingsFile.Snapshot before = settings.snapshot();

        Change change = settings.change(
                Map.of(
                        "CODEBUDDY_ROTATION_COUNT", "2",
                        "CODEBUDDY_PASSWORD", "a new password",
                        "CODEBUDDY_LOG_RETENTION", "",
                        "CODEBUDDY_GATEWAY_RETRY_AMBIGUOUS", "No",
                        "CODEBUDDY_MODELS", "a, b,,a",
                        "CODEBUDDY_SITE", "x"),
                before.version());

        assertThat(change.changed())
                .containsExactly(
                        "CODEBUDDY_PASSWORD",
                        "CODEBUDDY_ROTATION_COUNT",
                        "CODEBUDDY_MODELS",
                        "CODEBUDDY_LOG_RETENTION",
                        "CODEBUDDY_GATEWAY_RETRY_AMBIGUOUS");
        assertThat(change.ignored()).containsExactly("CODEBUDDY_SITE");
        assertThat(change.awaitingRestart()).isEmpty();
        assertThat(change.config()).isEqualTo(settings.config());
        assertThat(settings.config().server().accessPassword()).contains(Secret.of("a new password"));
        assertThat(settings.config().codebuddy().models()).containsExactly("a", "b");
        assertThat(settings.config().logging().retention()).isNull();
        assertThat(settings.snapshot().version()).isNotEqualTo(before.version()).matches("[0-9a-f]{32}");
        assertThat(file()).content().contains("# mine", "port: 8001 # the usual", "oops: 1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(SettingsFile.open(home, SettingsFileTest::grammar).config()).isEqualTo(settings.config());
    }

    @Test
    void the_mask_leaves_the_password_and_the_empty_text_takes_it_away() throws IOException {
        SettingsFile settings = settings("server: {password: canary-canary}\n");

        change(settings, "CODEBUDDY_PASSWORD", SettingKeys.MASK);
        assertThat(settings.config().server().accessPassword()).contains(Secret.of("canary-canary"));

        change(settings, "CODEBUDDY_PASSWORD", "");
        assertThat(settings.config().server().accessPassword()).isEmpty();
        assertThat(file()).hasContent("server: {password: \"\"}\n");
    }

    @Test
    void a_key_of_an_older_file_moves_to_its_own_place_when_it_changes() throws IOException {
        SettingsFile settings = settings("""
                rotation_count: 3 # often
                credentials:
                  dir: mine
                  rotation_count: 4
                codebuddy:
                  api_endpoint: www.codebuddy.cn
                """);

        change(settings, "CODEBUDDY_ROTATION_COUNT", "7");

        assertThat(file()).hasContent("""
                # often
                credentials:
                  dir: mine
                codebuddy:
                  api_endpoint: www.codebuddy.cn
                  rotation_count: 7
                """);
    }

    @Test
    void a_change_to_the_example_leaves_all_its_words() throws IOException {
        SettingsFile settings = SettingsFile.open(home, SettingsFileTest::grammar);

        settings.change(
                Map.of(
                        "CODEBUDDY_PASSWORD",
                        "0123456789ab",
                        "CODEBUDDY_MODELS",
                        "glm-5.2,*",
                        "CODEBUDDY_TIMEOUTS_GAP",
                        "1m"),
                null);

        String example = new String(ConfigFile.example(), StandardCharsets.UTF_8);
        List<String> added = Files.readAllLines(file());
        added.removeAll(example.lines().toList());
        assertThat(added)
                .containsExactly(
                        "  password: \"0123456789ab\"", "  models: [glm-5.2, \"*\"]", "  timeouts:", "    gap: 1m");
        assertThat(Files.readString(file()).lines().count())
                .isEqualTo(example.lines().count() + 2);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "CODEBUDDY_PORT, x",
                "CODEBUDDY_PORT, 0",
                "CODEBUDDY_PORT, 70000",
                "CODEBUDDY_PORT, ``",
                "CODEBUDDY_PORT, -1",
                "CODEBUDDY_PORT, 80.0",
                "CODEBUDDY_ROTATION_COUNT, ``",
                "CODEBUDDY_ROTATION_COUNT, null",
                "CODEBUDDY_HOST, http://x",
                "CODEBUDDY_HOST, ``",
                "CODEBUDDY_API_ENDPOINT, http://www.codebuddy.cn",
                "CODEBUDDY_API_ENDPOINT, https://evil.example",
                "CODEBUDDY_API_ENDPOINT, https://canary@www.codebuddy.cn",
                "CODEBUDDY_API_ENDPOINT, https://0x7f.1",
                "CODEBUDDY_API_ENDPOINT, https://www.codebuddу.cn",
                "CODEBUDDY_API_ENDPOINT, https://xn--codebudd-ugh.cn",
                "CODEBUDDY_API_ENDPOINT, file:///etc/passwd",
                "CODEBUDDY_API_ENDPOINT, ``",
                "CODEBUDDY_SSL_VERIFY, maybe",
                "CODEBUDDY_LOG_LEVEL, FOO",
                "CODEBUDDY_LOG_ROTATION, never ever",
                "CODEBUDDY_CHECK_IN_TIME, 24:00",
                "CODEBUDDY_SERVER_CORS_ORIGINS, *",
                "CODEBUDDY_SERVER_CORS_ORIGINS, https://a.example/",
                "CODEBUDDY_OAUTH_REQUIRE_AUTH, sometimes",
                "CODEBUDDY_KEYWORD_REPLACER_RULES, [{\"from\": 1}]",
            })
    void a_text_that_cannot_be_meant_is_refused_by_its_name_and_nothing_changes(String name, String text)
            throws IOException {
        String yaml = "server:\n  port: 9000\n";
        SettingsFile settings = settings(yaml);

        SettingsRefusedException refused = catchThrowableOfType(
                SettingsRefusedException.class,
                () -> settings.change(Map.of(name, text, "CODEBUDDY_MODELS", "fine"), null));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(name);
            assertThat(problem.reason()).isNotBlank();
            assertThat(problem.cure()).isNotBlank();
        });
        assertThat(refused.getMessage()).doesNotContain("canary").contains(name);
        assertThat(file()).hasContent(yaml);
        assertThat(settings.config().codebuddy().models()).containsExactly("*");
        assertThat(settings.backups()).isEmpty();
    }

    @Test
    void every_text_that_cannot_be_meant_is_named_at_once_and_no_secret_is() throws IOException {
        SettingsFile settings = settings("");

        SettingsRefusedException refused = catchThrowableOfType(
                SettingsRefusedException.class,
                () -> settings.change(
                        Map.of("CODEBUDDY_PORT", "x", "CODEBUDDY_PASSWORD", "canary\n", "CODEBUDDY_SSL_VERIFY", ""),
                        null));

        assertThat(refused.problems())
                .extracting(ConfigProblem::key)
                .containsExactlyInAnyOrder("CODEBUDDY_PORT", "CODEBUDDY_PASSWORD", "CODEBUDDY_SSL_VERIFY");
        assertThat(refused).hasMessageNotContaining("canary").hasMessageContaining("must not be empty");
    }

    @ParameterizedTest
    @CsvSource({
        "CODEBUDDY_HOST, 0.0.0.0",
        "CODEBUDDY_PORT, 80",
        "CODEBUDDY_CREDS_DIR, /etc",
        "CODEBUDDY_SSL_VERIFY, false",
        "CODEBUDDY_ALLOWED_ENDPOINTS, https://evil.example",
        "CODEBUDDY_SERVER_ALLOWED_HOSTS, evil.example",
        "CODEBUDDY_SETTINGS_ALLOW_SENSITIVE, true",
        "CODEBUDDY_OAUTH_REQUIRE_AUTH, never",
    })
    void what_guards_the_machine_changes_only_if_the_file_allows_it(String name, String text) throws IOException {
        SettingsFile closed = settings("# closed\n");

        Map<String, String> texts =
                new HashMap<>(Map.of("CODEBUDDY_ROTATION_COUNT", "5", "CODEBUDDY_SETTINGS_ALLOW_SENSITIVE", "true"));
        texts.put(name, text);

        assertThatThrownBy(() -> closed.change(texts, null))
                .isInstanceOfSatisfying(
                        SettingsReadOnlyException.class,
                        readOnly -> assertThat(readOnly.names()).contains(name, "CODEBUDDY_SETTINGS_ALLOW_SENSITIVE"));
        assertThat(file()).hasContent("# closed\n");

        SettingsFile open = settings("settings: {allow_sensitive: true}\n");
        if (!name.equals("CODEBUDDY_SETTINGS_ALLOW_SENSITIVE")) {
            assertThat(change(open, name, text).changed()).containsExactly(name);
        }
    }

    @Test
    void a_text_that_cannot_be_meant_is_said_before_one_that_is_not_allowed() throws IOException {
        SettingsFile settings = settings("");

        assertThatThrownBy(() ->
                        settings.change(Map.of("CODEBUDDY_HOST", "0.0.0.0", "CODEBUDDY_ROTATION_COUNT", "x"), null))
                .isInstanceOf(SettingsRefusedException.class);
        assertThat(change(settings, "CODEBUDDY_PORT", " 8001 ").changed()).isEmpty();
    }

    @Test
    void a_site_and_the_list_that_allows_it_change_together() throws IOException {
        SettingsFile settings = settings("settings: {allow_sensitive: true}\n");

        settings.change(
                Map.of(
                        "CODEBUDDY_API_ENDPOINT", "http://127.0.0.1:9000",
                        "CODEBUDDY_ALLOWED_ENDPOINTS", "http://127.0.0.1:9000"),
                null);
        assertThat(settings.config().codebuddy().apiEndpoint()).hasToString("http://127.0.0.1:9000");

        assertThatThrownBy(() -> change(settings, "CODEBUDDY_ALLOWED_ENDPOINTS", ""))
                .isInstanceOfSatisfying(
                        SettingsRefusedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigProblem::key)
                                .containsExactly("CODEBUDDY_API_ENDPOINT"));
    }

    @Test
    void a_new_port_is_told_to_wait_for_the_next_start_until_it_is_the_old_one_again() throws IOException {
        SettingsFile settings = settings("settings: {allow_sensitive: true}\n");

        assertThat(change(settings, "CODEBUDDY_PORT", "9000").awaitingRestart()).containsExactly("CODEBUDDY_PORT");
        assertThat(change(settings, "CODEBUDDY_LOG_LEVEL", "DEBUG").awaitingRestart())
                .containsExactly("CODEBUDDY_PORT");
        assertThat(change(settings, "CODEBUDDY_PORT", "8001").awaitingRestart()).isEmpty();
    }

    @Test
    void what_a_restore_would_change_is_known_before_it_happens() throws IOException {
        SettingsFile settings = settings("""
                server: {password: "the-first-password"}
                codebuddy: {models: [a, b]}
                """);
        settings.change(Map.of("CODEBUDDY_PASSWORD", "the-second-password", "CODEBUDDY_MODELS", "c"), null);
        change(settings, "CODEBUDDY_ROTATION_COUNT", "5");

        assertThat(settings.differences(1))
                .containsExactly(new SettingDifference("CODEBUDDY_ROTATION_COUNT", "5", "1"));
        assertThat(settings.differences(2))
                .containsExactly(
                        new SettingDifference("CODEBUDDY_PASSWORD", SettingKeys.MASK, SettingKeys.MASK),
                        new SettingDifference("CODEBUDDY_ROTATION_COUNT", "5", "1"),
                        new SettingDifference("CODEBUDDY_MODELS", "c", "a,b"));
        assertThat(settings.differences(2).toString()).doesNotContain("password\"", "a,b");
        assertThat(change(settings, "CODEBUDDY_MODELS", "c").changed())
                .as("nothing was changed")
                .isEmpty();
        assertThat(settings.restore(2, null).changed())
                .containsExactly("CODEBUDDY_PASSWORD", "CODEBUDDY_ROTATION_COUNT", "CODEBUDDY_MODELS");
    }

    @Test
    void of_a_broken_file_the_differences_are_those_to_what_is_in_force() throws IOException {
        SettingsFile settings = settings("codebuddy: {models: [a]}\n");
        change(settings, "CODEBUDDY_MODELS", "b");
        Files.writeString(file(), "server: {port: x}\n");

        assertThat(settings.differences(1)).containsExactly(new SettingDifference("CODEBUDDY_MODELS", "b", "a"));
    }

    @Test
    void a_backup_that_is_gone_or_cannot_be_meant_differs_in_no_telling_way() throws IOException {
        SettingsFile settings = settings("codebuddy: {models: [a]}\n");
        change(settings, "CODEBUDDY_MODELS", "b");
        Files.writeString(file().resolveSibling("config.yaml.1"), "server: {port: x}\n");

        assertThatThrownBy(() -> settings.differences(1)).isInstanceOf(SettingsRefusedException.class);
        assertThatThrownBy(() -> settings.differences(2)).isInstanceOf(SettingsRefusedException.class);
        assertThatThrownBy(() -> settings.differences(-1)).isInstanceOf(SettingsRefusedException.class);
    }

    @Test
    void keys_that_are_none_of_ours_are_told_with_what_was_meant() throws IOException {
        SettingsFile settings = settings("codebuddy: {rotation_cuont: 3}\nzzz: 1\nserver: {\"half-of-a-password\"}\n");

        assertThat(settings.unknownKeys())
                .containsExactlyInAnyOrder(
                        new UnknownKey("codebuddy.rotation_cuont", "codebuddy.rotation_count"),
                        new UnknownKey("zzz", null),
                        new UnknownKey("server....", null));
        assertThat(settings.place()).isEqualTo("config/config.yaml");
        change(settings, "CODEBUDDY_MODELS", "b");
        assertThat(settings.unknownKeys()).hasSize(3);
    }

    @Test
    void a_caller_who_has_seen_other_settings_is_told_so() throws IOException {
        SettingsFile settings = settings("# one\n");
        String seen = settings.snapshot().version();
        Files.writeString(file(), "# two\n");

        assertThatThrownBy(() -> settings.change(Map.of("CODEBUDDY_MODELS", "a"), seen))
                .isInstanceOf(SettingsStaleException.class);
        assertThatThrownBy(() -> settings.restore(1, seen)).isInstanceOf(SettingsStaleException.class);
        assertThat(file()).hasContent("# two\n");

        change(settings, "CODEBUDDY_MODELS", "a");
        assertThat(file()).content().startsWith("# two\n");
    }

    @Test
    void what_is_in_force_is_all_that_a_caller_can_have_seen_of_a_file_that_cannot_be_used() throws IOException {
        SettingsFile settings = settings("# one\n");
        Change change = change(settings, "CODEBUDDY_MODELS", "a");
        assertThat(change.version()).isEqualTo(settings.snapshot().version());
        Files.writeString(file(), "server: {port: x}\n");

        assertThatThrownBy(() -> settings.change(Map.of("CODEBUDDY_MODELS", "b"), change.version()))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> settings.restore(1, "0".repeat(32))).isInstanceOf(SettingsStaleException.class);
        Change restored = settings.restore(1, change.version());

        assertThat(file()).hasContent("# one\n");
        assertThat(restored.version()).isEqualTo(settings.snapshot().version()).isNotEqualTo(change.version());
    }

    @Test
    void a_file_that_cannot_be_used_is_not_overwritten() throws IOException {
        SettingsFile settings = settings("server: {port: 9000}\n");
        Files.writeString(file(), "server: [\n");

        assertThatThrownBy(() -> change(settings, "CODEBUDDY_MODELS", "a")).isInstanceOf(ConfigException.class);

        assertThat(file()).hasContent("server: [\n");
        assertThat(settings.config().server().port()).isEqualTo(9000);
    }

    @Test
    void a_file_that_an_editor_is_just_saving_is_not_taken_for_an_empty_one() throws IOException {
        SettingsFile settings = settings("server: {port: 9000}\n");
        Files.writeString(file(), "");

        assertThatThrownBy(() -> change(settings, "CODEBUDDY_MODELS", "a")).isInstanceOf(ConfigException.class);

        assertThat(file()).isEmptyFile();
    }

    @Test
    void changes_at_the_same_time_are_all_there_in_the_end() throws Exception {
        SettingsFile settings = settings("# mine\n");
        List<String> names = List.of(
                "CODEBUDDY_LIMITS_MAX_STREAMS",
                "CODEBUDDY_LIMITS_MAX_CONNECTIONS",
                "CODEBUDDY_ROTATION_COUNT",
                "CODEBUDDY_GATEWAY_MAX_ATTEMPTS");
        List<Thread> threads = names.stream()
                .map(name -> Thread.ofVirtual().unstarted(() -> {
                    for (int i = 2; i <= 20; i++) {
                        change(settings, name, String.valueOf(i));
                    }
                }))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        Map<String, String> values =
                SettingsFile.open(home, SettingsFileTest::grammar).snapshot().values();
        assertThat(names).allSatisfy(name -> assertThat(values).containsEntry(name, "20"));
    }

    @Test
    void a_file_that_is_gone_is_written_again_by_a_change() throws IOException {
        SettingsFile settings = settings("# mine\nserver: {port: 9000}\n");
        Files.delete(file());

        change(settings, "CODEBUDDY_LOG_LEVEL", "debug");

        assertThat(file())
                .content()
                .startsWith("# mine\nserver: {port: 9000}\n")
                .contains("level: debug");
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        SettingsFile settings = settings("server: {}\n");
        Path real = Files.move(file(), home.resolve("real.yaml"));
        Files.createSymbolicLink(file(), real);

        change(settings, "CODEBUDDY_MODELS", "a");

        assertThat(file()).isSymbolicLink();
        assertThat(real).content().contains("models: [a]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byte_order_mark_charset_and_line_ends_stay(String charset) throws IOException {
        SettingsFile settings = settings("");
        Charset form = Charset.forName(charset);
        Files.write(file(), "\uFEFF# ü\r\nserver:\r\n  port: 8001\r\n".getBytes(form));

        settings.change(Map.of("CODEBUDDY_PASSWORD", "ключ😀"), null);

        assertThat(new String(Files.readAllBytes(file()), form))
                .isEqualTo("\uFEFF# ü\r\nserver:\r\n  port: 8001\r\n  password: \"ключ😀\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "? server\n: ? port\n  : 8001\n",
                "\"server\": {\"port\": 8001, \"x\": [1]} # c\n",
                "%YAML 1.2\n---\nserver: {port: 8001}\n...\n",
                "server:\n  ? password\n  : a\n",
            })
    void a_file_in_an_unusual_form_is_changed_all_the_same(String yaml) throws IOException {
        SettingsFile settings = settings(yaml + "");

        settings.change(Map.of("CODEBUDDY_PASSWORD", "b", "CODEBUDDY_GATEWAY_MAX_ATTEMPTS", "9"), null);

        assertThat(SettingsFile.open(home, SettingsFileTest::grammar).config())
                .isEqualTo(settings.config())
                .satisfies(config -> assertThat(config.gateway().maxAttempts()).isEqualTo(9));
    }

    @Test
    void a_change_that_makes_the_file_too_large_is_refused() throws IOException {
        String yaml = "x: 1\n" + "# filler\n".repeat(29_000);
        SettingsFile settings = settings(yaml);

        assertThatThrownBy(() -> change(settings, "CODEBUDDY_SYSTEM_MESSAGE", "x".repeat(8_000)))
                .isInstanceOf(SettingsRefusedException.class)
                .hasMessageContaining("CODEBUDDY_SYSTEM_MESSAGE");
        assertThatThrownBy(() -> change(settings, "CODEBUDDY_SYSTEM_MESSAGE", "x".repeat(1 << 20)))
                .isInstanceOf(SettingsRefusedException.class);
        assertThatThrownBy(() -> change(settings, "CODEBUDDY_MODELS", "a,".repeat(1) + "b,c".repeat(1 << 18)))
                .isInstanceOf(SettingsRefusedException.class);
        assertThat(file()).hasContent(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!javax.script.ScriptEngineManager [x]", "&a x", "*a", "{{}}", "a: b", "- x\n", "<<", "\uD800"})
    void a_text_with_signs_of_yaml_is_text_or_refused(String text) throws IOException {
        SettingsFile settings = settings("x: 1\n");

        try {
            change(settings, "CODEBUDDY_SYSTEM_MESSAGE", text);
            assertThat(settings.config().codebuddy().systemMessage()).isEqualTo(text);
        } catch (SettingsRefusedException refused) {
            assertThat(text).isEqualTo("\uD800");
        }
        assertThat(SettingsFile.open(home, SettingsFileTest::grammar).config()).isEqualTo(settings.config());
    }

    @Test
    void a_list_may_also_be_json_and_an_address_in_brackets_is_no_json() throws IOException {
        SettingsFile settings = settings("settings: {allow_sensitive: true}\n");

        settings.change(
                Map.of("CODEBUDDY_MODELS", "[\"a,b\", \"c\"]", "CODEBUDDY_SERVER_ALLOWED_HOSTS", "[::1]"), null);

        assertThat(settings.config().codebuddy().models()).containsExactly("a,b", "c");
        assertThat(settings.config().server().allowedHosts()).containsExactly("[::1]");
    }

    @Test
    void a_list_with_a_comma_in_an_item_is_read_back_as_the_same_list() throws IOException {
        SettingsFile settings = settings("codebuddy: {models: [\"a,b\", c]}\n");
        String text = String.valueOf(settings.snapshot().values().get("CODEBUDDY_MODELS"));

        settings.change(Map.of("CODEBUDDY_MODELS", text), null);

        assertThat(text).isEqualTo("[\"a,b\",\"c\"]");
        assertThat(settings.config().codebuddy().models()).containsExactly("a,b", "c");
        settings.change(Map.of("CODEBUDDY_MODELS", "[\"[x]\", \"y\"]"), null);
        assertThat(settings.snapshot().values()).containsEntry("CODEBUDDY_MODELS", "[\"[x]\",\"y\"]");
    }
}
