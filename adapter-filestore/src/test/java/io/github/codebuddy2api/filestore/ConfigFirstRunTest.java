package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFirstRunTest {
    @TempDir
    Path home;

    @Test
    void a_first_run_writes_the_example_for_its_owner_alone_and_reads_it() throws IOException {
        Path nowhereYet = home.resolve("a").resolve("b");

        ConfigFile.Reading reading = new ConfigFile(nowhereYet).load();

        Path file = nowhereYet.resolve("config").resolve("config.yaml");
        assertThat(reading.created()).isTrue();
        assertThat(file).hasBinaryContent(ConfigFile.example());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void the_example_says_what_holds_without_it_and_has_no_password() {
        ConfigFile.Reading example = ConfigFile.read(ConfigFile.example(), home);

        assertThat(example.config()).isEqualTo(Config.defaults(home));
        assertThat(example.config().server().accessPassword()).isEmpty();
        assertThat(example.warnings()).isEmpty();
    }

    @Test
    void every_commented_line_of_the_example_is_a_key_with_its_default() {
        String all = uncommented(new String(ConfigFile.example(), StandardCharsets.UTF_8));

        ConfigFile.Reading reading = ConfigFile.read(all.getBytes(StandardCharsets.UTF_8), home);

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.config()).isEqualTo(Config.defaults(home));
    }

    /** The defaults at the end without their #, and without the headings that are there twice. */
    private static String uncommented(String example) {
        StringBuilder text = new StringBuilder();
        boolean defaults = false;
        for (String line : example.lines().toList()) {
            if (line.startsWith("# server:")) {
                defaults = true;
                text.setLength(0);
            }
            if (defaults && line.length() > 2) {
                text.append(line.substring(2).replaceAll("\\(add these.*", "")).append('\n');
            }
        }
        assertThat(text).contains("allowed_hosts").contains("drain");
        return text.toString();
    }

    @Test
    void a_file_that_is_there_stays_as_it_is() throws IOException {
        Path file = written("server: {port: 9000}\n# mine\n");

        ConfigFile.Reading reading = new ConfigFile(home).load();

        assertThat(reading.created()).isFalse();
        assertThat(reading.config().server().port()).isEqualTo(9000);
        assertThat(file).hasContent("server: {port: 9000}\n# mine\n");
    }

    @Test
    void a_file_that_others_may_read_is_tightened() throws IOException {
        Path file = written("server: {}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        new ConfigFile(home).load();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_link_to_a_file_is_read_and_what_it_points_to_keeps_its_mode() throws IOException {
        Path target = Files.writeString(home.resolve("elsewhere.yaml"), "server: {port: 9001}\n");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectories(home.resolve("config"));
        Files.createSymbolicLink(home.resolve("config/config.yaml"), target);

        ConfigFile.Reading reading = new ConfigFile(home).load();

        assertThat(reading.config().server().port()).isEqualTo(9001);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void a_directory_or_a_broken_link_in_its_place_stops_the_start() throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.createDirectory(config.resolve("config.yaml"));

        assertThatThrownBy(() -> new ConfigFile(home).load())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not a regular file");

        Files.delete(config.resolve("config.yaml"));
        Files.createSymbolicLink(config.resolve("config.yaml"), home.resolve("nothing"));
        assertThatThrownBy(() -> new ConfigFile(home).load()).isInstanceOf(ConfigException.class);
    }

    @Test
    void a_file_in_place_of_the_directory_is_said_plainly() throws IOException {
        Files.writeString(home.resolve("config"), "x");

        assertThatThrownBy(() -> new ConfigFile(home).load())
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("config.yaml")
                .hasMessageNotContaining(home.toString());
    }

    private Path written(String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        return Files.writeString(home.resolve("config").resolve("config.yaml"), text);
    }
}
