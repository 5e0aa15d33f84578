package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.CredentialsChanged;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayEvent.RequestStarted;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Considered.Standing;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each look for a credential is told with what spoke for and against each of them. */
class ConsideredTest {
    private static final Script ANSWER = Script.text("Seven.");

    @Test
    void who_is_ready_but_not_chosen_waits_for_its_turn_or_stands_by() {
        Bench rotating = bench("a", "b").rotating(1);
        Bench staying = bench("a", "b").rotating(0);

        rotating.chats(2);
        staying.chats(2);

        assertThat(looks(rotating)).containsExactly("a CHOSEN, b NOT_ITS_TURN", "a NOT_ITS_TURN, b CHOSEN");
        assertThat(looks(staying)).containsExactly("a CHOSEN, b READY", "a CHOSEN, b READY");
    }

    @Test
    void what_its_owner_chose_speaks_for_itself() {
        Bench bench = bench("a", "b", "c").rotating(1);
        bench.gateway.credentials().enable(new CredentialId("a"), false);
        bench.gateway.credentials().pin(new CredentialId("c"));

        bench.chat();

        assertThat(looks(bench)).containsExactly("a DISABLED, b NOT_PINNED, c CHOSEN");
    }

    @Test
    void an_expired_one_is_told_as_such() {
        Credential expired = Credentials.expiring("a", ManualTime.START.minusSeconds(1));
        Bench bench =
                new Bench(ScriptedUpstream.always(ANSWER), InMemoryCredentialStore.of(expired, Credentials.of("b")));

        bench.chat();

        assertThat(looks(bench)).containsExactly("a EXPIRED, b CHOSEN");
    }

    @Test
    void a_rest_is_told_with_its_end_and_its_reason() {
        RateLimited limit = new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(30), "Too many.");
        Bench bench = new Bench(ScriptedUpstream.of(Script.refuses(limit), ANSWER, ANSWER), "a", "b");
        bench.chat();

        bench.chat();

        List<CredentialsConsidered> looks = bench.listener.events(CredentialsConsidered.class);
        assertThat(looks.get(2).considered())
                .containsExactly(
                        new Considered(
                                new CredentialId("a"),
                                "a",
                                Standing.COOLING_DOWN,
                                ManualTime.START.plusSeconds(30),
                                "rate_limit_exceeded"),
                        Considered.of(Credentials.of("b"), Standing.CHOSEN));
    }

    @Test
    void when_none_can_be_used_it_is_told_why_not() {
        CredentialRejected revoked = new CredentialRejected(true, "Log in again.");
        Bench bench = new Bench(ScriptedUpstream.always(Script.refuses(revoked)), "a");
        bench.failure();

        bench.failure();

        List<CredentialsConsidered> looks = bench.listener.events(CredentialsConsidered.class);
        assertThat(looks).last().satisfies(last -> {
            assertThat(last.attempt()).isEqualTo(1);
            assertThat(last.chosen()).isEmpty();
        });
        assertThat(looks(bench)).containsExactly("a CHOSEN", "a TRIED", "a NEEDS_LOGIN");
    }

    @Test
    void of_very_many_only_so_many_are_told_but_always_the_chosen_one() {
        String[] many = IntStream.range(100, 180).mapToObj(i -> "c" + i).toArray(String[]::new);
        Bench bench = bench(many);
        bench.gateway.credentials().pin(new CredentialId("c175"));

        bench.chat();

        CredentialsConsidered look =
                bench.listener.events(CredentialsConsidered.class).get(0);
        assertThat(look.considered()).hasSize(Considered.MOST);
        assertThat(look.chosen()).contains(new CredentialId("c175"));
        assertThat(look.considered().get(0).credential()).isEqualTo(new CredentialId("c100"));
    }

    @Test
    void a_request_is_told_as_it_comes_with_whether_its_answer_is_streamed() {
        Bench bench = bench("a");

        bench.chat();
        bench.gateway.chat().complete(Chats.request(), Chats.correlation());

        assertThat(bench.listener.events(RequestStarted.class))
                .extracting(RequestStarted::streamed)
                .containsExactly(true, false);
        assertThat(bench.listener.kinds()).startsWith("RequestStarted", "CredentialsConsidered");
    }

    @Test
    void a_change_of_the_list_or_of_what_is_chosen_is_told_but_not_the_first_list() {
        Bench bench = bench("a");
        bench.chat();
        assertThat(bench.listener.events(CredentialsChanged.class)).isEmpty();

        bench.store.replace(Credentials.named("a", "b"));
        bench.chat();
        assertThat(bench.listener.events(CredentialsChanged.class)).hasSize(1);

        bench.gateway.credentials().rotate(false);
        assertThat(bench.listener.events(CredentialsChanged.class)).hasSize(2);
    }

    private static Bench bench(String... credentials) {
        return new Bench(ScriptedUpstream.always(ANSWER), credentials);
    }

    private static List<String> looks(Bench bench) {
        return bench.listener.events(CredentialsConsidered.class).stream()
                .map(look -> String.join(
                        ", ",
                        look.considered().stream()
                                .map(it -> it.credential() + " " + it.standing())
                                .toList()))
                .toList();
    }
}
