package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Accounts.Trial;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fake.UpstreamCall;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A test of one account, which the owner asks for. */
class TrialTest {
    private static final CredentialId A = new CredentialId("a");

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full("a", "b");
    private final Accounts accounts = bench.gateway.accounts();

    @Test
    void a_test_asks_for_a_short_answer_with_exactly_this_credential() {
        Trial trial = accounts.test(new CredentialId("b"), "glm-5.2");

        assertThat(trial).isEqualTo(new Trial("glm-5.2", Duration.ZERO, null));
        UpstreamCall call = bench.upstream.calls().get(0);
        assertThat(call.credential().id()).isEqualTo(new CredentialId("b"));
        assertThat(call.request().rest().get("max_tokens")).hasToString("RawJson[2 bytes]");
        assertThat(bench.upstream.unclosed()).isZero();
    }

    @Test
    void a_test_takes_no_turn_and_is_not_counted() {
        accounts.test(A, "glm-5.2");
        bench.chat(Chats.MODEL);
        accounts.test(A, "glm-5.2");
        bench.chat(Chats.MODEL);

        assertThat(bench.upstream.credentialsUsed()).containsExactly("a", "a", "a", "b");
        assertThat(bench.gateway.usage().summary().total().requests()).isEqualTo(2);
        assertThat(bench.usage.records()).hasSize(2);
        assertThat(bench.listener.kinds().stream().filter(kind -> kind.startsWith("Answer")))
                .containsExactly("AnswerStarted", "AnswerEnded", "AnswerStarted", "AnswerEnded");
        assertThat(bench.listener.events(GatewayEvent.RequestStarted.class)).hasSize(2);
    }

    /** Regression: a rest that a test was finding out about stayed shut to all requests for minutes. */
    @Test
    void a_test_that_ends_by_a_bug_leaves_finding_out_to_the_next_request() {
        GatewayException limited = new GatewayException.RateLimited(LimitScope.CREDENTIAL, null, "Too many.");
        Queue<RuntimeException> failures = new ArrayDeque<>(List.of(limited, new IllegalStateException("a bug")));
        FullBench failing = benches.full(
                ScriptedUpstream.choosing(call -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    return Script.text("Seven.");
                }),
                "a");
        failing.gateway.accounts().test(A, Chats.MODEL);
        failing.time.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> failing.gateway.accounts().test(A, Chats.MODEL))
                .isInstanceOf(IllegalStateException.class);

        failing.chat(Chats.MODEL);

        assertThat(failing.upstream.calls()).hasSize(3);
    }

    @Test
    void a_test_that_fails_tells_why_and_sends_the_credential_to_rest() {
        GatewayException revoked = new GatewayException.CredentialRejected(true, "Log in again.");
        FullBench failing = benches.full(ScriptedUpstream.always(Script.refuses(revoked)), "a");

        Trial trial = failing.gateway.accounts().test(A, "glm-5.2");

        assertThat(trial.reason()).contains(revoked);
        assertThat(failing.gateway.credentials().list().get(0).state()).isEqualTo(new CredentialState.NeedsLogin());
        assertThat(failing.listener.kinds()).containsExactly("CredentialRested");
        assertThat(failing.listener
                        .events(GatewayEvent.CredentialRested.class)
                        .get(0)
                        .credential())
                .isEqualTo(A);
    }

    @Test
    void a_resting_credential_can_be_tested() {
        GatewayException limited = new GatewayException.RateLimited(
                GatewayException.LimitScope.CREDENTIAL, Duration.ofHours(1), "Too many.");
        FullBench limiting = benches.full(ScriptedUpstream.of(Script.refuses(limited), Script.text("Seven.")), "a");
        assertThat(limiting.gateway.accounts().test(A, "glm-5.2").reason()).contains(limited);
        assertThat(limiting.gateway.credentials().list().get(0).state())
                .isInstanceOf(CredentialState.CoolingDown.class);

        assertThat(limiting.gateway.accounts().test(A, "glm-5.2").reason()).isEmpty();
    }

    @Test
    void an_answer_that_is_cut_by_its_limit_is_a_good_one() {
        Script cut = Script.says(Chunks.reasoning("Hm"), Chunks.finish(FinishReason.LENGTH));
        FullBench short16 = benches.full(ScriptedUpstream.always(cut), "a");

        assertThat(short16.gateway.accounts().test(A, "glm-5.2").reason()).isEmpty();
    }

    @Test
    void a_test_without_a_model_asks_the_first_on_offer() {
        bench.models.nowAnswers(List.of(new Model("first"), new Model("second")));

        assertThat(accounts.test(A, null).model()).isEqualTo("first");
        bench.settings = GatewaySettings.DEFAULT.with(ModelOffer.of("listed", "*"));
        assertThat(accounts.test(A, null).model()).isEqualTo("listed");
    }

    @Test
    void a_test_without_any_model_on_offer_says_so() {
        assertThatThrownBy(() -> accounts.test(A, null))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, wrong -> assertThat(wrong.param()).contains("model"));
    }

    @Test
    void a_test_of_an_alias_asks_the_model_behind_it() {
        bench.settings =
                GatewaySettings.DEFAULT.with(new ModelOffer(List.of("*"), List.of(), Map.of("fast", "glm-5.2")));

        assertThat(accounts.test(A, "fast").model()).isEqualTo("fast");
        assertThat(bench.upstream.calls().get(0).request().model()).isEqualTo("glm-5.2");
    }

    @Test
    void a_test_ends_with_the_gateway() {
        Gate gate = Gate.shut();
        FullBench slow = benches.full(ScriptedUpstream.always(Script.nothing().thenAwaits(gate)), "a");
        OtherThread<Trial> test =
                OtherThread.start(() -> slow.gateway.accounts().test(A, "glm-5.2"));
        gate.awaitArrival();

        slow.gateway.close();

        assertThat(test.failure()).isInstanceOf(ShuttingDown.class);
        assertThat(slow.upstream.unclosed()).isZero();
    }
}
