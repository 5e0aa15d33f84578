package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.SettingsFileBench.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and that nothing has changed then. */
final class SettingsRefusalsTest {
    @TempDir
    Path home;

    private Path file() {
        return SettingsFileBench.file(home);
    }

    private SettingsFile settings(String yaml) throws IOException {
        return SettingsFileBench.settings(home, yaml);
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
}
