package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.GOOD;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.codebuddy2api.core.credential.UnusableCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFilesSkippingTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;

    @BeforeEach
    void make_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
    }

    @Test
    void what_is_not_a_credential_file_by_name_is_not_even_mentioned() throws IOException {
        bench.put("manager_state.json", "{}");
        bench.put(".hidden.json", GOOD);
        bench.put(".x.tmp", GOOD);
        bench.put("a.json.tmp", GOOD);
        bench.put("a.json.bak", GOOD);
        bench.put("notes.txt", "x");
        Files.createDirectory(bench.directory.resolve("sub"));
        Files.writeString(bench.directory.resolve("sub").resolve("inner.json"), GOOD);

        CredentialFiles files = bench.files();

        assertThat(files.all()).isEmpty();
        assertThat(files.skipped()).isEmpty();
    }

    @Test
    void links_pipes_directories_and_shared_files_are_skipped_and_never_opened() throws Exception {
        Path outside = Files.writeString(home.resolve("outside.json"), GOOD);
        Files.createSymbolicLink(bench.directory.resolve("a-link.json"), outside);
        Files.createSymbolicLink(bench.directory.resolve("b-loop.json"), bench.directory.resolve("b-loop.json"));
        Files.createLink(bench.directory.resolve("c-shared.json"), outside);
        Files.createDirectory(bench.directory.resolve("d-directory.json"));
        int made = new ProcessBuilder(
                        "mkfifo", bench.directory.resolve("e-pipe.json").toString())
                .start()
                .waitFor();
        bench.put("f-good.json", token("good"));

        CredentialFiles files = bench.files();

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
        bench.put("a\nb\u001B[31m.json", GOOD);
        bench.put("z\u007F.json", GOOD);

        CredentialFiles files = bench.files();

        assertThat(files.skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactly(
                        tuple("a?b?[31m.json", "its name has characters that cannot be shown"),
                        tuple("z?.json", "its name has characters that cannot be shown"));
        assertThat(files.all()).isEmpty();
    }

    @Test
    void a_name_that_is_no_text_is_skipped_and_the_others_serve() throws Exception {
        bench.put("a.json", token("good"));
        int made = new ProcessBuilder("sh", "-c", "printf '{}' > \"$(printf 'b\\377')\".json")
                .directory(bench.directory.toFile())
                .start()
                .waitFor();

        CredentialFiles files = bench.files();

        assertThat(tokens(files)).containsExactly("good");
        assertThat(files.skipped())
                .as("some file systems refuse such a name themselves")
                .extracting(SkippedFile::reason)
                .isEqualTo(made == 0 ? List.of("its name has characters that cannot be shown") : List.of());
    }

    @Test
    void a_huge_an_empty_and_a_broken_file_are_skipped_and_the_others_serve() throws IOException {
        bench.put("a.json", "{" + " ".repeat(CredentialJson.MAX_BYTES) + "}");
        bench.put("b.json", "");
        bench.put("c.json", "{\"bearer_token\": ");
        bench.put("d.json", token("good"));

        CredentialFiles files = bench.files();

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
    void a_skipped_file_is_reported_once_per_change() throws IOException {
        bench.put("a.json", "broken");
        CredentialFiles files = bench.files();
        bench.later(files);
        bench.put("a.json", "{}");
        bench.later(files);
        bench.later(files);

        assertThat(bench.scans)
                .extracting(scan -> scan.newlySkipped().size(), CredentialScan::usable)
                .containsExactly(tuple(1, 0), tuple(1, 0));
    }

    @Test
    void mutated_files_are_read_or_skipped_and_never_break_a_look() throws IOException {
        long seed = System.nanoTime();
        System.out.println("CredentialFilesSkippingTest seed " + seed);
        Random random = new Random(seed);
        byte[] whole = """
                {"bearer_token": "canary-1", "user_id": "canary-2", "created_at": 1785000000, "expires_in": 31536000,
                 "refresh_token": "canary-3", "domain": "www.codebuddy.ai", "user_info": {"email": "a@example.com"},
                 "auth": {"accessToken": "canary-4", "expiresAt": "2026-07-25T17:20:00Z"}, "x": [1.5e3, null, true]}
                """.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_500; i++) {
            Files.write(bench.directory.resolve("c" + i + ".json"), mutated(whole, random));
        }
        bench.put("zz-good.json", token("good"));

        CredentialFiles files = bench.files();

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

    @Test
    void whoever_asks_for_the_unusable_gets_their_names_and_reasons() throws IOException {
        bench.put("a-list.json", "[]");
        bench.put("b-good.json", GOOD);

        assertThat(bench.files().unusable())
                .containsExactly(new UnusableCredential("a-list.json", "it is not a JSON object"));
    }
}
