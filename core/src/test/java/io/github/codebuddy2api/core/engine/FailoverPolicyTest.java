package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.settings.Attempts;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailoverPolicyTest {
    private static final GatewaySettings CAUTIOUS =
            GatewaySettings.DEFAULT.with(new Attempts(3, Duration.ofMinutes(5), false));

    static Stream<GatewayException> passing() {
        return Stream.of(
                Failures.limited(null),
                Failures.limitedForModel(null),
                Failures.quota(),
                Failures.rejected(true),
                Failures.rejected(false),
                Failures.modelNotFound(),
                Failures.garbled(),
                Failures.incomplete(),
                Failures.timeout(Deadline.FIRST_EVENT),
                Failures.unavailable(Reason.UNREACHABLE),
                Failures.unavailable(Reason.ERROR),
                Failures.unavailable(Reason.OVERLOADED));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void another_attempt_may_help_where_it_may_go_better(GatewayException failure) {
        assertThat(FailoverPolicy.mayTryAgain(failure, GatewaySettings.DEFAULT)).isTrue();
        assertThat(FailoverPolicy.mayTryAgain(failure, CAUTIOUS)).isTrue();
    }

    static Stream<GatewayException> lasting() {
        return Stream.of(
                Failures.invalid(),
                Failures.refused(),
                Failures.noCredential(),
                Failures.cancelled(),
                Failures.shuttingDown(),
                Failures.storeFailed(),
                Failures.timeout(Deadline.GAP),
                Failures.timeout(Deadline.TOTAL),
                Failures.unavailable(Reason.TLS),
                Failures.unavailable(Reason.REDIRECT));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void what_would_fail_again_is_not_tried_again(GatewayException failure) {
        assertThat(FailoverPolicy.mayTryAgain(failure, GatewaySettings.DEFAULT)).isFalse();
    }

    @Test
    void a_request_that_may_have_arrived_is_sent_again_only_if_the_owner_allows_it() {
        GatewayException broken = Failures.unavailable(Reason.BROKEN);

        assertThat(FailoverPolicy.mayTryAgain(broken, GatewaySettings.DEFAULT)).isTrue();
        assertThat(FailoverPolicy.mayTryAgain(broken, CAUTIOUS)).isFalse();
    }

    @Test
    void a_caller_who_leaves_and_a_shutdown_say_nothing_of_the_credential() {
        assertThat(FailoverPolicy.verdict(Failures.cancelled())).isEqualTo(Verdict.ABANDONED);
        assertThat(FailoverPolicy.verdict(Failures.shuttingDown())).isEqualTo(Verdict.ABANDONED);
        assertThat(FailoverPolicy.verdict(Failures.quota())).isInstanceOf(Verdict.Failed.class);
    }
}
