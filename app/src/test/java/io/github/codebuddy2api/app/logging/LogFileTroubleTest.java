package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with the log stops nobody. */
final class LogFileTroubleTest {
    @TempDir
    Path home;

    private LogFolder log;

    @BeforeEach
    void open() {
        log = new LogFolder(home.resolve("logs"));
    }

    @AfterEach
    void close() {
        log.end();
    }

    @Test
    void a_torn_last_line_is_ended_before_the_next_begins() throws IOException {
        Files.createDirectories(log.folder());
        Files.writeString(log.live(), "2026-11-22 11:00:00.000 +00:00 INFO half a li");
        log.say("whole");

        assertThat(log.live()).content().hasLineCount(2);
    }

    @Test
    void an_archive_left_unfinished_is_removed() throws IOException {
        Files.createDirectories(log.folder());
        Path unfinished = log.folder().resolve(".codebuddy2api.x.log.zip.tmp");
        Files.writeString(unfinished, "half");
        log.restart("none", "none", "none");
        log.end();

        assertThat(unfinished).doesNotExist();
    }

    @Test
    void a_full_disk_drops_lines_and_counts_them_and_is_told_once() throws IOException {
        log.say("before");
        log.spaceLeft(10);

        assertThat(log.write("torn"))
                .hasValueSatisfying(told ->
                        assertThat(told).contains("No space left on device").doesNotContain(home.toString()));
        assertThat(log.write("dropped at once")).isEmpty();
        log.time().advance(LogFile.RETRY_AFTER);
        assertThat(log.write("dropped again")).isEmpty();
        assertThat(log.file().dropped()).isEqualTo(3);

        log.spaceLeft(Integer.MAX_VALUE);
        log.time().advance(LogFile.RETRY_AFTER);
        assertThat(log.write("after")).isEmpty();

        assertThat(log.live())
                .content()
                .contains(" before\n")
                .contains("3 lines are missing here")
                .endsWith(" after\n")
                .doesNotContain("dropped");
        assertThat(Files.readString(log.live()).lines())
                .allMatch(line -> line.startsWith("2026-11-22") || line.isEmpty());
        assertThat(log.file().dropped()).isEqualTo(3);
    }

    @Test
    void trouble_that_comes_back_is_told_again() {
        log.spaceLeft(0);
        assertThat(log.write("x")).isPresent();
        log.spaceLeft(Integer.MAX_VALUE);
        log.time().advance(LogFile.RETRY_AFTER);
        assertThat(log.write("x")).isEmpty();
        log.spaceLeft(0);

        assertThat(log.write("x")).isPresent();
    }

    @Test
    void a_folder_in_the_place_of_the_file_stops_nobody() throws IOException {
        Files.createDirectories(log.live());

        assertThat(log.write("x")).hasValueSatisfying(told -> assertThat(told).contains("something else"));
        assertThat(log.file().dropped()).isEqualTo(1);
    }

    @Test
    void a_file_in_the_place_of_the_folder_stops_nobody() throws IOException {
        Files.writeString(log.folder(), "x");

        assertThat(log.write("x")).isPresent();
        assertThat(log.file().dropped()).isEqualTo(1);
    }

    @Test
    void a_log_that_is_a_link_elsewhere_is_not_followed() throws IOException {
        Files.createDirectories(log.folder());
        Path elsewhere = home.resolve("precious");
        Files.writeString(elsewhere, "precious");
        Files.createSymbolicLink(log.live(), elsewhere);

        assertThat(log.write("x")).isPresent();
        assertThat(elsewhere).hasContent("precious");
    }

    @Test
    void a_file_that_somebody_took_away_is_begun_anew_at_the_next_rotation() throws IOException {
        log.restart("100 B", "none", "none");
        log.say("a".repeat(60));
        Files.delete(log.live());
        log.say("b".repeat(60));

        assertThat(log.names()).containsExactly("codebuddy2api.log");
        assertThat(log.live()).content().contains("bbb");
    }

    @Test
    void a_caller_whose_thread_is_interrupted_does_not_close_the_file_for_others() throws IOException {
        Thread.currentThread().interrupt();
        Optional<String> trouble = log.write("one");
        Optional<String> further = log.write("two");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(trouble).isEmpty();
        assertThat(further).isEmpty();
        assertThat(log.live()).content().hasLineCount(2);
    }

    @Test
    void what_cannot_be_packed_stays_as_it_is_and_is_told() throws IOException {
        log.restart("1 B", "none", "gz");
        Files.createDirectories(
                log.folder().resolve(".codebuddy2api.2026-11-22_12-00-00_000000.log.gz.tmp/in-the-way"));
        log.say("one");
        log.say("two");
        log.end();

        assertThat(log.names()).contains("codebuddy2api.2026-11-22_12-00-00_000000.log", "codebuddy2api.log");
        assertThat(log.troubles()).hasSize(1).first().asString().startsWith("an old log file stays unpacked");
    }
}
