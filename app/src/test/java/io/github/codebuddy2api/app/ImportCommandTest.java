package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.filestore.CredentialImport.Part;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportCommandTest {
    private final InMemoryCredentialStore store = InMemoryCredentialStore.of();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("client.info"), """
                {"auth": {"accessToken": "not-a-token", "refreshToken": "not-a-refresh-token"},
                 "account": {"uid": "u1", "nickname": "Li"}}
                """);
    }

    @Test
    void the_person_is_warned_and_asked_first() throws IOException {
        ScriptedTerminal terminal = new ScriptedTerminal("yes");

        assertThat(take(terminal, Part.ALL_TOKENS, false)).isTrue();

        assertThat(terminal.shown())
                .startsWith("The account's refresh token is shared")
                .contains("Imported. Stored as ")
                .contains("personal account (Li), without a known end and renewed by itself.");
        Tokens tokens = store.all().getFirst().tokens();
        assertThat(tokens.accessToken()).isEqualTo(Secret.of("not-a-token"));
        assertThat(tokens.refreshToken()).isEqualTo(Secret.of("not-a-refresh-token"));
    }

    @Test
    void without_a_yes_nothing_is_stored() throws IOException {
        assertThat(take(new ScriptedTerminal("no"), Part.ALL_TOKENS, false)).isFalse();
        assertThat(take(new ScriptedTerminal(""), Part.ALL_TOKENS, false)).isFalse();
        ScriptedTerminal nobody = new ScriptedTerminal();
        assertThat(take(nobody, Part.ALL_TOKENS, false)).isFalse();

        assertThat(nobody.shown()).contains("say --yes or --access-token-only").endsWith("Nothing was imported.");
        assertThat(store.all()).isEmpty();
    }

    @Test
    void who_says_yes_on_the_command_line_is_warned_but_not_asked() throws IOException {
        ScriptedTerminal terminal = new ScriptedTerminal();

        assertThat(take(terminal, Part.ALL_TOKENS, true)).isTrue();
        assertThat(terminal.shown()).contains("is shared").doesNotContain("yes or no");
    }

    @Test
    void the_access_token_alone_harms_nobody() throws IOException {
        ScriptedTerminal terminal = new ScriptedTerminal();

        assertThat(take(terminal, Part.ACCESS_TOKEN, false)).isTrue();

        assertThat(terminal.shown()).startsWith("Imported.");
        assertThat(store.all().getFirst().tokens().refreshToken()).isNull();
    }

    @Test
    void what_is_no_account_is_refused_in_words() throws IOException {
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> take(new ScriptedTerminal(), Part.ALL_TOKENS, true))
                .isInstanceOf(GatewayException.InvalidRequest.class)
                .hasMessageContaining("The file cannot be imported");

        Files.delete(file);
        assertThatThrownBy(() -> take(new ScriptedTerminal(), Part.ALL_TOKENS, true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("There is no file");
    }

    private boolean take(Terminal terminal, Part part, boolean sure) throws IOException {
        try (Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.of())
                .credentials(store)
                .build()) {
            return new ImportCommand(gateway.credentials(), terminal).run(file, part, sure);
        }
    }
}
