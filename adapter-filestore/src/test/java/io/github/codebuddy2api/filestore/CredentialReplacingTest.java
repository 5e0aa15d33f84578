package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.loggedIn;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.refreshed;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialReplacingTest {
    private static final String NEWER = """
            {"bearer_token": "theirs", "account_uid": "u-1", "refresh_token": "r", "created_at": %d, "expires_in": 86400}
            """.formatted(NOW.plusSeconds(20).getEpochSecond());
    private static final String OLDER = """
            {"bearer_token": "theirs", "account_uid": "u-1", "refresh_token": "r", "created_at": %d, "expires_in": 86400}
            """.formatted(NOW.minusSeconds(20).getEpochSecond());

    @TempDir
    Path home;

    private CredentialFilesBench bench;
    private CredentialFiles files;
    private Credential stored;
    private Credential ours;

    @BeforeEach
    void log_in() throws IOException {
        bench = CredentialFilesBench.in(home);
        files = bench.files();
        stored = files.add(loggedIn("old"));
        ours = refreshed(stored, "new", NOW.plusSeconds(10));
    }

    @Test
    void what_was_replaced_is_seen_at_once_and_by_the_next_start() throws IOException {
        assertThat(files.replace(ours)).isTrue();

        assertThat(files.all()).containsExactly(ours);
        assertThat(bench.files().all()).containsExactly(ours);
        assertThat(bench.text(stored.name())).doesNotContain("old");
        assertThat(bench.tree()).containsExactly(stored.name());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory.resolve(stored.name()))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_is_not_stored_is_not_brought_into_being() throws IOException {
        Credential unknown = new Credential(new CredentialId("../x"), "x.json", ours.tokens(), ours.account());

        assertThat(files.replace(unknown)).isFalse();

        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void a_file_that_was_removed_a_moment_ago_stays_away() throws IOException {
        files.noteRefresh(stored.id());
        Files.delete(bench.directory.resolve(stored.name()));

        assertThat(files.replace(ours)).isFalse();

        assertThat(files.all()).isEmpty();
    }

    @Test
    void a_newer_token_that_another_program_wrote_meanwhile_is_kept() throws IOException {
        files.noteRefresh(stored.id());
        bench.put(stored.name(), NEWER);

        assertThat(files.replace(ours)).isTrue();

        assertThat(tokens(files)).containsExactly("theirs");
        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void it_is_kept_even_if_we_saw_it_before_our_refresh_ended() throws IOException {
        files.noteRefresh(stored.id());
        bench.put(stored.name(), NEWER);
        files.allNow();

        assertThat(files.replace(ours)).isTrue();

        assertThat(tokens(files)).containsExactly("theirs");
    }

    @Test
    void an_older_token_that_another_program_wrote_meanwhile_is_not_kept() throws IOException {
        files.noteRefresh(stored.id());
        bench.put(stored.name(), OLDER);

        assertThat(files.replace(ours)).isTrue();

        assertThat(tokens(files)).containsExactly("new");
    }

    @Test
    void another_persons_token_in_the_file_is_kept_however_old_it_is() throws IOException {
        files.noteRefresh(stored.id());
        bench.put(stored.name(), OLDER.replace("u-1", "u-2"));

        assertThat(files.replace(ours)).isTrue();

        assertThat(tokens(files)).containsExactly("theirs");
    }

    @Test
    void a_program_that_added_members_meanwhile_finds_them_again() throws Exception {
        String before = bench.text(stored.name());
        bench.put(stored.name(), before.substring(0, before.lastIndexOf('}')) + ", \"theirs\": [1.50, null]}");

        assertThat(files.replace(ours)).isTrue();

        assertThat(bench.json(stored.name()).get("theirs").toString()).isEqualTo("[1.50,null]");
        assertThat(files.all()).containsExactly(ours);
    }

    @Test
    void a_file_that_is_torn_this_moment_is_somebody_elses_unfinished_work() throws IOException {
        bench.put(stored.name(), "{\"bearer_to");

        assertThatThrownBy(() -> files.replace(ours))
                .isInstanceOf(StoreFailed.class)
                .hasMessageStartingWith("The credential could not be saved: another program changed its file,")
                .hasMessageNotContaining(stored.name());

        assertThat(bench.text(stored.name())).isEqualTo("{\"bearer_to");
        assertThat(tokens(files)).as("what it held before is still used").containsExactly("old");
    }

    @Test
    void a_file_that_stays_torn_is_written_anew() throws IOException {
        bench.put(stored.name(), "{\"bearer_to");
        bench.settle();

        assertThat(files.replace(ours)).isTrue();

        assertThat(files.all()).containsExactly(ours);
    }

    @Test
    void a_link_that_took_the_place_of_the_file_is_neither_followed_nor_replaced() throws IOException {
        Path file = bench.directory.resolve(stored.name());
        Path outside = Files.writeString(home.resolve("outside.json"), token("outside"));
        Files.delete(file);
        Files.createSymbolicLink(file, outside);

        assertThatThrownBy(() -> files.replace(ours)).isInstanceOf(StoreFailed.class);

        assertThat(outside).hasContent(token("outside"));
        assertThat(Files.isSymbolicLink(file)).isTrue();
    }

    @Test
    void a_refresh_that_began_in_another_directory_is_written_there_and_not_into_this_one() throws IOException {
        AtomicReference<Path> named = new AtomicReference<>(bench.directory);
        CredentialFiles moving = new CredentialFiles(named::get, bench.time, bench.scans::add);
        moving.noteRefresh(stored.id());
        Path other = Files.createDirectory(home.resolve("other"));
        Files.writeString(other.resolve(stored.name()), token("another"));

        named.set(other);
        moving.all();

        assertThat(moving.replace(ours)).isTrue();
        assertThat(tokens(moving)).containsExactly("another");
        assertThat(bench.files().all()).containsExactly(ours);
        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void fresh_tokens_are_not_given_up_while_the_directory_is_missing() throws IOException {
        Path away = home.resolve("away");
        files.noteRefresh(stored.id());
        Files.move(bench.directory, away);

        assertThatThrownBy(() -> files.replace(ours))
                .isInstanceOf(StoreFailed.class)
                .hasMessage("The credential could not be saved: its directory does not exist.");
        files.allNow();
        assertThatThrownBy(() -> files.replace(ours)).isInstanceOf(StoreFailed.class);
        Files.move(away, bench.directory);

        assertThat(bench.files().unfinishedRefreshes()).containsExactly(stored.id());
        assertThat(files.replace(ours)).isTrue();
        assertThat(files.allNow()).containsExactly(ours);
        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void the_same_tokens_may_be_stored_twice() {
        assertThat(files.replace(ours)).isTrue();
        assertThat(files.replace(ours)).isTrue();

        assertThat(files.all()).containsExactly(ours);
    }

    @Test
    void an_interrupt_does_not_lose_a_refreshed_token() {
        Thread.currentThread().interrupt();
        boolean replaced = files.replace(ours);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(replaced).isTrue();
        assertThat(files.all()).containsExactly(ours);
    }

    @Test
    void what_another_program_added_to_the_account_meanwhile_is_not_removed() throws Exception {
        files.noteRefresh(stored.id());
        String before = bench.text(stored.name());
        bench.put(
                stored.name(),
                before.substring(0, before.lastIndexOf('}'))
                        + ", \"enterprise_id\": \"e-1\", \"department\": \"a/b\"}");

        assertThat(files.replace(ours)).isTrue();

        Account account = files.all().getFirst().account();
        assertThat(tokens(files)).containsExactly("new");
        assertThat(account.enterpriseId()).isEqualTo("e-1");
        assertThat(account.departmentFullName()).isEqualTo("a/b");
        assertThat(account.uid()).isEqualTo(stored.account().uid());
    }
}
