package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import org.junit.jupiter.api.Test;

final class ImportCommandTest {
    private static final NewCredential BOTH = new NewCredential(
            Tokens.of(Secret.of("not-a-token")).refreshedBy(Secret.of("not-a-refresh-token")),
            Account.UNKNOWN,
            NewCredential.Origin.IMPORT,
            null);

    private final InMemoryCredentialStore store = InMemoryCredentialStore.of();

    @Test
    void the_person_is_warned_and_asked_first() {
        ScriptedTerminal terminal = new ScriptedTerminal("yes");

        assertThat(take(terminal, false, false)).isTrue();

        assertThat(terminal.shown())
                .startsWith("The file's refresh token can be used once.")
                .contains("Imported. Stored as ")
                .contains("personal account, without a known end and renewed by itself.");
        assertThat(store.all().getFirst().tokens()).isEqualTo(BOTH.tokens());
    }

    @Test
    void without_a_yes_nothing_is_stored() {
        assertThat(take(new ScriptedTerminal("no"), false, false)).isFalse();
        assertThat(take(new ScriptedTerminal(""), false, false)).isFalse();
        ScriptedTerminal nobody = new ScriptedTerminal();
        assertThat(take(nobody, false, false)).isFalse();

        assertThat(nobody.shown()).contains("say --yes or --access-token-only").endsWith("Nothing was imported.");
        assertThat(store.all()).isEmpty();
    }

    @Test
    void who_says_yes_on_the_command_line_is_warned_but_not_asked() {
        ScriptedTerminal terminal = new ScriptedTerminal();

        assertThat(take(terminal, false, true)).isTrue();
        assertThat(terminal.shown()).contains("can be used once").doesNotContain("yes or no");
    }

    @Test
    void the_access_token_alone_harms_nobody() {
        ScriptedTerminal terminal = new ScriptedTerminal();

        assertThat(take(terminal, true, false)).isTrue();

        assertThat(terminal.shown()).startsWith("Imported.");
        assertThat(store.all().getFirst().tokens()).isEqualTo(Tokens.of(Secret.of("not-a-token")));
    }

    private boolean take(Terminal terminal, boolean accessTokenOnly, boolean sure) {
        try (Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.of())
                .credentials(store)
                .build()) {
            return new ImportCommand(gateway.credentials(), terminal).run(BOTH, accessTokenOnly, sure);
        }
    }
}
