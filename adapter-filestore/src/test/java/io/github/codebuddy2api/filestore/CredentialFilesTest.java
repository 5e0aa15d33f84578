package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.GOOD;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFilesTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;

    @BeforeEach
    void make_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
    }

    @Test
    void a_missing_directory_is_made_for_its_owner_alone() throws IOException {
        bench = new CredentialFilesBench(home.resolve("new").resolve("creds"));

        assertThat(bench.files().all()).isEmpty();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory)))
                .isEqualTo("rwx------");
        assertThat(bench.scans).isEmpty();
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_said_plainly() throws IOException {
        bench = new CredentialFilesBench(Files.writeString(home.resolve("file"), "x"));

        assertThatThrownBy(bench::files)
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("a file is in its place")
                .hasMessageNotContaining(home.toString());
    }

    @Test
    void the_files_come_in_the_order_of_their_names_under_ids_made_of_them() throws IOException {
        bench.put("b.json", token("b"));
        bench.put("B.json", token("B"));
        bench.put("a.json", token("a"));

        CredentialFiles files = bench.files();

        assertThat(tokens(files)).containsExactly("B", "a", "b");
        assertThat(files.all().get(1).id().value()).isEqualTo("6025a12236ee54ba");
        assertThat(files.all().get(1).id().value()).isEqualTo(CredentialDirectory.id("a.json"));
    }

    @Test
    void a_file_that_others_may_read_is_tightened_and_counted_once() throws IOException {
        Path file = bench.put("a.json", GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
        Path foreign = bench.put("package.json", "{}");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-r--r--"));

        CredentialFiles files = bench.files();
        bench.later(files);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(foreign)))
                .as("a file that holds no credential is none of our business")
                .isEqualTo("rw-r--r--");
        assertThat(bench.scans).extracting(CredentialScan::tightened).containsExactly(1);
    }

    @Test
    void ten_thousand_files_are_read_and_the_next_ones_are_not() throws IOException {
        for (int i = 0; i < CredentialDirectory.MAX_FILES; i++) {
            Files.writeString(bench.directory.resolve("c%05d.json".formatted(i)), token("t" + i));
        }
        CredentialFiles files = bench.files();
        List<Credential> all = files.all();
        assertThat(all.stream().map(Credential::id).distinct()).hasSize(CredentialDirectory.MAX_FILES);
        assertThat(bench.scans.getLast().directoryTrouble()).isEmpty();

        bench.put("z-one-more.json", GOOD);

        assertThat(bench.later(files).all()).isSameAs(all);
        assertThat(bench.scans.getLast().directoryTrouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("more than 10000 files"));
        assertThatThrownBy(() -> files.add(CredentialFilesBench.typedIn("T", null)))
                .isInstanceOfSatisfying(
                        StoreFailed.class, full -> assertThat(full.obstacle()).isEqualTo(StoreFailed.Obstacle.FULL));
    }

    @Test
    void another_directory_is_read_as_soon_as_it_is_named() throws IOException {
        bench.put("a.json", token("one"));
        AtomicReference<Path> named = new AtomicReference<>(bench.directory);
        CredentialFiles files = new CredentialFiles(named::get, bench.time, bench.scans::add);
        Path other = home.resolve("other").resolve("creds");

        named.set(other);

        assertThat(files.all()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rwx------");
        files.add(CredentialFilesBench.typedIn("two", null));
        assertThat(tokens(files)).containsExactly("two");
        named.set(bench.directory);
        assertThat(tokens(files)).containsExactly("one");
        assertThat(bench.tree()).containsExactly("a.json");
        assertThat(bench.scans).extracting(CredentialScan::usable).containsExactly(1, 0, 1, 1);
    }

    @Test
    void a_directory_that_cannot_be_made_has_no_credentials_and_says_so() throws IOException {
        bench.put("a.json", token("one"));
        AtomicReference<Path> named = new AtomicReference<>(bench.directory);
        CredentialFiles files = new CredentialFiles(named::get, bench.time, bench.scans::add);

        named.set(Files.writeString(home.resolve("file"), "x"));

        assertThat(files.all()).isEmpty();
        assertThat(bench.scans.getLast().directoryTrouble()).isPresent();
        assertThatThrownBy(() -> files.add(CredentialFilesBench.typedIn("two", null)))
                .isInstanceOf(StoreFailed.class);
        named.set(bench.directory);
        assertThat(tokens(files)).containsExactly("one");
    }

    @Test
    void what_is_there_now_is_seen_without_waiting_for_a_second() throws IOException {
        CredentialFiles files = bench.files();
        bench.put("a.json", token("one"));

        assertThat(files.allNow()).hasSize(1).isSameAs(files.all());
    }
}
