package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LegacyConfigTest {
    @TempDir
    Path home;

    private Path json(String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        return Files.writeString(home.resolve("config/config.json"), text);
    }

    private ConfigFile.Reading load() {
        return new ConfigFile(home).load();
    }

    @Test
    void an_old_file_is_taken_over_once_into_the_example() throws IOException {
        Path json = json("""
                {"CODEBUDDY_HOST": "0.0.0.0", "CODEBUDDY_PORT": 9000, "CODEBUDDY_PASSWORD": "canary",
                 "CODEBUDDY_API_ENDPOINT": "https://www.codebuddy.ai", "CODEBUDDY_CREDS_DIR": "mine",
                 "CODEBUDDY_ROTATION_COUNT": "10", "CODEBUDDY_MODELS": "claude-4.0,auto-chat",
                 "CODEBUDDY_SSL_VERIFY": "False", "CODEBUDDY_LOG_LEVEL": "warn", "CODEBUDDY_LOG_ROTATION": "12:00",
                 "CODEBUDDY_LOG_RETENTION": null, "CODEBUDDY_LOG_COMPRESSION": ""}
                """);

        ConfigFile.Reading reading = load();

        Config config = reading.config();
        assertThat(reading.created()).isTrue();
        assertThat(config.server().host()).isEqualTo("0.0.0.0");
        assertThat(config.server().port()).isEqualTo(9000);
        assertThat(config.server().accessPassword()).contains(Secret.of("canary"));
        assertThat(config.codebuddy().apiEndpoint()).hasToString("https://www.codebuddy.ai");
        assertThat(config.codebuddy().credsDir()).isEqualTo(home.resolve("mine"));
        assertThat(config.codebuddy().rotationCount()).isEqualTo(10);
        assertThat(config.codebuddy().models()).containsExactly("claude-4.0", "auto-chat");
        assertThat(config.codebuddy().sslVerify()).isFalse();
        assertThat(config.logging()).isEqualTo(new Config.Logging("WARNING", "12:00", "7 days", null));
        assertThat(home.resolve("config/config.yaml")).content().contains("# Where to listen.", "rotation: \"12:00\"");
        assertThat(json).doesNotExist();
        assertThat(home.resolve("config/config.json.migrated")).exists();
        assertThat(reading.warnings())
                .singleElement()
                .satisfies(told -> assertThat(told.toString())
                        .contains("config.json was taken over")
                        .doesNotContain("canary"));
        assertThat(load().created()).isFalse();
    }

    @Test
    void what_cannot_be_meant_gives_way_to_the_default_and_is_named_without_its_value() throws IOException {
        json("""
                {"CODEBUDDY_PORT": "x", "CODEBUDDY_ROTATION_COUNT": "", "CODEBUDDY_API_ENDPOINT": "https://canary.example",
                 "CODEBUDDY_SSL_VERIFY": {}, "CODEBUDDY_PASSWORD": 123456, "CODEBUDDY_AUTH_MODE": "canary",
                 "CODEBUDDY_ALLOWED_ENDPOINTS": "https://canary.example", "\\u001b[31m": 1, "CODEBUDDY_MODELS": ["a", "b"]}
                """);

        ConfigFile.Reading reading = load();

        assertThat(reading.config().server().port()).isEqualTo(8001);
        assertThat(reading.config().codebuddy().rotationCount()).isEqualTo(1);
        assertThat(reading.config().codebuddy().allowedEndpoints()).isEmpty();
        assertThat(reading.config().server().accessPassword()).contains(Secret.of("123456"));
        assertThat(reading.config().codebuddy().models()).containsExactly("a", "b");
        assertThat(reading.warnings())
                .extracting(ConfigProblem::key)
                .containsExactlyInAnyOrder(
                        "CODEBUDDY_PORT",
                        "CODEBUDDY_ROTATION_COUNT",
                        "CODEBUDDY_API_ENDPOINT",
                        "CODEBUDDY_SSL_VERIFY",
                        "CODEBUDDY_AUTH_MODE",
                        "CODEBUDDY_ALLOWED_ENDPOINTS",
                        "a key",
                        "");
        assertThat(reading.warnings().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"CODEBUDDY_PORT\": 9000} x", "null", "\0"})
    void a_file_that_is_no_json_object_stays_and_is_warned_about(String text) throws IOException {
        Path json = json(text);

        ConfigFile.Reading reading = load();

        assertThat(reading.config()).isEqualTo(Config.defaults(home));
        assertThat(reading.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.reason()).contains("config.json"));
        assertThat(Files.readString(json)).isEqualTo(text);
    }

    @Test
    void the_yaml_file_wins_over_an_old_one() throws IOException {
        Path json = json("{\"CODEBUDDY_PORT\": 9000}");
        Files.writeString(home.resolve("config/config.yaml"), "server: {port: 9001}\n");

        assertThat(load().config().server().port()).isEqualTo(9001);
        assertThat(json).exists();
    }

    @Test
    void an_old_file_that_cannot_be_renamed_is_a_warning() throws IOException {
        Path json = json("{\"CODEBUDDY_PORT\": 9000}");
        Files.setPosixFilePermissions(json, PosixFilePermissions.fromString("rw-r--r--"));
        // Writing config.yaml takes five steps; the next is the renaming.
        NthFailureDisk disk = new NthFailureDisk(6, false);

        ConfigFile.Reading reading = new ConfigFile(home, logging -> {}, disk).load();

        assertThat(reading.config().server().port()).isEqualTo(9000);
        assertThat(json).exists();
        assertThat(mode(json)).isEqualTo("rw-------");
        assertThat(reading.warnings().toString()).contains("could not be renamed");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void an_old_file_with_a_password_is_for_its_owner_alone_afterwards_and_no_earlier_one_is_lost() throws IOException {
        Path json = json("{\"CODEBUDDY_PASSWORD\": \"canary\"}");
        Files.setPosixFilePermissions(json, PosixFilePermissions.fromString("rw-r--r--"));
        Path earlier = Files.writeString(home.resolve("config/config.json.migrated"), "earlier");

        load();

        Path migrated = home.resolve("config/config.json.migrated.2");
        assertThat(migrated).content().contains("canary");
        assertThat(mode(migrated)).isEqualTo("rw-------");
        assertThat(earlier).hasContent("earlier");
        assertThat(json).doesNotExist();
    }
}
