package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.RequestRefused;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.settings.Attempts;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of failures before the first chunk: what is tried, what the caller sees, who rests. */
class FailoverTest {
    private static final String[][] STORES = {{"a"}, {"a", "b"}, {"a", "b", "c"}};

    /** Failure, attempts with one, two and three credentials, what the caller sees in the end, how many rest of three. */
    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(limited(30), new int[] {1, 2, 3}, "rate_limit_exceeded", 3),
                Arguments.of(new QuotaExhausted("Used up."), new int[] {1, 2, 3}, "insufficient_quota", 3),
                Arguments.of(new CredentialRejected(true, "No."), new int[] {1, 2, 3}, "no_usable_credentials", 3),
                Arguments.of(new CredentialRejected(false, "No."), new int[] {1, 2, 3}, "no_usable_credentials", 3),
                Arguments.of(new ModelNotFound("No."), new int[] {1, 2, 3}, "model_not_found", 0),
                Arguments.of(unavailable(Reason.ERROR), new int[] {1, 2, 3}, "upstream_error", 3),
                Arguments.of(unavailable(Reason.OVERLOADED), new int[] {1, 2, 3}, "upstream_error", 3),
                Arguments.of(unavailable(Reason.UNREACHABLE), new int[] {2, 2, 2}, "upstream_unreachable", 0),
                Arguments.of(unavailable(Reason.BROKEN), new int[] {2, 2, 2}, "upstream_unreachable", 0),
                Arguments.of(unavailable(Reason.TLS), new int[] {1, 1, 1}, "upstream_tls_error", 0),
                Arguments.of(unavailable(Reason.REDIRECT), new int[] {1, 1, 1}, "upstream_redirect", 0),
                Arguments.of(timeout(Deadline.FIRST_EVENT), new int[] {1, 2, 3}, "upstream_timeout", 3),
                Arguments.of(UpstreamGarbled.malformed("No.", null), new int[] {1, 2, 3}, "upstream_malformed", 0),
                Arguments.of(new UpstreamIncomplete(null), new int[] {1, 2, 3}, "upstream_incomplete", 0),
                Arguments.of(InvalidRequest.value("messages", "No."), new int[] {1, 1, 1}, "invalid_value", 0),
                Arguments.of(new RequestRefused("No."), new int[] {1, 1, 1}, "upstream_refused", 0));
    }

    @ParameterizedTest
    @MethodSource("table")
    void each_failure_is_tried_as_often_as_it_helps(
            GatewayException failure, int[] attempts, String seen, int resting) {
        for (int i = 0; i < STORES.length; i++) {
            for (Script script : List.of(Script.refuses(failure), Script.fails(failure))) {
                Bench bench = new Bench(ScriptedUpstream.always(script), STORES[i]);

                GatewayException told = bench.failure();

                assertThat(told.code()).isEqualTo(seen);
                assertThat(bench.upstream.calls()).hasSize(attempts[i]);
                assertThat(bench.resting()).hasSize(Math.min(resting, STORES[i].length));
                assertThat(bench.upstream.unclosed()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void if_another_attempt_is_made_and_goes_well_the_caller_sees_no_failure(
            GatewayException failure, int[] attempts, String seen, int resting) {
        Bench bench = new Bench(ScriptedUpstream.of(Script.fails(failure), Script.text("Seven.")), "a", "b");

        GatewayException told = bench.failure();

        assertThat(told == null).isEqualTo(attempts[1] == 2);
    }

    @Test
    void without_credentials_the_caller_is_told_so() {
        assertThat(new Bench(ScriptedUpstream.of()).failure().code()).isEqualTo("no_credentials");
    }

    @Test
    void when_all_rest_the_caller_is_told_the_shortest_wait_and_the_upstream_is_left_alone() {
        Bench bench =
                new Bench(ScriptedUpstream.of(Script.refuses(limited(90)), Script.refuses(limited(30))), "a", "b");
        bench.failure();
        bench.time.advance(Duration.ofSeconds(10));

        GatewayException told = bench.failure();

        assertThat(told)
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(20)));
        assertThat(bench.upstream.calls()).hasSize(2);
    }

    @Test
    void a_credential_at_rest_is_skipped_until_its_time() {
        Bench bench = new Bench(failingOnce("a", limited(30)), "a", "b");
        bench.chats(3);
        assertThat(bench.used()).isEqualTo("ab" + "b" + "b");

        bench.time.advance(Duration.ofSeconds(30));
        bench.chats(2);

        assertThat(bench.used()).isEqualTo("abbb" + "ab");
    }

    @Test
    void a_soft_rest_lets_the_others_go_first() {
        Bench bench = new Bench(failingOnce("a", unavailable(Reason.ERROR)), "a", "b");

        bench.chats(3);

        assertThat(bench.used()).isEqualTo("ab" + "b" + "b");
    }

    @Test
    void a_credential_in_a_soft_rest_is_used_when_it_is_alone_and_a_success_ends_the_rest() {
        Bench bench =
                new Bench(ScriptedUpstream.of(Script.refuses(unavailable(Reason.ERROR)), Script.text("Seven.")), "a");
        assertThat(bench.failure()).isInstanceOf(UpstreamUnavailable.class);
        assertThat(bench.resting()).containsExactly("a");

        bench.chat();

        assertThat(bench.resting()).isEmpty();
    }

    @Test
    void a_limit_on_one_model_leaves_the_credential_to_the_others() {
        RateLimited limit = new RateLimited(LimitScope.MODEL, Duration.ofSeconds(30), "Too many.");
        Bench bench = new Bench(
                ScriptedUpstream.choosing(
                        call -> call.request().model().equals("busy") ? Script.refuses(limit) : Script.text("Seven.")),
                "a");

        assertThat(bench.failure("busy")).isInstanceOf(RateLimited.class);
        assertThat(bench.failure("busy")).isInstanceOf(RateLimited.class);
        bench.chat("other");

        assertThat(bench.upstream.calls()).hasSize(2);
        assertThat(bench.resting()).isEmpty();
    }

    @Test
    void a_replaced_token_ends_the_rest_of_the_one_before() {
        Bench bench = new Bench(failingOnce("a", new CredentialRejected(true, "Log in again.")), "a");
        assertThat(bench.failure().code()).isEqualTo("no_usable_credentials");
        assertThat(bench.failure().code()).isEqualTo("no_usable_credentials");

        bench.store.replace(Credentials.refreshed(bench.store.all().get(0)));
        bench.chat();

        assertThat(bench.upstream.calls()).hasSize(2);
    }

    @Test
    void a_failure_of_a_token_that_was_replaced_meanwhile_blames_nobody() {
        Bench bench =
                new Bench(ScriptedUpstream.of(Script.says(Chunks.content("Se")).thenFails(limited(30))), "a");
        try (CompletionStream stream = bench.stream()) {
            stream.next();
            bench.store.replace(Credentials.refreshed(bench.store.all().get(0)));
            bench.gateway.credentials().list();

            assertThatThrownBy(() -> Chunks.drain(stream)).isInstanceOf(RateLimited.class);
        }

        assertThat(bench.resting()).isEmpty();
    }

    @Test
    void an_old_success_does_not_end_a_limit_that_came_after_it_began() {
        Bench bench = new Bench(
                ScriptedUpstream.of(Script.text("Seven."), Script.refuses(limited(30)), Script.refuses(limited(30))),
                "a");
        try (CompletionStream early = bench.stream()) {
            assertThat(bench.failure()).isInstanceOf(RateLimited.class);

            Chunks.drain(early);
        }

        assertThat(bench.resting()).containsExactly("a");
    }

    @Test
    void nothing_is_asked_twice_once_the_first_chunk_is_there() {
        Bench bench = new Bench(
                ScriptedUpstream.of(Script.says(Chunks.content("Se")).thenFails(unavailable(Reason.BROKEN))), "a", "b");

        assertThat(bench.failure()).isInstanceOf(UpstreamUnavailable.class);

        assertThat(bench.upstream.calls()).hasSize(1);
    }

    @Test
    void chunks_that_say_nothing_are_no_first_chunk() {
        Bench bench = new Bench(
                ScriptedUpstream.of(
                        Script.says(Chunks.content("")).thenFails(unavailable(Reason.ERROR)), Script.text("Seven.")),
                "a",
                "b");

        bench.chat();

        assertThat(bench.used()).isEqualTo("ab");
    }

    @Test
    void no_more_attempts_are_made_than_the_owner_allows() {
        Bench bench = new Bench(ScriptedUpstream.always(Script.refuses(limited(30))), "a", "b", "c", "d", "e");

        assertThat(bench.trying(2).failure()).isInstanceOf(RateLimited.class);
        assertThat(bench.used()).isEqualTo("ab");

        assertThat(bench.trying(1).failure()).isInstanceOf(RateLimited.class);
        assertThat(bench.used()).isEqualTo("abc");
    }

    @Test
    void revoked_credentials_count_as_attempts() {
        Bench bench = new Bench(
                ScriptedUpstream.choosing(call -> call.credential().id().value().equals("e")
                        ? Script.text("Seven.")
                        : Script.refuses(new CredentialRejected(true, "Log in again."))),
                "a",
                "b",
                "c",
                "d",
                "e");

        assertThat(bench.failure()).isInstanceOf(NoCredential.class);

        assertThat(bench.used()).isEqualTo("abc");
    }

    @Test
    void the_refusal_tells_one_account_from_all_and_from_the_pinned_one() {
        Bench one = new Bench(ScriptedUpstream.always(Script.refuses(limited(30))), "a");
        Bench two = new Bench(ScriptedUpstream.always(Script.refuses(limited(30))), "a", "b");

        assertThat(one.failure()).hasMessage("The CodeBuddy account is rate-limited for now.");
        assertThat(two.failure()).hasMessage("Every CodeBuddy account is rate-limited for now.");
        two.gateway.credentials().pin(two.store.all().get(1).id());
        assertThat(two.failure()).hasMessageContaining("to which all requests are sent");
    }

    @Test
    void after_the_overall_deadline_no_further_attempt_is_started() {
        Bench[] bench = new Bench[1];
        bench[0] = new Bench(
                ScriptedUpstream.choosing(call -> {
                    bench[0].time.advance(Duration.ofSeconds(150));
                    return Script.refuses(timeout(Deadline.FIRST_EVENT));
                }),
                "a",
                "b",
                "c");

        assertThat(bench[0].failure()).isInstanceOf(UpstreamTimeout.class);
        assertThat(bench[0].used()).isEqualTo("ab");
    }

    @Test
    void a_request_that_may_have_arrived_is_sent_once_if_the_owner_forbids_more() {
        Bench bench = new Bench(ScriptedUpstream.always(Script.refuses(unavailable(Reason.BROKEN))), "a", "b");
        bench.settings = GatewaySettings.DEFAULT.with(new Attempts(3, Duration.ofMinutes(5), false));

        bench.failure();

        assertThat(bench.upstream.calls()).hasSize(1);
    }

    @Test
    void a_connection_that_fails_on_a_later_attempt_is_tried_once_more_too() {
        Bench bench = new Bench(
                ScriptedUpstream.of(
                        Script.refuses(limited(30)), Script.refuses(unavailable(Reason.BROKEN)), Script.text("Seven.")),
                "a",
                "b");

        bench.chat();

        assertThat(bench.used()).isEqualTo("abb");
    }

    @Test
    void a_pinned_credential_that_fails_is_not_replaced_by_another() {
        Bench bench = new Bench(ScriptedUpstream.always(Script.refuses(limited(30))), "a", "b");
        bench.gateway.credentials().pin(bench.store.all().get(1).id());

        assertThat(bench.failure()).isInstanceOf(RateLimited.class);
        assertThat(bench.used()).isEqualTo("b");
    }

    @Test
    void a_failure_in_the_middle_of_an_answer_sends_the_credential_to_rest_as_one_before_it_does() {
        Bench limited =
                new Bench(ScriptedUpstream.of(Script.says(Chunks.content("Se")).thenFails(limited(30))), "a");
        Bench stalled =
                new Bench(ScriptedUpstream.of(Script.says(Chunks.content("Se")).thenFails(timeout(Deadline.GAP))), "a");
        Bench tooLong = new Bench(
                ScriptedUpstream.of(Script.says(Chunks.content("Se")).thenFails(timeout(Deadline.TOTAL))), "a");
        Stream.of(limited, stalled, tooLong).forEach(Bench::failure);

        assertThat(limited.resting()).containsExactly("a");
        assertThat(stalled.resting()).containsExactly("a");
        assertThat(tooLong.resting()).isEmpty();
    }

    private static ScriptedUpstream failingOnce(String credential, GatewayException failure) {
        AtomicBoolean failed = new AtomicBoolean();
        return ScriptedUpstream.choosing(
                call -> call.credential().id().value().equals(credential) && failed.compareAndSet(false, true)
                        ? Script.refuses(failure)
                        : Script.text("Seven."));
    }

    private static GatewayException limited(long seconds) {
        return new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(seconds), "Too many.");
    }

    private static GatewayException unavailable(Reason reason) {
        return new UpstreamUnavailable(reason, null, "Trouble.", null);
    }

    private static GatewayException timeout(Deadline deadline) {
        return new UpstreamTimeout(deadline, "Silence.");
    }
}
