package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
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
    void the_file_and_its_folder_are_for_their_owner_alone() throws IOException {
        log.say("one");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.live())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_others_may_read_is_tightened() throws IOException {
        Files.createDirectories(log.folder());
        Files.writeString(log.live(), "before\n");
        Files.setPosixFilePermissions(log.live(), PosixFilePermissions.fromString("rw-r--r--"));

        log.say("after");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.live())))
                .isEqualTo("rw-------");
        assertThat(log.live()).content().startsWith("before\n").endsWith(" after\n");
    }

    @Test
    void a_line_too_many_begins_a_new_file_and_the_old_is_named_by_its_first_moment() throws IOException {
        log.restart("130 B", "none", "none");
        log.say("a".repeat(30));
        log.time().advance(Duration.ofSeconds(7));
        log.say("b".repeat(30));
        log.say("c".repeat(30));
        log.end();

        assertThat(log.names()).containsExactly("codebuddy2api.2026-11-22_12-00-00_000000.log", "codebuddy2api.log");
        assertThat(log.folder().resolve(log.names().get(0)))
                .content()
                .hasLineCount(2)
                .contains("aaa", "bbb");
        assertThat(log.live()).content().hasLineCount(1).contains("ccc");
    }

    @Test
    void files_of_the_same_moment_are_counted() throws IOException {
        log.restart("1 B", "none", "gz");
        for (int i = 0; i < 4; i++) {
            log.say("line " + i);
        }
        log.end();

        assertThat(log.names())
                .containsExactly(
                        "codebuddy2api.2026-11-22_12-00-00_000000.2.log.gz",
                        "codebuddy2api.2026-11-22_12-00-00_000000.3.log.gz",
                        "codebuddy2api.2026-11-22_12-00-00_000000.log.gz",
                        "codebuddy2api.log");
        assertThat(log.unpacked(log.names().get(2))).endsWith("line 0\n");
        assertThat(log.unpacked(log.names().get(0))).endsWith("line 1\n");
    }

    @Test
    void a_restart_does_not_make_the_file_younger() throws IOException {
        log.restart("1 hour", "none", "none");
        log.say("first");
        log.time().advance(Duration.ofMinutes(40));
        log.restart("1 hour", "none", "none");
        log.say("second");
        log.time().advance(Duration.ofMinutes(19));
        log.say("third");
        assertThat(log.names()).hasSize(1);

        log.time().advance(Duration.ofMinutes(1));
        log.say("fourth");

        assertThat(log.names()).containsExactly("codebuddy2api.2026-11-22_12-00-00_000000.log", "codebuddy2api.log");
        assertThat(log.live()).content().hasLineCount(1);
    }

    @Test
    void missed_periods_make_one_new_file() throws IOException {
        log.restart("hourly", "none", "none");
        log.say("first");
        log.time().advance(Duration.ofDays(3));
        log.say("second");
        log.say("third");

        assertThat(log.names()).hasSize(2);
        assertThat(log.live()).content().hasLineCount(2);
    }

    @Test
    void the_first_moment_of_a_foreign_file_is_what_the_disk_says_but_never_in_the_future() throws IOException {
        Files.createDirectories(log.folder());
        Files.writeString(log.live(), "2999-01-01 00:00:00.000 +00:00 from a clock that was wrong\n");
        log.restart("1 hour", "none", "none");
        log.say("first");
        log.time().advance(Duration.ofMinutes(61));
        log.say("second");

        assertThat(log.names()).hasSize(2);
    }

    @Test
    void new_settings_hold_from_the_next_line_on() throws IOException {
        log.say("a".repeat(60));
        log.say("b".repeat(60));
        assertThat(log.names()).hasSize(1);

        log.file().apply(LogFolder.settings("100 B", "none", "none"));
        log.say("c");

        assertThat(log.names()).hasSize(2);
        assertThat(log.live()).content().hasLineCount(1).endsWith(" c\n");
    }

    @Test
    void with_two_kept_there_are_two_archives_and_the_live_file() throws IOException {
        log.restart("1 KB", "2", "gz");
        for (int i = 0; i < 10; i++) {
            log.say("x".repeat(980));
            log.time().advance(Duration.ofSeconds(1));
        }
        log.end();

        assertThat(log.names())
                .hasSize(3)
                .filteredOn(name -> name.endsWith(".log.gz"))
                .hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        log.folder().resolve(log.names().get(0)))))
                .isEqualTo("rw-------");
    }

    @Test
    void files_older_than_their_age_go_at_the_next_rotation_and_others_are_nobodys() throws IOException {
        Files.createDirectories(log.folder());
        Instant now = log.time().instant();
        for (String name : List.of("codebuddy2api.old.log.zip", "codebuddy2api.log.1", "notes.log")) {
            Files.writeString(log.folder().resolve(name), "x");
            Files.setLastModifiedTime(log.folder().resolve(name), FileTime.from(now.minus(Duration.ofDays(8))));
        }
        Files.writeString(log.folder().resolve("codebuddy2api.new.log.zip"), "x");
        Files.setLastModifiedTime(
                log.folder().resolve("codebuddy2api.new.log.zip"), FileTime.from(now.minus(Duration.ofDays(6))));
        log.restart("1 B", "7 days", "none");
        log.say("one");
        assertThat(log.names()).hasSize(5);
        log.say("two");
        log.end();

        assertThat(log.names())
                .containsExactly(
                        "codebuddy2api.2026-11-22_12-00-00_000000.log",
                        "codebuddy2api.log",
                        "codebuddy2api.new.log.zip",
                        "notes.log");
    }

    @Test
    void without_rotation_old_files_go_when_the_file_is_closed() throws IOException {
        Files.createDirectories(log.folder());
        Files.writeString(log.folder().resolve("codebuddy2api.a.log"), "x");
        log.restart("none", "0", "none");
        log.say("one");
        assertThat(log.names()).hasSize(2);
        log.end();

        assertThat(log.names()).containsExactly("codebuddy2api.log");
    }

    @Test
    void nothing_is_written_after_the_end() throws IOException {
        log.say("before");
        log.end();

        assertThat(log.write("after")).isEmpty();
        assertThat(log.live()).content().hasLineCount(1);
    }
}
