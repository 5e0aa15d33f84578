package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.codebuddy2api.core.spi.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialTidyingTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;

    @BeforeEach
    void make_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"bearer_token\": \"canary", "{\"bearer_token\": \"canary\"}\0\0\0"})
    void a_torn_file_of_ours_is_moved_at_the_start_and_the_others_serve(String content) throws IOException {
        Path torn = bench.put("codebuddy_token_1.json", content);
        Files.setPosixFilePermissions(torn, PosixFilePermissions.fromString("rw-r--r--"));
        bench.put("codebuddy_token_2.json", token("good"));
        bench.settle();

        CredentialFiles files = bench.files();

        String moved = ".quarantine/" + bench.time.instant().getEpochSecond() + "_codebuddy_token_1.json";
        assertThat(tokens(files)).containsExactly("good");
        assertThat(bench.tree()).containsExactly(moved, "codebuddy_token_2.json");
        assertThat(bench.text(moved)).isEqualTo(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory.resolve(moved))))
                .isEqualTo("rw-------");
        assertThat(bench.scans)
                .singleElement()
                .satisfies(scan -> assertThat(scan.quarantined()).isEqualTo(1));
    }

    @Test
    void what_is_in_quarantine_is_listed_with_its_reason_from_start_to_start() throws IOException {
        bench.put("codebuddy_token_1.json", "{");
        bench.settle();
        bench.files();

        CredentialFiles again = bench.files();
        bench.put("a.json", token("a"));

        assertThat(bench.later(again).skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactly(tuple("codebuddy_token_1.json", "it was torn, and was moved to .quarantine"));
        assertThat(bench.scans).extracting(CredentialScan::quarantined).containsExactly(1, 0, 0);
    }

    @Test
    void a_foreign_file_and_whole_json_are_skipped_where_they_are() throws IOException {
        bench.put("codebuddy_list.json", "[]");
        bench.put("codebuddy_none.json", "{\"refresh_token\": \"r\"}");
        bench.put("notes.json", "{");
        Files.createDirectory(bench.directory.resolve("codebuddy_dir.json"));
        Files.createSymbolicLink(bench.directory.resolve("codebuddy_link.json"), home.resolve("nowhere"));
        bench.settle();

        CredentialFiles files = bench.files();

        assertThat(bench.tree())
                .containsExactly("codebuddy_link.json", "codebuddy_list.json", "codebuddy_none.json", "notes.json");
        assertThat(files.skipped()).hasSize(5);
    }

    @Test
    void while_running_nothing_is_moved() throws IOException {
        CredentialFiles files = bench.files();
        bench.put("codebuddy_token_1.json", "{");

        assertThat(bench.later(files).skipped()).hasSize(1);

        assertThat(bench.tree()).containsExactly("codebuddy_token_1.json");
    }

    @Test
    void temporary_files_of_ours_are_removed_at_the_start_and_counted() throws IOException {
        bench.put(".0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f.tmp", "half a tok");
        bench.put(".theirs.tmp", "x");
        bench.put("a.json", token("a"));

        bench.files();

        assertThat(bench.tree()).containsExactly(".theirs.tmp", "a.json");
        assertThat(bench.scans).extracting(CredentialScan::swept).containsExactly(1);
    }

    @Test
    void a_new_file_whose_temporary_name_was_left_behind_is_whole() throws IOException {
        Path temporary = bench.put(".0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f.tmp", token("a"));
        Files.createLink(bench.directory.resolve("codebuddy_token_1.json"), temporary);

        assertThat(tokens(bench.files())).containsExactly("a");
    }

    @Test
    void a_program_beside_the_service_leaves_everything_where_it_is() throws IOException {
        bench.put(".0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f.tmp", "half a tok");
        bench.put("codebuddy_token_1.json", "{");
        bench.put("codebuddy_token_2.json", token("good"));
        var before = bench.tree();

        CredentialFiles files = CredentialFiles.beside(bench.directory, bench.time);

        assertThat(tokens(files)).containsExactly("good");
        assertThat(bench.tree()).isEqualTo(before);
        assertThat(files.skipped()).hasSize(1);
    }

    @Test
    void a_directory_of_which_nothing_can_be_moved_serves_what_it_has() throws IOException {
        bench.put("codebuddy_token_1.json", "{");
        bench.put("codebuddy_token_2.json", token("good"));
        Files.writeString(bench.directory.resolve(".quarantine"), "in the way");
        bench.settle();

        CredentialFiles files = bench.files();

        assertThat(tokens(files)).containsExactly("good");
        assertThat(files.skipped()).hasSize(1);
        assertThat(bench.tree()).isEqualTo(List.of(".quarantine", "codebuddy_token_1.json", "codebuddy_token_2.json"));
    }

    @Test
    void a_file_that_is_being_written_this_moment_is_not_moved() throws IOException {
        Path unfinished = bench.put("codebuddy_token_1.json", "{\"bearer_to");
        Instant changed = FileStamp.of(unfinished).changedAt().toInstant();
        Disk disk = new LocalDisk();
        SetAside quarantine = new SetAside(CredentialChanges.QUARANTINE, disk);

        assertThat(new CredentialTidying(quarantine, disk, at(changed.plusSeconds(1)))
                        .tidy(bench.directory)
                        .moved())
                .isZero();
        assertThat(unfinished).exists();
        assertThat(new CredentialTidying(quarantine, disk, at(changed.plusSeconds(60)))
                        .tidy(bench.directory)
                        .moved())
                .isEqualTo(1);
    }

    private static Time at(Instant now) {
        return new Time() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        };
    }

    @Test
    void a_whole_file_that_cannot_be_used_stays_where_it_is() throws IOException {
        bench.put("codebuddy_deep.json", "[".repeat(100) + "]".repeat(100));
        bench.put("codebuddy_long.json", "{\"a\": " + "9".repeat(1_000) + "}");
        bench.put("codebuddy_twice.json", "{\"bearer_token\": \"a\", \"bearer_token\": \"b\"}");
        bench.put("codebuddy_word.json", "x");
        Files.write(bench.directory.resolve("codebuddy_latin.json"), new byte[] {'{', (byte) 0xE9, '}'});
        bench.settle();

        CredentialFiles files = bench.files();

        assertThat(bench.tree()).hasSize(5).noneMatch(name -> name.startsWith(CredentialChanges.QUARANTINE));
        assertThat(files.skipped()).hasSize(5);
    }
}
