package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Secret TOKEN = Secret.of("not-a-token");

    static Stream<Arguments> rests() {
        return Stream.of(
                Arguments.of(Failures.limited(Duration.ofSeconds(7)), Duration.ofSeconds(7), false, Rest.Cause.LIMIT),
                Arguments.of(Failures.limited(null), Duration.ofMinutes(1), false, Rest.Cause.LIMIT),
                Arguments.of(Failures.limited(Duration.ofDays(9)), Duration.ofDays(1), false, Rest.Cause.LIMIT),
                Arguments.of(
                        Failures.limitedForModel(Duration.ofSeconds(7)), Duration.ofSeconds(7), true, Rest.Cause.LIMIT),
                Arguments.of(Failures.quota(), Duration.ofHours(1), false, Rest.Cause.QUOTA),
                Arguments.of(Failures.rejected(false), Duration.ofMinutes(5), false, Rest.Cause.REJECTED),
                Arguments.of(Failures.modelNotFound(), Duration.ofHours(6), true, Rest.Cause.MODEL),
                Arguments.of(Failures.timeout(Deadline.FIRST_EVENT), Duration.ofSeconds(10), false, Rest.Cause.TROUBLE),
                Arguments.of(Failures.timeout(Deadline.GAP), Duration.ofSeconds(10), false, Rest.Cause.TROUBLE),
                Arguments.of(Failures.unavailable(Reason.ERROR), Duration.ofSeconds(10), false, Rest.Cause.TROUBLE),
                Arguments.of(
                        Failures.unavailable(Reason.OVERLOADED), Duration.ofSeconds(10), false, Rest.Cause.TROUBLE));
    }

    @ParameterizedTest
    @MethodSource("rests")
    void a_failure_that_says_something_of_the_credential_sends_it_to_rest(
            GatewayException failure, Duration length, boolean forModelAlone, Rest.Cause cause) {
        assertThat(RestPolicy.after(failure, TOKEN, NOW))
                .contains(new Rest(NOW.plus(length), forModelAlone, cause, failure.code(), TOKEN));
    }

    @Test
    void a_revoked_credential_rests_until_it_has_another_token() {
        assertThat(RestPolicy.after(Failures.rejected(true), TOKEN, NOW))
                .contains(new Rest(null, false, Rest.Cause.REVOKED, "credential_rejected", TOKEN));
    }

    static Stream<GatewayException> noRests() {
        return Stream.of(
                Failures.timeout(Deadline.TOTAL),
                Failures.unavailable(Reason.UNREACHABLE),
                Failures.unavailable(Reason.BROKEN),
                Failures.unavailable(Reason.TLS),
                Failures.unavailable(Reason.REDIRECT),
                Failures.garbled(),
                Failures.incomplete(),
                Failures.invalid(),
                Failures.refused(),
                Failures.cancelled(),
                Failures.shuttingDown(),
                Failures.noCredential(),
                Failures.storeFailed());
    }

    @ParameterizedTest
    @MethodSource("noRests")
    void a_failure_that_says_nothing_of_the_credential_does_not(GatewayException failure) {
        assertThat(RestPolicy.after(failure, TOKEN, NOW)).isEmpty();
    }

    @Test
    void a_clock_that_was_set_back_far_ends_a_rest() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        Rest rest = new Rest(now.plus(RestPolicy.QUOTA), false, Rest.Cause.QUOTA, "quota", Secret.of("not-a-token"));

        assertThat(rest.isOver(now)).isFalse();
        assertThat(rest.isOver(now.minus(RestPolicy.LONGEST_LIMIT))).isTrue();
    }
}
