package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.filestore.ConfigWatch.Broken;
import io.github.codebuddy2api.filestore.ConfigWatch.Changed;
import io.github.codebuddy2api.filestore.ConfigWatch.Unchanged;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private Path file;
    private SettingsFile settings;
    private ConfigWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = Files.createDirectories(home.resolve("config")).resolve("config.yaml");
        Files.writeString(file, "server: {port: 9000}\n");
        settings = SettingsFile.open(home, logging -> {});
        watch = new ConfigWatch(settings, time);
        assertThat(watch.check()).isInstanceOf(Unchanged.class);
    }

    private ConfigWatch.Outcome later() {
        time.advance(SECOND);
        return watch.check();
    }

    private static Config changed(ConfigWatch.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Changed.class);
        return ((Changed) outcome).reading().config();
    }

    @Test
    void a_save_in_place_is_in_force_at_the_second_look() throws IOException {
        Files.writeString(file, "server: {port: 9001}\n");

        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(settings.config().server().port()).isEqualTo(9000);
        assertThat(changed(later()).server().port()).isEqualTo(9001);
        assertThat(settings.config().server().port()).isEqualTo(9001);
        assertThat(settings.awaitingRestart()).containsExactly("CODEBUDDY_PORT");
        assertThat(later()).isInstanceOf(Unchanged.class);
    }

    @Test
    void a_save_by_renaming_is_seen_and_made_private() throws IOException {
        Path beside = Files.writeString(home.resolve("other"), "server: {port: 9002}\n");
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);

        later();
        assertThat(changed(later()).server().port()).isEqualTo(9002);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.resolveSibling(".config.last-good.yaml")).hasContent("server: {port: 9002}\n");
    }

    @Test
    void a_save_behind_a_link_is_seen() throws IOException {
        Path real = Files.move(file, home.resolve("real.yaml"));
        Files.createSymbolicLink(file, real);
        later();
        later();
        Files.writeString(real, "server: {port: 9003}\n");

        later();
        assertThat(changed(later()).server().port()).isEqualTo(9003);
    }

    @Test
    void a_content_that_keeps_its_size_and_its_time_is_found_within_ten_seconds() throws IOException {
        FileTime old = FileTime.from(time.instant().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(file, old);
        time.advance(Duration.ofDays(3_650));
        watch.check();
        Files.writeString(file, "server: {port: 9004}\n");
        Files.setLastModifiedTime(file, old);

        boolean found = false;
        for (int seconds = 0; seconds < 12 && !found; seconds++) {
            found = later() instanceof Changed;
        }

        assertThat(found).isTrue();
        assertThat(settings.config().server().port()).isEqualTo(9004);
    }

    @Test
    void a_thousand_saves_are_at_most_one_change_a_second_and_the_last_one_wins() throws IOException {
        int changes = 0;
        for (int save = 0; save < 1_000; save++) {
            Files.writeString(file, "server: {port: " + (10_000 + save) + "}\n");
            time.advance(Duration.ofMillis(10));
            changes += watch.check() instanceof Changed ? 1 : 0;
        }
        for (int look = 0; look < 3; look++) {
            changes += later() instanceof Changed ? 1 : 0;
        }

        assertThat(changes).isBetween(1, 13);
        assertThat(settings.config().server().port()).isEqualTo(10_999);
    }

    @Test
    void between_two_seconds_the_file_is_not_looked_at() throws IOException {
        later();
        Files.writeString(file, "server: {port: 9005}\n");

        for (int i = 0; i < 999; i++) {
            time.advance(Duration.ofMillis(1));
            assertThat(watch.check()).isInstanceOf(Unchanged.class);
        }

        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(later()).isInstanceOf(Changed.class);
    }

    @Test
    void what_an_editor_leaves_for_a_moment_is_not_taken_for_the_truth() throws IOException {
        for (String moment : List.of("", "server: {po", "server: {port: 90")) {
            Files.writeString(file, moment);
            assertThat(later()).isInstanceOf(Unchanged.class);
        }
        Files.writeString(file, "server: {port: 9006}\n");

        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(changed(later()).server().port()).isEqualTo(9006);
    }

    @Test
    void the_same_beginning_of_two_saves_is_not_taken_for_a_content_that_stays() throws IOException {
        for (int save = 7; save < 10; save++) {
            Files.writeString(file, "server: {port: 9001}\n");
            Files.setLastModifiedTime(file, FileTime.from(time.instant()));
            assertThat(later()).isInstanceOf(Unchanged.class);
            Files.writeString(file, "server: {port: 9001}\ncodebuddy: {rotation_count: " + save + "}\n");
        }

        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(changed(later()).codebuddy().rotationCount()).isEqualTo(9);
    }

    @Test
    void a_file_that_cannot_be_used_is_told_once_with_its_line_and_changes_nothing() throws IOException {
        Files.writeString(file, "server:\n  port: x\n");
        later();

        assertThat(later())
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> assertThat(broken.problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.line()).isEqualTo(2)));
        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(settings.trouble()).hasSize(1);
        assertThat(settings.config().server().port()).isEqualTo(9000);

        Files.writeString(file, "server: {port: 9007}\n");
        later();
        assertThat(later()).isInstanceOf(Changed.class);
        assertThat(settings.trouble()).isEmpty();
    }

    @Test
    void a_file_that_stays_empty_or_is_gone_leaves_everything_in_force() throws IOException {
        Files.writeString(file, "");
        later();
        assertThat(later()).isInstanceOf(Broken.class);

        Files.delete(file);
        later();
        assertThat(later()).isInstanceOf(Broken.class);
        assertThat(later()).isInstanceOf(Unchanged.class);

        assertThat(file).doesNotExist();
        assertThat(settings.config().server().port()).isEqualTo(9000);
    }

    @Test
    void the_return_of_what_is_in_force_is_told_too() throws IOException {
        Files.writeString(file, "server: [");
        later();
        assertThat(later()).isInstanceOf(Broken.class);
        Files.writeString(file, "server: {port: 9000}\n");

        assertThat(changed(later()).server().port()).isEqualTo(9000);
        assertThat(settings.trouble()).isEmpty();
        assertThat(later()).isInstanceOf(Unchanged.class);
    }

    @Test
    void what_the_program_saves_itself_is_no_news() {
        settings.change(Map.of("CODEBUDDY_MODELS", "a"), null);

        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(later()).isInstanceOf(Unchanged.class);
    }

    @Test
    void a_start_with_the_last_good_content_is_not_told_again() throws IOException {
        Files.writeString(file, "server: [");
        settings = SettingsFile.open(home, logging -> {});
        watch = new ConfigWatch(settings, time);

        assertThat(settings.trouble()).isNotEmpty();
        assertThat(watch.check()).isInstanceOf(Unchanged.class);
        assertThat(later()).isInstanceOf(Unchanged.class);
        assertThat(later()).isInstanceOf(Unchanged.class);
    }
}
