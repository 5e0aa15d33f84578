package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest.Term;
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
                Arguments.of(Failures.limited(Duration.ofSeconds(7)), Duration.ofSeconds(7), false, RestCause.LIMIT),
                Arguments.of(Failures.limited(null), Duration.ofMinutes(1), false, RestCause.LIMIT),
                Arguments.of(Failures.limited(Duration.ofDays(9)), Duration.ofDays(1), false, RestCause.LIMIT),
                Arguments.of(
                        Failures.limitedForModel(Duration.ofSeconds(7)), Duration.ofSeconds(7), true, RestCause.LIMIT),
                Arguments.of(Failures.limitedForModel(null), Duration.ofMinutes(10), true, RestCause.LIMIT),
                Arguments.of(
                        new GatewayException.QuotaExhausted(Duration.ofMinutes(7), "Used up."),
                        Duration.ofMinutes(7),
                        false,
                        RestCause.QUOTA),
                Arguments.of(Failures.quota(), Duration.ofHours(1), false, RestCause.QUOTA),
                Arguments.of(Failures.rejected(false), Duration.ofMinutes(5), false, RestCause.REJECTED),
                Arguments.of(Failures.modelNotFound(), Duration.ofHours(6), true, RestCause.MODEL),
                Arguments.of(Failures.timeout(Deadline.FIRST_EVENT), Duration.ofSeconds(10), false, RestCause.TROUBLE),
                Arguments.of(Failures.timeout(Deadline.GAP), Duration.ofSeconds(10), false, RestCause.TROUBLE),
                Arguments.of(Failures.unavailable(Reason.ERROR), Duration.ofSeconds(10), false, RestCause.TROUBLE),
                Arguments.of(
                        Failures.unavailable(Reason.OVERLOADED), Duration.ofSeconds(10), false, RestCause.TROUBLE));
    }

    @ParameterizedTest
    @MethodSource("rests")
    void a_failure_that_says_something_of_the_credential_sends_it_to_rest(
            GatewayException failure, Duration length, boolean forModelAlone, RestCause cause) {
        assertThat(RestPolicy.after(failure, TOKEN, NOW)).hasValueSatisfying(rest -> {
            assertThat(rest.term().since()).isEqualTo(NOW);
            assertThat(rest.until()).isEqualTo(NOW.plus(length));
            assertThat(rest.forModelAlone()).isEqualTo(forModelAlone);
            assertThat(rest.cause()).isEqualTo(cause);
            assertThat(rest.code()).isEqualTo(failure.code());
            assertThat(rest.token()).isEqualTo(TOKEN.fingerprint());
        });
    }

    @Test
    void a_revoked_credential_rests_until_it_has_another_token() {
        assertThat(RestPolicy.after(Failures.rejected(true), TOKEN, NOW))
                .contains(new Rest(
                        new Term(NOW, null, true, 1),
                        false,
                        RestCause.REVOKED,
                        "credential_rejected",
                        TOKEN.fingerprint()));
    }

    static Stream<Arguments> sureEnds() {
        return Stream.of(
                Arguments.of(Failures.limited(Duration.ofSeconds(7)), true),
                Arguments.of(Failures.limited(null), false),
                Arguments.of(Failures.limitedForModel(null), false),
                Arguments.of(Failures.quota(), false),
                Arguments.of(new GatewayException.QuotaExhausted(Duration.ofMinutes(7), "Used up."), true),
                Arguments.of(Failures.rejected(false), false),
                Arguments.of(Failures.modelNotFound(), false),
                Arguments.of(Failures.unavailable(Reason.ERROR), true));
    }

    @ParameterizedTest
    @MethodSource("sureEnds")
    void an_end_is_sure_only_if_the_upstream_named_it_or_nothing_depends_on_it(GatewayException failure, boolean firm) {
        assertThat(RestPolicy.after(failure, TOKEN, NOW).orElseThrow().term().firm())
                .isEqualTo(firm);
    }

    @Test
    void a_guess_that_was_too_short_doubles_up_to_a_limit_and_a_known_end_does_not() {
        Rest guess = RestPolicy.after(Failures.limited(null), TOKEN, NOW).orElseThrow();
        Rest known = RestPolicy.after(Failures.limited(Duration.ofSeconds(7)), TOKEN, NOW)
                .orElseThrow();

        assertThat(Stream.of(1, 2, 3, 5, 6, 1_000)
                        .map(times -> Duration.between(
                                NOW, RestPolicy.guessedAgain(guess, times, null).until())))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(16),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(30));
        assertThat(RestPolicy.guessedAgain(known, 3, null)).isEqualTo(known);
    }

    @Test
    void a_want_of_credits_is_looked_at_when_the_next_ones_come_if_that_is_sooner() {
        Rest guess = RestPolicy.after(Failures.quota(), TOKEN, NOW).orElseThrow();

        assertThat(RestPolicy.guessedAgain(guess, 1, NOW.plusSeconds(60)).until())
                .isEqualTo(NOW.plusSeconds(60));
        assertThat(RestPolicy.guessedAgain(guess, 1, NOW.plus(Duration.ofDays(9)))
                        .until())
                .isEqualTo(NOW.plus(RestPolicy.QUOTA));
        assertThat(RestPolicy.guessedAgain(guess, 1, NOW.minusSeconds(60)).until())
                .isEqualTo(NOW.plus(RestPolicy.QUOTA));
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
        Rest rest = RestPolicy.after(Failures.quota(), TOKEN, now).orElseThrow();

        assertThat(rest.isOver(now)).isFalse();
        assertThat(rest.isOver(now.minus(RestPolicy.LONGEST_LIMIT))).isTrue();
    }
}
