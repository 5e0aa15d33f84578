package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFilesChangesTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;

    @BeforeEach
    void make_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
    }

    @Test
    void changes_are_seen_a_second_later_and_not_earlier() throws IOException {
        CredentialFiles files = bench.files();
        bench.put("a.json", token("one"));

        assertThat(files.all()).isEmpty();
        bench.time.advance(Duration.ofMillis(999));
        assertThat(files.all()).isEmpty();
        bench.time.advance(Duration.ofMillis(1));
        assertThat(tokens(files)).containsExactly("one");

        bench.put("a.json", token("two"));
        assertThat(tokens(bench.later(files))).containsExactly("two");
        Files.delete(bench.directory.resolve("a.json"));
        assertThat(bench.later(files).all()).isEmpty();
    }

    @Test
    void the_same_list_comes_back_as_long_as_nothing_changed_on_disk() throws IOException {
        bench.put("a.json", token("one"));
        bench.put("b.json", "broken");
        CredentialFiles files = bench.files();
        List<Credential> first = files.all();
        List<SkippedFile> skipped = files.skipped();

        Files.setLastModifiedTime(bench.directory.resolve("a.json"), FileTime.fromMillis(5));

        assertThat(bench.later(files).all()).isSameAs(first);
        assertThat(files.skipped()).isSameAs(skipped);
        assertThat(bench.scans).hasSize(1);
    }

    @Test
    void a_change_within_the_coarseness_of_the_clock_is_seen_too() throws IOException {
        Path file = bench.put("a.json", token("one"));
        CredentialFiles files = bench.files();
        var modified = Files.getLastModifiedTime(file);

        Files.writeString(file, token("two"));
        Files.setLastModifiedTime(file, modified);

        assertThat(tokens(bench.later(files))).containsExactly("two");
    }

    @Test
    void a_file_caught_while_being_written_keeps_its_credential_until_it_is_whole_again() throws IOException {
        bench.put("a.json", token("one"));
        CredentialFiles files = bench.files();

        bench.put("a.json", "{\"bearer_to");
        assertThat(tokens(bench.later(files))).containsExactly("one");
        assertThat(files.skipped())
                .singleElement()
                .satisfies(file -> assertThat(file.reason()).endsWith("; what it held before is still used"));

        bench.put("a.json", token("two"));
        assertThat(tokens(bench.later(files))).containsExactly("two");
        assertThat(files.skipped()).isEmpty();
    }

    @Test
    void a_directory_that_goes_takes_its_credentials_along_and_brings_them_back() throws IOException {
        bench.put("a.json", token("one"));
        CredentialFiles files = bench.files();
        Path away = Files.move(bench.directory, home.resolve("away"));

        assertThat(bench.later(files).all()).isEmpty();
        assertThat(bench.scans.getLast().directoryTrouble()).contains("it does not exist any more");

        Files.move(away, bench.directory);
        assertThat(tokens(bench.later(files))).containsExactly("one");
        assertThat(bench.scans.getLast().directoryTrouble()).isEmpty();
    }

    @Test
    void one_caller_looks_and_the_others_get_the_list_as_it_was() throws Exception {
        bench.put("a.json", token("one"));
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        CredentialFiles files =
                new CredentialFiles(bench.directory, new SlowTime(bench.time, slow, looking, goOn), bench.scans::add);
        bench.put("a.json", token("two"));
        slow.set(true);
        bench.time.advance(Duration.ofSeconds(1));

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
        bench.put("a.json", token("one"));
        CredentialFiles files = bench.files();
        bench.put("b.json", token("two"));
        bench.time.advance(Duration.ofSeconds(1));

        Thread.currentThread().interrupt();
        List<String> tokens = tokens(files);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tokens).containsExactly("one", "two");
        assertThat(files.skipped()).isEmpty();
    }
}
