package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    private final ManualTime time = new ManualTime();
    private final List<String> troubles = new ArrayList<>();
    private final Disk disk = new Disk();

    @TempDir
    Path home;

    private Path folder;
    private Archivist archivist;
    private LogFile file;

    @BeforeEach
    void open() {
        folder = home.resolve("logs");
        begin("none", "none", "none");
    }

    @AfterEach
    void close() {
        end();
    }

    @Test
    void the_file_and_its_folder_are_for_their_owner_alone() throws IOException {
        say("one");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(live())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_others_may_read_is_tightened() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(live(), "before\n");
        Files.setPosixFilePermissions(live(), PosixFilePermissions.fromString("rw-r--r--"));

        say("after");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(live())))
                .isEqualTo("rw-------");
        assertThat(live()).content().startsWith("before\n").endsWith(" after\n");
    }

    @Test
    void a_line_too_many_begins_a_new_file_and_the_old_is_named_by_its_first_moment() throws IOException {
        restart("130 B", "none", "none");
        say("a".repeat(30));
        time.advance(Duration.ofSeconds(7));
        say("b".repeat(30));
        say("c".repeat(30));
        end();

        assertThat(names()).containsExactly("codebuddy2api.2026-11-22_12-00-00_000000.log", "codebuddy2api.log");
        assertThat(folder.resolve(names().get(0))).content().hasLineCount(2).contains("aaa", "bbb");
        assertThat(live()).content().hasLineCount(1).contains("ccc");
    }

    @Test
    void files_of_the_same_moment_are_counted() throws IOException {
        restart("1 B", "none", "gz");
        for (int i = 0; i < 4; i++) {
            say("line " + i);
        }
        end();

        assertThat(names())
                .containsExactly(
                        "codebuddy2api.2026-11-22_12-00-00_000000.2.log.gz",
                        "codebuddy2api.2026-11-22_12-00-00_000000.3.log.gz",
                        "codebuddy2api.2026-11-22_12-00-00_000000.log.gz",
                        "codebuddy2api.log");
        assertThat(unpacked(names().get(2))).endsWith("line 0\n");
        assertThat(unpacked(names().get(0))).endsWith("line 1\n");
    }

    @Test
    void a_restart_does_not_make_the_file_younger() throws IOException {
        restart("1 hour", "none", "none");
        say("first");
        time.advance(Duration.ofMinutes(40));
        restart("1 hour", "none", "none");
        say("second");
        time.advance(Duration.ofMinutes(19));
        say("third");
        assertThat(names()).hasSize(1);

        time.advance(Duration.ofMinutes(1));
        say("fourth");

        assertThat(names()).containsExactly("codebuddy2api.2026-11-22_12-00-00_000000.log", "codebuddy2api.log");
        assertThat(live()).content().hasLineCount(1);
    }

    @Test
    void missed_periods_make_one_new_file() throws IOException {
        restart("hourly", "none", "none");
        say("first");
        time.advance(Duration.ofDays(3));
        say("second");
        say("third");

        assertThat(names()).hasSize(2);
        assertThat(live()).content().hasLineCount(2);
    }

    @Test
    void the_first_moment_of_a_foreign_file_is_what_the_disk_says_but_never_in_the_future() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(live(), "2999-01-01 00:00:00.000 +00:00 from a clock that was wrong\n");
        restart("1 hour", "none", "none");
        say("first");
        time.advance(Duration.ofMinutes(61));
        say("second");

        assertThat(names()).hasSize(2);
    }

    @Test
    void new_settings_hold_from_the_next_line_on() throws IOException {
        say("a".repeat(60));
        say("b".repeat(60));
        assertThat(names()).hasSize(1);

        file.apply(settings("100 B", "none", "none"));
        say("c");

        assertThat(names()).hasSize(2);
        assertThat(live()).content().hasLineCount(1).endsWith(" c\n");
    }

    @Test
    void with_two_kept_there_are_two_archives_and_the_live_file() throws IOException {
        restart("1 KB", "2", "gz");
        for (int i = 0; i < 10; i++) {
            say("x".repeat(980));
            time.advance(Duration.ofSeconds(1));
        }
        end();

        assertThat(names())
                .hasSize(3)
                .filteredOn(name -> name.endsWith(".log.gz"))
                .hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(names().get(0)))))
                .isEqualTo("rw-------");
    }

    @Test
    void files_older_than_their_age_go_at_the_next_rotation_and_others_are_nobodys() throws IOException {
        Files.createDirectories(folder);
        Instant now = time.instant();
        for (String name : List.of("codebuddy2api.old.log.zip", "codebuddy2api.log.1", "notes.log")) {
            Files.writeString(folder.resolve(name), "x");
            Files.setLastModifiedTime(folder.resolve(name), FileTime.from(now.minus(Duration.ofDays(8))));
        }
        Files.writeString(folder.resolve("codebuddy2api.new.log.zip"), "x");
        Files.setLastModifiedTime(
                folder.resolve("codebuddy2api.new.log.zip"), FileTime.from(now.minus(Duration.ofDays(6))));
        restart("1 B", "7 days", "none");
        say("one");
        assertThat(names()).hasSize(5);
        say("two");
        end();

        assertThat(names())
                .containsExactly(
                        "codebuddy2api.2026-11-22_12-00-00_000000.log",
                        "codebuddy2api.log",
                        "codebuddy2api.new.log.zip",
                        "notes.log");
    }

    @Test
    void without_rotation_old_files_go_when_the_file_is_closed() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("codebuddy2api.a.log"), "x");
        restart("none", "0", "none");
        say("one");
        assertThat(names()).hasSize(2);
        end();

        assertThat(names()).containsExactly("codebuddy2api.log");
    }

    @Test
    void a_torn_last_line_is_ended_before_the_next_begins() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(live(), "2026-11-22 11:00:00.000 +00:00 INFO half a li");
        say("whole");

        assertThat(live()).content().hasLineCount(2);
    }

    @Test
    void an_archive_left_unfinished_is_removed() throws IOException {
        Files.createDirectories(folder);
        Path unfinished = folder.resolve(".codebuddy2api.x.log.zip.tmp");
        Files.writeString(unfinished, "half");
        restart("none", "none", "none");
        end();

        assertThat(unfinished).doesNotExist();
    }

    @Test
    void a_full_disk_drops_lines_and_counts_them_and_is_told_once() throws IOException {
        say("before");
        disk.spaceLeft = 10;

        assertThat(write("torn"))
                .hasValueSatisfying(told ->
                        assertThat(told).contains("No space left on device").doesNotContain(home.toString()));
        assertThat(write("dropped at once")).isEmpty();
        time.advance(LogFile.RETRY_AFTER);
        assertThat(write("dropped again")).isEmpty();
        assertThat(file.dropped()).isEqualTo(3);

        disk.spaceLeft = Integer.MAX_VALUE;
        time.advance(LogFile.RETRY_AFTER);
        assertThat(write("after")).isEmpty();

        assertThat(live())
                .content()
                .contains(" before\n")
                .contains("3 lines are missing here")
                .endsWith(" after\n")
                .doesNotContain("dropped");
        assertThat(Files.readString(live()).lines()).allMatch(line -> line.startsWith("2026-11-22") || line.isEmpty());
        assertThat(file.dropped()).isEqualTo(3);
    }

    @Test
    void trouble_that_comes_back_is_told_again() {
        disk.spaceLeft = 0;
        assertThat(write("x")).isPresent();
        disk.spaceLeft = Integer.MAX_VALUE;
        time.advance(LogFile.RETRY_AFTER);
        assertThat(write("x")).isEmpty();
        disk.spaceLeft = 0;

        assertThat(write("x")).isPresent();
    }

    @Test
    void a_folder_in_the_place_of_the_file_stops_nobody() throws IOException {
        Files.createDirectories(live());

        assertThat(write("x")).hasValueSatisfying(told -> assertThat(told).contains("something else"));
        assertThat(file.dropped()).isEqualTo(1);
    }

    @Test
    void a_file_in_the_place_of_the_folder_stops_nobody() throws IOException {
        Files.writeString(folder, "x");

        assertThat(write("x")).isPresent();
        assertThat(file.dropped()).isEqualTo(1);
    }

    @Test
    void a_log_that_is_a_link_elsewhere_is_not_followed() throws IOException {
        Files.createDirectories(folder);
        Path elsewhere = home.resolve("precious");
        Files.writeString(elsewhere, "precious");
        Files.createSymbolicLink(live(), elsewhere);

        assertThat(write("x")).isPresent();
        assertThat(elsewhere).hasContent("precious");
    }

    @Test
    void a_file_that_somebody_took_away_is_begun_anew_at_the_next_rotation() throws IOException {
        restart("100 B", "none", "none");
        say("a".repeat(60));
        Files.delete(live());
        say("b".repeat(60));

        assertThat(names()).containsExactly("codebuddy2api.log");
        assertThat(live()).content().contains("bbb");
    }

    @Test
    void a_caller_whose_thread_is_interrupted_does_not_close_the_file_for_others() throws IOException {
        Thread.currentThread().interrupt();
        Optional<String> trouble = write("one");
        Optional<String> further = write("two");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(trouble).isEmpty();
        assertThat(further).isEmpty();
        assertThat(live()).content().hasLineCount(2);
    }

    @Test
    void nothing_is_written_after_the_end() throws IOException {
        say("before");
        end();

        assertThat(write("after")).isEmpty();
        assertThat(live()).content().hasLineCount(1);
    }

    @Test
    void what_cannot_be_packed_stays_as_it_is_and_is_told() throws IOException {
        restart("1 B", "none", "gz");
        Files.createDirectories(folder.resolve(".codebuddy2api.2026-11-22_12-00-00_000000.log.gz.tmp/in-the-way"));
        say("one");
        say("two");
        end();

        assertThat(names()).contains("codebuddy2api.2026-11-22_12-00-00_000000.log", "codebuddy2api.log");
        assertThat(troubles).hasSize(1).first().asString().startsWith("an old log file stays unpacked");
    }

    private void begin(String rotation, String retention, String compression) {
        LogDirectory directory = new LogDirectory(folder, ZoneOffset.UTC);
        archivist = new Archivist(directory, time, troubles::add);
        archivist.start();
        file = new LogFile(directory, disk, archivist, time, settings(rotation, retention, compression));
    }

    private void end() {
        file.close();
        archivist.close();
    }

    private void restart(String rotation, String retention, String compression) {
        end();
        begin(rotation, retention, compression);
    }

    private static LogSettings settings(String rotation, String retention, String compression) {
        try {
            return new LogSettings(
                    LogLevel.parse("INFO"),
                    RotationGrammar.parse(rotation),
                    Retention.parse(retention),
                    Compression.parse(compression));
        } catch (UnusableValueException e) {
            throw new AssertionError(e);
        }
    }

    private void say(String message) {
        assertThat(write(message)).isEmpty();
    }

    private Optional<String> write(String message) {
        String moment = LogLine.of("INFO", "x", "", LogLine.at(time.instant(), ZoneOffset.UTC))
                .substring(0, 30);
        return file.write((moment + " " + message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Path live() {
        return folder.resolve("codebuddy2api.log");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(found -> found.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private String unpacked(String name) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A disk that can fill up in the middle of a line. */
    private static final class Disk implements LogFile.Opener {
        private int spaceLeft = Integer.MAX_VALUE;

        @Override
        public OutputStream open(Path path) throws IOException {
            OutputStream real = LogDirectory.open(path);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    int fits = Math.min(length, spaceLeft);
                    real.write(bytes, from, fits);
                    spaceLeft -= fits;
                    if (fits < length) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }
}
