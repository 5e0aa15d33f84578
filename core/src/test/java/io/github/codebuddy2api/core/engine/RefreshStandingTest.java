package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefreshStandingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LONG_BEFORE = NOW.minus(Duration.ofDays(300));
    private static final Duration BEFORE = Duration.ofDays(1);

    private final RefreshStanding standing = new RefreshStanding(endedAt(LONG_BEFORE), false);

    private static Credential endedAt(Instant end) {
        Tokens tokens = new Tokens(
                Secret.of("not-a-token"), Secret.of("not-a-token-either"), null, end, null, null, null, null);
        return new Credential(new CredentialId("0123456789abcdef"), "a.json", tokens, Account.UNKNOWN, null);
    }

    @Test
    void a_pause_after_a_refresh_is_waited_for() {
        standing.refreshed(NOW);

        assertThat(standing.askAt(BEFORE, NOW)).isEqualTo(NOW.plus(RefreshStanding.PAUSE));
        assertThat(standing.isFresh(NOW)).isTrue();
    }

    @Test
    void a_clock_that_was_set_back_does_not_put_off_an_unasked_refresh() {
        standing.refreshed(NOW);
        Instant now = NOW.minus(Duration.ofDays(200));

        assertThat(standing.askAt(BEFORE, now)).isBefore(now);
        assertThat(standing.isFresh(now)).isFalse();
    }

    @Test
    void a_clock_that_was_set_back_does_not_put_off_what_failed_or_could_not_be_stored() {
        standing.failed(Failures.unavailable(Reason.ERROR), NOW, new Random(1));
        standing.notStored(NOW, new Random(1));
        Instant now = NOW.minus(Duration.ofDays(200));

        assertThat(standing.askAt(BEFORE, NOW)).isAfter(NOW);
        assertThat(standing.askAt(BEFORE, now)).isBefore(now);
        assertThat(standing.storeAt(NOW)).isAfter(NOW);
        assertThat(standing.storeAt(now)).isBefore(now);
    }
}
