package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.SettingsFileBench.change;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of the file, and of the texts in it, through a change. */
final class SettingsFormTest {
    @TempDir
    Path home;

    private Path file() {
        return SettingsFileBench.file(home);
    }

    private SettingsFile settings(String yaml) throws IOException {
        return SettingsFileBench.settings(home, yaml);
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
        SettingsFile settings = SettingsFile.open(home, SettingsFileBench::grammar);

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

        assertThat(SettingsFile.open(home, SettingsFileBench::grammar).config())
                .isEqualTo(settings.config())
                .satisfies(config -> assertThat(config.gateway().maxAttempts()).isEqualTo(9));
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
        assertThat(SettingsFile.open(home, SettingsFileBench::grammar).config()).isEqualTo(settings.config());
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
