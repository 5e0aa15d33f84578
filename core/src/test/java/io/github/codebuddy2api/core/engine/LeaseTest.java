package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Credential;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    @Test
    void neither_a_lease_nor_a_rest_prints_the_token() {
        Lease lease = new Lease(Credential.of("a", "canary-in-the-coal-mine"), "glm-5.2");
        Rest rest = RestPolicy.after(Failures.rejected(true), Secret.of("canary-in-the-coal-mine"), Instant.EPOCH)
                .orElseThrow();

        assertThat(lease + " " + rest).contains("glm-5.2").doesNotContain("canary");
    }
}
