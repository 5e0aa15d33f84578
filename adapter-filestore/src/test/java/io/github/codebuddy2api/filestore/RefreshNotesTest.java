package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.loggedIn;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.refreshed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefreshNotesTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;
    private CredentialFiles files;
    private Credential stored;

    @BeforeEach
    void log_in() throws IOException {
        bench = CredentialFilesBench.in(home);
        files = bench.files();
        stored = files.add(loggedIn("one"));
    }

    private Path note() {
        return bench.directory.resolve(".refreshing_" + stored.id());
    }

    @Test
    void a_refresh_that_never_ended_is_known_at_the_next_start() throws IOException {
        files.noteRefresh(stored.id());

        assertThat(bench.files().unfinishedRefreshes()).containsExactly(stored.id());
        assertThat(note()).content().doesNotContain("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_refresh_that_ended_leaves_nothing() throws IOException {
        files.noteRefresh(stored.id());

        files.replace(refreshed(stored, "two", NOW));

        assertThat(bench.files().unfinishedRefreshes()).isEmpty();
        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void a_note_may_be_taken_back() throws IOException {
        files.noteRefresh(stored.id());

        files.forgetRefresh(stored.id());

        assertThat(files.unfinishedRefreshes()).isEmpty();
        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void a_note_about_a_token_that_is_not_stored_any_more_is_about_a_refresh_that_ended_well() throws IOException {
        files.noteRefresh(stored.id());
        byte[] note = Files.readAllBytes(note());
        files.replace(refreshed(stored, "two", NOW));
        Files.write(note(), note);

        assertThat(bench.files().unfinishedRefreshes())
                .as("a crash came between the new token and the removal of the note")
                .isEmpty();
    }

    @Test
    void a_note_that_says_nothing_is_taken_seriously() throws IOException {
        Files.writeString(note(), "");

        assertThat(bench.files().unfinishedRefreshes()).containsExactly(stored.id());
    }

    @Test
    void what_is_no_note_of_ours_is_passed_over() throws IOException {
        Files.writeString(bench.directory.resolve(".refreshing_someone"), "x");
        Files.writeString(bench.directory.resolve(".refreshing_0123456789abcdef"), "x");
        Files.createDirectory(note());

        assertThat(bench.files().unfinishedRefreshes()).isEmpty();
    }

    @Test
    void a_deleted_credential_takes_its_note_along() throws IOException {
        files.noteRefresh(stored.id());

        files.delete(stored.id());

        assertThat(bench.tree()).hasSize(1).allMatch(name -> name.startsWith(".trash/"));
    }

    @Test
    void what_is_not_stored_cannot_be_noted() throws IOException {
        CredentialId foreign = new CredentialId("../../x");

        assertThatThrownBy(() -> files.noteRefresh(foreign))
                .isInstanceOf(StoreFailed.class)
                .hasMessage("The note of a refresh could not be saved: the credential is not stored any more.");
        assertThatCode(() -> files.forgetRefresh(foreign)).doesNotThrowAnyException();

        assertThat(bench.tree()).containsExactly(stored.name());
    }
}
