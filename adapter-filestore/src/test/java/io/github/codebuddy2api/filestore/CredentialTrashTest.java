package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialTrashTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;
    private CredentialFiles files;
    private CredentialId id;

    @BeforeEach
    void fill_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
        bench.put("a.json", token("a"));
        bench.put("b.json", token("b"));
        files = bench.files();
        id = files.all().getFirst().id();
    }

    @Test
    void a_deleted_credential_lies_in_the_trash_under_the_time_and_its_name() throws IOException {
        assertThat(files.delete(id)).isTrue();

        assertThat(tokens(files)).containsExactly("b");
        assertThat(bench.tree()).containsExactly(".trash/" + NOW.getEpochSecond() + "_a.json", "b.json");
        assertThat(files.delete(id)).as("it is gone already").isFalse();
    }

    @Test
    void the_trash_is_on_the_disk_before_anything_is_moved_into_it() throws IOException {
        RecordingDisk disk = new RecordingDisk(home, false);

        bench.files(disk).delete(id);

        assertThat(disk.history().told())
                .startsWith(
                        "creds/.trash comes", "force creds", "creds/.trash/" + NOW.getEpochSecond() + "_a.json comes");
    }

    @Test
    void what_comes_back_has_its_name_on_the_disk_before_it_leaves_the_trash() throws IOException {
        files.delete(id);
        RecordingDisk disk = new RecordingDisk(home, false);

        bench.files(disk).restore(id);

        assertThat(disk.history().told())
                .containsExactly(
                        "creds/a.json comes",
                        "force creds",
                        "creds/.trash/" + NOW.getEpochSecond() + "_a.json goes",
                        "force creds/.trash");
    }

    @Test
    void it_comes_back_as_it_was_under_its_old_id() throws IOException {
        List<Credential> before = files.all();
        files.delete(id);

        assertThat(files.restore(id)).isTrue();

        assertThat(files.all()).isEqualTo(before);
        assertThat(bench.tree()).containsExactly("a.json", "b.json");
        assertThat(files.restore(id)).as("it is back already").isFalse();
    }

    @Test
    void a_place_that_was_taken_meanwhile_stays_taken() throws IOException {
        files.delete(id);
        bench.put("a.json", token("another"));

        assertThat(files.restore(id)).isFalse();

        assertThat(bench.text("a.json")).isEqualTo(token("another"));
        assertThat(bench.tree()).hasSize(3);
    }

    @Test
    void of_two_that_had_the_name_the_last_comes_back() throws IOException {
        files.delete(id);
        bench.put("a.json", token("later"));
        bench.later(files);
        files.delete(id);
        bench.put("a.json", token("last"));
        files.allNow();
        files.delete(id);

        assertThat(bench.tree()).hasSize(4);
        assertThat(files.restore(id)).isTrue();
        assertThat(tokens(files)).containsExactly("last", "b");
    }

    @Test
    void after_seven_days_it_is_gone_for_good() throws IOException {
        files.delete(id);
        bench.time.advance(Duration.ofDays(7));
        bench.files();
        assertThat(bench.tree()).as("not a second earlier").hasSize(2);

        bench.time.advance(Duration.ofSeconds(1));

        assertThat(files.restore(id)).isFalse();
        assertThat(bench.tree()).containsExactly("b.json");
    }

    @Test
    void the_start_empties_the_trash_too() throws IOException {
        files.delete(id);
        bench.time.advance(Duration.ofDays(8));

        bench.files();

        assertThat(bench.tree()).containsExactly("b.json");
    }

    @Test
    void a_credential_that_was_removed_by_hand_a_moment_ago_was_not_there() throws IOException {
        Files.delete(bench.directory.resolve("a.json"));

        assertThat(files.delete(id)).isFalse();

        assertThat(tokens(files)).containsExactly("b");
    }

    @Test
    void what_was_dropped_in_a_moment_ago_can_be_deleted_too() throws IOException {
        bench.put("c.json", token("c"));

        assertThat(files.delete(new CredentialId(CredentialDirectory.id("c.json"))))
                .isTrue();
    }

    @Test
    void a_link_in_the_place_of_the_trash_is_not_followed() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(bench.directory.resolve(".trash"), elsewhere);

        assertThatThrownBy(() -> files.delete(id)).isInstanceOf(StoreFailed.class);

        assertThat(tokens(files)).containsExactly("a", "b");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(files.restore(id)).isFalse();
    }

    @Test
    void foreign_things_in_the_trash_are_left_alone() throws IOException {
        files.delete(id);
        Path trash = bench.directory.resolve(".trash");
        Files.writeString(trash.resolve("notes.txt"), "mine");
        Files.createDirectory(trash.resolve("9_a.json"));
        bench.time.advance(Duration.ofDays(30));

        assertThat(files.restore(id)).isFalse();

        assertThat(trash.resolve("notes.txt")).exists();
        assertThat(trash.resolve("9_a.json")).isDirectory();
    }

    @Test
    void a_name_too_long_for_the_trash_is_said_plainly() throws IOException {
        String name = "n".repeat(250) + ".json";
        bench.put(name, token("n"));
        files.allNow();

        assertThatThrownBy(() -> files.delete(new CredentialId(CredentialDirectory.id(name))))
                .isInstanceOf(StoreFailed.class)
                .hasMessage("The credential could not be deleted: its name is too long.");

        assertThat(tokens(files)).contains("n");
    }

    @Test
    void a_place_that_is_taken_at_the_last_moment_is_not_overwritten() throws IOException {
        CredentialFiles racing = bench.files(new RacingDisk(() -> bench.put("a.json", token("another"))));
        racing.delete(id);

        assertThat(racing.restore(id)).isFalse();

        assertThat(bench.text("a.json")).isEqualTo(token("another"));
        assertThat(bench.tree()).hasSize(3);
    }

    @Test
    void a_crash_in_the_middle_of_a_restore_is_put_right_by_the_next_start() throws IOException {
        files.delete(id);
        Path trashed = bench.directory.resolve(".trash/" + NOW.getEpochSecond() + "_a.json");
        Files.createLink(bench.directory.resolve("a.json"), trashed);

        assertThat(tokens(bench.files())).containsExactly("a", "b");
        assertThat(bench.tree()).containsExactly("a.json", "b.json");
    }

    @Test
    void a_file_that_cannot_be_asked_is_as_it_was_last_read() throws IOException {
        CredentialDirectory directory = new CredentialDirectory(bench.directory);
        Path askable = bench.directory.resolve("a.json");
        Path unaskable = bench.directory.resolve("n".repeat(300) + ".json");
        CredentialDirectory.Seen before = directory.look("a.json", askable, null, NOW);

        assertThat(directory.look("a.json", unaskable, before, NOW)).isSameAs(before);
        Files.delete(askable);
        assertThat(directory.look("a.json", askable, before, NOW)).isNull();
    }

    /** What another program does. */
    private interface Deed {
        Path run() throws IOException;
    }

    /** The real disk, on which another program is a moment faster than every new name. */
    private record RacingDisk(Deed deed, Disk disk) implements Disk {
        RacingDisk(Deed deed) {
            this(deed, new LocalDisk());
        }

        @Override
        public FileChannel create(Path file) throws IOException {
            return disk.create(file);
        }

        @Override
        public void write(FileChannel channel, ByteBuffer content) throws IOException {
            disk.write(channel, content);
        }

        @Override
        public void force(FileChannel channel) throws IOException {
            disk.force(channel);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (!String.valueOf(to.getFileName()).contains("_")) {
                deed.run();
            }
            disk.rename(from, to);
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            deed.run();
            disk.link(file, name);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            disk.forceDirectory(directory);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }
    }
}
