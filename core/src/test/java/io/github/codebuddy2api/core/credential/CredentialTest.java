package io.github.codebuddy2api.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CredentialTest {
    private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void a_credential_counts_as_expired_five_minutes_before_its_end() {
        Credential credential = Credential.of("a", "not-a-token")
                .with(Tokens.of(Secret.of("not-a-token")).expiringAt(END));

        assertThat(credential.isExpired(END.minusSeconds(301))).isFalse();
        assertThat(credential.isExpired(END.minusSeconds(300))).isTrue();
    }

    @Test
    void a_credential_of_unknown_end_does_not_expire() {
        assertThat(Credential.of("a", "not-a-token").isExpired(Instant.MAX)).isFalse();
    }

    @Test
    void an_id_has_1_to_64_characters() {
        assertThat(new CredentialId("a".repeat(64)).value()).hasSize(64);
        assertThatThrownBy(() -> new CredentialId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CredentialId("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }
}
