package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.loggedIn;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.refreshed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialLabellingTest {
    private static final CredentialLabel WORK = new CredentialLabel("Work");

    @TempDir
    Path home;

    private CredentialFilesBench bench;
    private CredentialFiles files;
    private Credential stored;

    @BeforeEach
    void log_in() throws IOException {
        bench = CredentialFilesBench.in(home);
        files = bench.files();
        stored = files.add(loggedIn("old"));
    }

    private CredentialLabel label() {
        return files.allNow().getFirst().label();
    }

    @Test
    void a_label_is_one_more_member_and_the_others_stay_as_they_were() throws Exception {
        bench.put(stored.name(), "{\"bearer_token\": \"old\", \"theirs\": [1.50, null], \"created_at\": 1785000000}");

        assertThat(files.rename(stored.id(), WORK)).isTrue();

        assertThat(bench.json(stored.name()))
                .hasToString(
                        "{\"bearer_token\":\"old\",\"theirs\":[1.50,null],\"created_at\":1785000000,\"label\":\"Work\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory.resolve(stored.name()))))
                .isEqualTo("rw-------");
        assertThat(files.rename(stored.id(), null)).isTrue();
        assertThat(bench.json(stored.name()).has("label")).isFalse();
        assertThat(bench.tree()).containsExactly(stored.name());
    }

    @Test
    void another_label_takes_the_place_of_the_first() throws Exception {
        files.rename(stored.id(), WORK);
        List<String> members = List.copyOf(bench.json(stored.name()).propertyNames());

        files.rename(stored.id(), new CredentialLabel("Home"));

        assertThat(bench.json(stored.name()).propertyNames()).containsExactlyElementsOf(members);
        assertThat(label()).isEqualTo(new CredentialLabel("Home"));
    }

    @Test
    void a_label_given_while_the_tokens_were_refreshed_is_kept() {
        files.noteRefresh(stored.id());
        files.rename(stored.id(), WORK);

        files.replace(refreshed(stored, "new", NOW.plusSeconds(10)));

        assertThat(label()).isEqualTo(WORK);
        assertThat(CredentialFilesBench.tokens(files)).containsExactly("new");
        assertThat(bench.files().all().getFirst().label()).isEqualTo(WORK);
    }

    @Test
    void a_token_that_another_program_wrote_meanwhile_stays_when_a_label_is_given() throws IOException {
        bench.put(stored.name(), CredentialFilesBench.token("theirs"));

        files.rename(stored.id(), WORK);

        assertThat(CredentialFilesBench.tokens(files)).containsExactly("theirs");
        assertThat(label()).isEqualTo(WORK);
    }

    @Test
    void a_torn_file_that_is_written_anew_keeps_the_label() throws IOException {
        files.rename(stored.id(), WORK);
        Credential labelled = files.all().getFirst();
        bench.put(stored.name(), "{\"bearer_to");
        bench.settle();

        files.replace(refreshed(labelled, "new", NOW.plusSeconds(10)));

        assertThat(label()).isEqualTo(WORK);
    }

    @Test
    void a_file_that_is_no_credential_this_moment_is_left_alone() throws IOException {
        bench.put(stored.name(), "{\"bearer_to");

        assertThatThrownBy(() -> files.rename(stored.id(), WORK))
                .isInstanceOf(StoreFailed.class)
                .hasMessageNotContaining(stored.name());

        assertThat(bench.text(stored.name())).isEqualTo("{\"bearer_to");
    }

    @Test
    void a_file_that_was_removed_a_moment_ago_stays_away() throws IOException {
        Files.delete(bench.directory.resolve(stored.name()));

        assertThat(files.rename(stored.id(), WORK)).isFalse();

        assertThat(bench.tree()).isEmpty();
        assertThat(files.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "\"\"", "\"  \"", "\"a\\nb\"", "[\"Work\"]", "{\"text\": \"Work\"}"})
    void what_cannot_be_a_label_is_none(String written) throws IOException {
        bench.put(stored.name(), "{\"bearer_token\": \"old\", \"label\": " + written + "}");

        assertThat(label()).isNull();
    }

    @Test
    void only_the_files_own_member_is_a_label() throws IOException {
        bench.put(stored.name(), "{\"bearer_token\": \"old\", \"account\": {\"label\": \"theirs\"}}");
        assertThat(label()).isNull();

        bench.put(stored.name(), "{\"bearer_token\": \"old\", \"label\": \" Work  \"}");
        assertThat(label()).isEqualTo(WORK);
    }
}
