package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLastGoodTest {
    @TempDir
    Path home;

    private Path file;
    private Path copy;

    @BeforeEach
    void directory() throws IOException {
        file = Files.createDirectories(home.resolve("config")).resolve("config.yaml");
        copy = file.resolveSibling(".config.last-good.yaml");
    }

    private ConfigFile.Reading load() {
        return new ConfigFile(home).load();
    }

    @Test
    void what_could_be_used_is_kept_for_its_owner_alone() throws IOException {
        Files.writeString(file, "server: {port: 9000}\n");

        assertThat(load().isLastGood()).isFalse();

        assertThat(copy).hasContent("server: {port: 9000}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {port: x}\n",
                "server: [\n",
                "\tserver:\n",
                "server: {port: 1, port: 2}\n",
                "a: &a [1]\nb: *a\n",
                "a: !x 1\n",
                "<<: {a: 1}\n",
                "server: {port: 010}\n",
                "server: {port: 9001}\n\0\0\0\0",
                "",
                "\n \r\n",
            })
    void a_file_that_cannot_be_used_gives_way_to_what_could_be_and_stays_as_it_is(String broken) throws IOException {
        Files.writeString(file, "server: {port: 9000}\n");
        load();
        Files.writeString(file, broken);

        ConfigFile.Reading reading = load();

        assertThat(reading.config().server().port()).isEqualTo(9000);
        assertThat(reading.isLastGood()).isTrue();
        assertThat(reading.problems()).isNotEmpty();
        assertThat(Files.readString(file)).isEqualTo(broken);
        assertThat(copy).hasContent("server: {port: 9000}\n");
        assertThat(new ConfigFile(home).peek().config()).isEqualTo(reading.config());
    }

    @Test
    void a_file_of_300_kib_or_none_at_all_in_its_place_gives_way_too() throws IOException {
        Files.writeString(file, "server: {port: 9000}\n");
        load();

        Files.writeString(file, "# filler\n".repeat(35_000));
        assertThat(load().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("larger"));

        Files.delete(file);
        Files.createDirectory(file);
        assertThat(load().config().server().port()).isEqualTo(9000);
    }

    @Test
    void the_grammar_of_the_log_counts_and_its_problem_has_a_line() throws IOException {
        Files.writeString(file, "server: {port: 9000}\nlogging:\n  rotation: soon\n");
        ConfigFile strict = new ConfigFile(home, logging -> {
            throw new ConfigException(List.of(new ConfigProblem(0, 0, "logging.rotation", "cannot be that", "Do not")));
        });

        assertThatThrownBy(strict::load)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(
                                        new ConfigProblem(3, 13, "logging.rotation", "cannot be that", "Do not")));
        assertThat(copy).doesNotExist();
    }

    @Test
    void without_a_copy_or_with_a_broken_one_the_problem_is_told() throws IOException {
        Files.writeString(file, "server: {port: x}\n");
        assertThatThrownBy(this::load).isInstanceOf(ConfigException.class).hasMessageContaining("line 1");

        Files.writeString(copy, "server: {port: y}\n");
        assertThatThrownBy(this::load).isInstanceOf(ConfigException.class);
        assertThat(file).hasContent("server: {port: x}\n");
    }

    @Test
    void an_empty_file_that_never_was_otherwise_means_the_defaults() throws IOException {
        Files.writeString(file, "");

        assertThat(load().isLastGood()).isFalse();
        Files.writeString(file, "# cleared on purpose\n");
        assertThat(load().isLastGood()).isFalse();
    }

    @Test
    void a_peek_writes_nothing() throws IOException {
        assertThatThrownBy(() -> new ConfigFile(home).peek()).isInstanceOf(ConfigException.class);
        Files.writeString(file, "server: {port: 9000}\n");

        assertThat(new ConfigFile(home).peek().config().server().port()).isEqualTo(9000);

        assertThat(file.getParent()).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void a_copy_that_cannot_be_kept_is_a_warning() throws IOException {
        Files.writeString(file, "server: {port: 9000}\n");
        NthFailureDisk disk = new NthFailureDisk(1, true);

        ConfigFile.Reading reading = new ConfigFile(home, logging -> {}, disk).load();

        assertThat(reading.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.reason()).contains("no copy"));
    }

    @Test
    void what_a_crash_left_of_a_write_is_removed_and_nothing_else() throws IOException {
        Path left = Files.writeString(file.resolveSibling(".01234567-89ab-cdef-0123-456789abcdef.tmp"), "canary");
        Path mine = Files.writeString(file.resolveSibling(".mine.tmp"), "");

        load();

        assertThat(left).doesNotExist();
        assertThat(mine).exists();
    }

    @Test
    void a_change_is_kept_as_the_last_good_one() throws IOException {
        SettingsFile settings = SettingsFile.open(home, logging -> {});

        settings.change(Map.of("CODEBUDDY_MODELS", "kept"), null);

        assertThat(copy).content().contains("models: [kept]");
    }

    @Test
    void a_file_that_is_missing_comes_back_as_it_could_last_be_used_and_the_copy_stays() throws IOException {
        Files.writeString(file, "server: {port: 9000} # mine\n");
        load();
        Files.delete(file);

        ConfigFile.Reading reading = load();

        assertThat(reading.config().server().port()).isEqualTo(9000);
        assertThat(reading.isLastGood()).isFalse();
        assertThat(reading.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.reason()).contains("was missing"));
        assertThat(file).hasContent("server: {port: 9000} # mine\n");
        assertThat(copy).hasContent("server: {port: 9000} # mine\n");
        assertThat(load().warnings()).isEmpty();
    }
}
