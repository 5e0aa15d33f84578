package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefreshPolicyTest {
    private static final Instant BEGUN = Instant.parse("2026-11-22T12:00:00Z");

    /** The life of a token, how long before its end the owner wants it refreshed, and how long before it is. */
    @ParameterizedTest
    @CsvSource({
        "P365D, P1D, P1D",
        "P365D, P100D, P36DT12H",
        "PT10H, P1D, PT1H",
        "PT2H, P1D, PT12M",
        "PT1H, P1D, PT6M",
        "PT30M, P1D, PT6M",
        "PT1M, P1D, PT6M",
        "P365D, PT0S, PT6M"
    })
    void it_is_due_in_time_and_never_so_late_that_requests_must_wait(Duration life, Duration wanted, Duration before) {
        Instant end = BEGUN.plus(life);

        assertThat(RefreshPolicy.due(ending(end), BEGUN, wanted)).isEqualTo(end.minus(before));
    }

    @Test
    void without_a_known_beginning_only_the_owner_decides_and_without_an_end_nobody() {
        Instant end = BEGUN.plus(Duration.ofHours(10));

        assertThat(RefreshPolicy.due(ending(end), null, Duration.ofHours(5))).isEqualTo(end.minus(Duration.ofHours(5)));
        assertThat(RefreshPolicy.due(ending(null), BEGUN, Duration.ofHours(5))).isEqualTo(Instant.MAX);
    }

    static Stream<GatewayException> unknown() {
        return Stream.of(
                Failures.timeout(Deadline.FIRST_EVENT),
                Failures.unavailable(Reason.BROKEN),
                Failures.unavailable(Reason.ERROR),
                Failures.garbled(),
                Failures.incomplete(),
                Failures.cancelled(),
                Failures.shuttingDown());
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void after_these_nobody_knows_whether_the_refresh_token_was_used_up(GatewayException failure) {
        assertThat(RefreshPolicy.isOutcomeKnown(failure)).isFalse();
    }

    static Stream<GatewayException> known() {
        return Stream.of(
                Failures.unavailable(Reason.UNREACHABLE),
                Failures.unavailable(Reason.TLS),
                Failures.unavailable(Reason.REDIRECT),
                Failures.unavailable(Reason.OVERLOADED),
                Failures.limited(null),
                Failures.rejected(true),
                Failures.rejected(false),
                Failures.storeFailed());
    }

    @ParameterizedTest
    @MethodSource("known")
    void after_these_it_is_known(GatewayException failure) {
        assertThat(RefreshPolicy.isOutcomeKnown(failure)).isTrue();
    }

    @Test
    void the_wait_after_failures_grows_to_half_an_hour_and_is_never_the_same_for_all() {
        Backoff first = Backoff.NONE.next(BEGUN, Duration.ZERO, new Random(1));
        Backoff other = Backoff.NONE.next(BEGUN, Duration.ZERO, new Random(2));
        Backoff late = new Backoff(1_000_000, BEGUN).next(BEGUN, Duration.ZERO, new Random(1));

        assertThat(first.until()).isBetween(BEGUN.plusSeconds(15), BEGUN.plusSeconds(30));
        assertThat(first.until()).isNotEqualTo(other.until());
        assertThat(late.until()).isBetween(BEGUN.plusSeconds(900), BEGUN.plusSeconds(1_800));
    }

    @Test
    void the_upstream_may_ask_for_more_but_not_for_everything() {
        Duration minutes = Duration.ofMinutes(7);

        assertThat(Backoff.NONE.next(BEGUN, minutes, new Random(1)).until()).isEqualTo(BEGUN.plus(minutes));
        assertThat(Backoff.NONE.next(BEGUN, Duration.ofDays(9), new Random(1)).until())
                .isEqualTo(BEGUN.plus(Backoff.LONGEST));
    }

    private static Tokens ending(Instant end) {
        return Tokens.of(Secret.of("not-a-token")).expiringAt(end);
    }
}
