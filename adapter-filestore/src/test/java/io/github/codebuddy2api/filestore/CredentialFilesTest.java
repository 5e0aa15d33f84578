package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFilesTest {
    private static final String GOOD = "{\"bearer_token\": \"not-a-token\"}";

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private final List<CredentialScan> scans = new ArrayList<>();
    private Path directory;

    @BeforeEach
    void make_the_directory() throws IOException {
        directory = Files.createDirectory(home.resolve("creds"));
    }

    private CredentialFiles files() {
        return new CredentialFiles(directory, time, scans::add);
    }

    private Path put(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static List<String> tokens(CredentialFiles files) {
        return files.all().stream()
                .map(credential -> credential.accessToken().reveal())
                .toList();
    }

    private static String token(String token) {
        return "{\"bearer_token\": \"" + token + "\"}";
    }

    @Test
    void a_missing_directory_is_made_for_its_owner_alone() throws IOException {
        directory = home.resolve("new").resolve("creds");

        assertThat(files().all()).isEmpty();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(scans).isEmpty();
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_said_plainly() throws IOException {
        directory = Files.writeString(home.resolve("file"), "x");

        assertThatThrownBy(this::files)
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("a file is in its place")
                .hasMessageNotContaining(home.toString());
    }

    @Test
    void the_files_come_in_the_order_of_their_names_under_ids_made_of_them() throws IOException {
        put("b.json", token("b"));
        put("B.json", token("B"));
        put("a.json", token("a"));

        CredentialFiles files = files();

        assertThat(tokens(files)).containsExactly("B", "a", "b");
        assertThat(files.all().get(1).id().value()).isEqualTo("6025a12236ee54ba");
        assertThat(files.all().get(1).id().value()).isEqualTo(CredentialDirectory.id("a.json"));
    }

    @Test
    void what_is_not_a_credential_file_by_name_is_not_even_mentioned() throws IOException {
        put("manager_state.json", "{}");
        put(".hidden.json", GOOD);
        put(".x.tmp", GOOD);
        put("a.json.tmp", GOOD);
        put("a.json.bak", GOOD);
        put("notes.txt", "x");
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub").resolve("inner.json"), GOOD);

        CredentialFiles files = files();

        assertThat(files.all()).isEmpty();
        assertThat(files.skipped()).isEmpty();
    }

    @Test
    void links_pipes_directories_and_shared_files_are_skipped_and_never_opened() throws Exception {
        Path outside = Files.writeString(home.resolve("outside.json"), GOOD);
        Files.createSymbolicLink(directory.resolve("a-link.json"), outside);
        Files.createSymbolicLink(directory.resolve("b-loop.json"), directory.resolve("b-loop.json"));
        Files.createLink(directory.resolve("c-shared.json"), outside);
        Files.createDirectory(directory.resolve("d-directory.json"));
        int made = new ProcessBuilder("mkfifo", directory.resolve("e-pipe.json").toString())
                .start()
                .waitFor();
        put("f-good.json", token("good"));

        CredentialFiles files = files();

        assertThat(made).isZero();
        assertThat(tokens(files)).containsExactly("good");
        assertThat(files.skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactly(
                        tuple("a-link.json", "it is a link, and links are not followed"),
                        tuple("b-loop.json", "it is a link, and links are not followed"),
                        tuple("c-shared.json", "it is a hard link: the same file has another name elsewhere"),
                        tuple("d-directory.json", "it is not a regular file"),
                        tuple("e-pipe.json", "it is not a regular file"));
    }

    @Test
    void names_that_cannot_be_shown_are_skipped_and_shown_harmlessly() throws IOException {
        put("a\nb\u001B[31m.json", GOOD);
        put("z\u007F.json", GOOD);

        CredentialFiles files = files();

        assertThat(files.skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactly(
                        tuple("a?b?[31m.json", "its name has characters that cannot be shown"),
                        tuple("z?.json", "its name has characters that cannot be shown"));
        assertThat(files.all()).isEmpty();
    }

    @Test
    void a_name_that_is_no_text_is_skipped_and_the_others_serve() throws Exception {
        put("a.json", token("good"));
        int made = new ProcessBuilder("sh", "-c", "printf '{}' > \"$(printf 'b\\377')\".json")
                .directory(directory.toFile())
                .start()
                .waitFor();

        CredentialFiles files = files();

        assertThat(tokens(files)).containsExactly("good");
        assertThat(files.skipped())
                .as("some file systems refuse such a name themselves")
                .extracting(SkippedFile::reason)
                .isEqualTo(made == 0 ? List.of("its name has characters that cannot be shown") : List.of());
    }

    @Test
    void a_huge_an_empty_and_a_broken_file_are_skipped_and_the_others_serve() throws IOException {
        put("a.json", "{" + " ".repeat(CredentialJson.MAX_BYTES) + "}");
        put("b.json", "");
        put("c.json", "{\"bearer_token\": ");
        put("d.json", token("good"));

        CredentialFiles files = files();

        assertThat(tokens(files)).containsExactly("good");
        assertThat(files.skipped())
                .extracting(SkippedFile::reason)
                .satisfiesExactly(
                        huge -> assertThat(huge).isEqualTo("it is larger than 1 MiB"),
                        empty -> assertThat(empty).isEqualTo("it is empty"),
                        broken -> assertThat(broken).startsWith("it is not valid JSON (line 1, column"));
        assertThat(files.skipped().toString()).doesNotContain("c.json").contains(CredentialDirectory.id("c.json"));
    }

    @Test
    void a_file_that_others_may_read_is_tightened_and_counted_once() throws IOException {
        Path file = put("a.json", GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
        Path foreign = put("package.json", "{}");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-r--r--"));

        CredentialFiles files = files();
        later(files);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(foreign)))
                .as("a file that holds no credential is none of our business")
                .isEqualTo("rw-r--r--");
        assertThat(scans).extracting(CredentialScan::tightened).containsExactly(1);
    }

    @Test
    void changes_are_seen_a_second_later_and_not_earlier() throws IOException {
        CredentialFiles files = files();
        put("a.json", token("one"));

        assertThat(files.all()).isEmpty();
        time.advance(Duration.ofMillis(999));
        assertThat(files.all()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(tokens(files)).containsExactly("one");

        put("a.json", token("two"));
        assertThat(tokens(later(files))).containsExactly("two");
        Files.delete(directory.resolve("a.json"));
        assertThat(later(files).all()).isEmpty();
    }

    @Test
    void the_same_list_comes_back_as_long_as_nothing_changed_on_disk() throws IOException {
        put("a.json", token("one"));
        put("b.json", "broken");
        CredentialFiles files = files();
        List<Credential> first = files.all();
        List<SkippedFile> skipped = files.skipped();

        Files.setLastModifiedTime(directory.resolve("a.json"), FileTime.fromMillis(5));

        assertThat(later(files).all()).isSameAs(first);
        assertThat(files.skipped()).isSameAs(skipped);
        assertThat(scans).hasSize(1);
    }

    @Test
    void a_change_within_the_coarseness_of_the_clock_is_seen_too() throws IOException {
        Path file = put("a.json", token("one"));
        CredentialFiles files = files();
        var modified = Files.getLastModifiedTime(file);

        Files.writeString(file, token("two"));
        Files.setLastModifiedTime(file, modified);

        assertThat(tokens(later(files))).containsExactly("two");
    }

    @Test
    void a_file_caught_while_being_written_keeps_its_credential_until_it_is_whole_again() throws IOException {
        put("a.json", token("one"));
        CredentialFiles files = files();

        put("a.json", "{\"bearer_to");
        assertThat(tokens(later(files))).containsExactly("one");
        assertThat(files.skipped())
                .singleElement()
                .satisfies(file -> assertThat(file.reason()).endsWith("; what it held before is still used"));

        put("a.json", token("two"));
        assertThat(tokens(later(files))).containsExactly("two");
        assertThat(files.skipped()).isEmpty();
    }

    @Test
    void a_skipped_file_is_reported_once_per_change() throws IOException {
        put("a.json", "broken");
        CredentialFiles files = files();
        later(files);
        put("a.json", "{}");
        later(files);
        later(files);

        assertThat(scans)
                .extracting(scan -> scan.newlySkipped().size(), CredentialScan::usable)
                .containsExactly(tuple(1, 0), tuple(1, 0));
    }

    @Test
    void a_directory_that_goes_takes_its_credentials_along_and_brings_them_back() throws IOException {
        put("a.json", token("one"));
        CredentialFiles files = files();
        Path away = Files.move(directory, home.resolve("away"));

        assertThat(later(files).all()).isEmpty();
        assertThat(scans.getLast().directoryTrouble()).contains("it does not exist any more");

        Files.move(away, directory);
        assertThat(tokens(later(files))).containsExactly("one");
        assertThat(scans.getLast().directoryTrouble()).isEmpty();
    }

    @Test
    void one_caller_looks_and_the_others_get_the_list_as_it_was() throws Exception {
        put("a.json", token("one"));
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        CredentialFiles files = new CredentialFiles(directory, new SlowTime(time, slow, looking, goOn), scans::add);
        put("a.json", token("two"));
        slow.set(true);
        time.advance(Duration.ofSeconds(1));

        Thread first = Thread.ofVirtual().start(files::all);
        looking.await();
        List<String> meanwhile = tokens(files);
        goOn.countDown();
        first.join();

        assertThat(meanwhile).containsExactly("one");
        assertThat(tokens(files)).containsExactly("two");
    }

    /** A clock on which one look at the directory takes as long as the test wants. */
    private record SlowTime(ManualTime time, AtomicBoolean slow, CountDownLatch looking, CountDownLatch goOn)
            implements Time {
        @Override
        public Instant instant() {
            if (slow.get()) {
                looking.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            }
            return time.instant();
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }
    }

    @Test
    void a_caller_who_is_interrupted_sees_every_file_all_the_same() throws IOException {
        put("a.json", token("one"));
        CredentialFiles files = files();
        put("b.json", token("two"));
        time.advance(Duration.ofSeconds(1));

        Thread.currentThread().interrupt();
        List<String> tokens = tokens(files);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tokens).containsExactly("one", "two");
        assertThat(files.skipped()).isEmpty();
    }

    @Test
    void ten_thousand_files_are_read_and_the_next_ones_are_not() throws IOException {
        for (int i = 0; i < CredentialDirectory.MAX_FILES; i++) {
            Files.writeString(directory.resolve("c%05d.json".formatted(i)), token("t" + i));
        }
        CredentialFiles files = files();
        List<Credential> all = files.all();
        assertThat(all.stream().map(Credential::id).distinct()).hasSize(CredentialDirectory.MAX_FILES);
        assertThat(scans.getLast().directoryTrouble()).isEmpty();

        put("z-one-more.json", GOOD);

        assertThat(later(files).all()).isSameAs(all);
        assertThat(scans.getLast().directoryTrouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("more than 10000 files"));
    }

    @Test
    void mutated_files_are_read_or_skipped_and_never_break_a_look() throws IOException {
        long seed = System.nanoTime();
        System.out.println("CredentialFilesTest seed " + seed);
        Random random = new Random(seed);
        byte[] whole = """
                {"bearer_token": "canary-1", "user_id": "canary-2", "created_at": 1785000000, "expires_in": 31536000,
                 "refresh_token": "canary-3", "domain": "www.codebuddy.ai", "user_info": {"email": "a@example.com"},
                 "auth": {"accessToken": "canary-4", "expiresAt": "2026-07-25T17:20:00Z"}, "x": [1.5e3, null, true]}
                """.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_500; i++) {
            Files.write(directory.resolve("c" + i + ".json"), mutated(whole, random));
        }
        put("zz-good.json", token("good"));

        CredentialFiles files = files();

        assertThat(tokens(files)).as("seed %d", seed).contains("good");
        assertThat(files.all().size() + files.skipped().size()).isGreaterThanOrEqualTo(1_501);
        assertThat(files.skipped())
                .isNotEmpty()
                .extracting(SkippedFile::reason)
                .noneMatch(why -> why.contains("canary"));
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] copy = Arrays.copyOf(bytes, random.nextInt(bytes.length / 2, bytes.length + 1));
        String special = "{}[]\",:\\0-+eE.u ";
        for (int i = random.nextInt(0, 6); i > 0; i--) {
            boolean any = random.nextBoolean();
            copy[random.nextInt(copy.length)] =
                    (byte) (any ? random.nextInt(256) : special.charAt(random.nextInt(special.length())));
        }
        return random.nextInt(4) == 0 ? bytes : copy;
    }

    private CredentialFiles later(CredentialFiles files) {
        time.advance(Duration.ofSeconds(1));
        files.all();
        return files;
    }
}
