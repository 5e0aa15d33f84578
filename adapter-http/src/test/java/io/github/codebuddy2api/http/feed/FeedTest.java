package io.github.codebuddy2api.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.AnswerStarted;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsChanged;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayEvent.RequestFailed;
import io.github.codebuddy2api.core.GatewayEvent.RequestStarted;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Considered.Standing;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.http.feed.Seen.Outcome;
import io.github.codebuddy2api.http.feed.Seen.State;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {
    private static final CredentialId A = new CredentialId("a");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final Feed feed = new Feed(time);

    private static RequestId id(int i) {
        return new RequestId("request-" + i);
    }

    private void comes(int i) {
        feed.on(new RequestStarted(id(i), "glm-5.2", true));
    }

    private void fails(int i) {
        feed.on(new RequestFailed(id(i), "glm-5.2", 0, "upstream_error", Duration.ofSeconds(1)));
    }

    private static List<String> ids(List<Seen> requests) {
        return requests.stream().map(Seen::id).toList();
    }

    /** What is there to take; waits for nothing. */
    private Subscription.Batch now(Subscription changes) {
        time.advance(Subscription.CREDENTIALS_PACE);
        return taken(changes, Duration.ZERO);
    }

    private static Subscription.Batch taken(Subscription changes, Duration patience) {
        try {
            return changes.take(patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void it_remembers_so_many_the_newest_first() {
        for (int i = 0; i < Feed.CAPACITY + 10; i++) {
            comes(i);
            fails(i);
        }

        assertThat(feed.latest()).hasSize(Feed.CAPACITY);
        assertThat(ids(feed.latest())).startsWith("request-509", "request-508").endsWith("request-10");
    }

    @Test
    void those_under_way_are_forgotten_last() {
        comes(0);
        for (int i = 1; i < Feed.CAPACITY + 10; i++) {
            comes(i);
            fails(i);
        }
        assertThat(ids(feed.latest())).hasSize(Feed.CAPACITY).endsWith("request-11", "request-0");

        for (int i = 1_000; i < 1_000 + Feed.CAPACITY; i++) {
            comes(i);
        }
        assertThat(ids(feed.latest())).hasSize(Feed.CAPACITY).endsWith("request-1000");
    }

    @Test
    void who_does_not_look_for_long_is_told_of_each_request_once_and_of_no_more_than_are_remembered() {
        try (Subscription changes = feed.subscribe()) {
            for (int i = 0; i < 10_000; i++) {
                comes(i);
                fails(i);
            }

            Subscription.Batch batch = now(changes);

            assertThat(ids(batch.requests()))
                    .hasSize(Feed.CAPACITY)
                    .doesNotHaveDuplicates()
                    .startsWith("request-9500")
                    .endsWith("request-9999");
            assertThat(batch.requests()).allMatch(Seen::isOver);
            assertThat(now(changes).isEmpty()).isTrue();
        }
    }

    @Test
    void a_request_is_told_as_it_is_when_somebody_looks_in_the_order_of_the_first_changes() {
        try (Subscription changes = feed.subscribe()) {
            comes(1);
            comes(2);
            feed.on(new AnswerStarted(id(2), "glm-5.2", A, 1, Duration.ofMillis(5)));
            comes(3);
            fails(1);

            List<Seen> told = now(changes).requests();

            assertThat(ids(told)).containsExactly("request-1", "request-2", "request-3");
            assertThat(told)
                    .extracting(request -> request.progress().state())
                    .containsExactly(State.ENDED, State.STREAMING, State.WAITING);
        }
    }

    @Test
    void what_changes_in_quick_succession_is_taken_together() {
        try (Subscription changes = feed.subscribe()) {
            comes(1);
            assertThat(taken(changes, AN_HOUR).requests()).hasSize(1);
            comes(2);
            OtherThread<Subscription.Batch> reader = OtherThread.start(() -> taken(changes, AN_HOUR));
            time.awaitWaiters(1);
            comes(3);

            time.advance(Subscription.PACE);

            assertThat(ids(reader.result().requests())).containsExactly("request-2", "request-3");
        }
    }

    @Test
    void accounts_are_told_of_at_most_four_times_a_second() {
        int told = 0;
        try (Subscription changes = feed.subscribe()) {
            for (int i = 0; i < 100; i++) {
                feed.on(new CredentialsChanged());
                told += taken(changes, Duration.ZERO).credentials() ? 1 : 0;
                time.advance(Duration.ofMillis(10));
            }
        }

        assertThat(told).isEqualTo(4);
    }

    @Test
    void the_last_change_of_accounts_is_told_too_when_its_time_comes() {
        try (Subscription changes = feed.subscribe()) {
            feed.on(new CredentialsChanged());
            assertThat(taken(changes, AN_HOUR).credentials()).isTrue();
            feed.on(new CredentialsChanged());
            OtherThread<Subscription.Batch> reader = OtherThread.start(() -> taken(changes, AN_HOUR));
            time.awaitWaiters(1);

            time.advance(Subscription.CREDENTIALS_PACE);

            assertThat(reader.result().credentials()).isTrue();
        }
    }

    @Test
    void who_has_left_collects_nothing() {
        Subscription changes = feed.subscribe();
        changes.close();

        comes(1);

        assertThat(now(changes).isEmpty()).isTrue();
    }

    @Test
    void whoever_waits_is_woken_by_the_end() {
        try (Subscription changes = feed.subscribe()) {
            OtherThread<Subscription.Batch> reader = OtherThread.start(() -> taken(changes, AN_HOUR));
            time.awaitWaiters(1);

            changes.end(true);

            assertThat(reader.result().stops()).isTrue();
        }
    }

    @Test
    void an_id_that_is_used_again_is_the_newer_request() {
        comes(1);
        comes(2);
        comes(1);
        feed.answered(id(1), 200);

        assertThat(ids(feed.latest())).containsExactly("request-1", "request-2");
        assertThat(feed.latest().get(0).progress().status()).isNull();
        fails(1);
        fails(1);
        feed.answered(id(1), 502);
        assertThat(feed.latest().get(0).progress().status()).isEqualTo(502);
    }

    @Test
    void what_is_told_of_an_unknown_request_is_nothing() {
        fails(1);
        feed.answered(id(1), 200);

        assertThat(feed.latest()).isEmpty();
    }

    @Test
    void only_so_many_attempts_are_kept_with_when_they_began() {
        comes(1);
        for (int i = 1; i <= 9; i++) {
            time.advance(Duration.ofMillis(20));
            Considered chosen = Considered.of(Credentials.of("c" + i), Standing.CHOSEN);
            feed.on(new CredentialsConsidered(id(1), i, List.of(chosen)));
            feed.on(new GatewayEvent.AttemptFailed(id(1), "glm-5.2", chosen.credential(), i, "code-" + i));
        }

        List<Seen.Attempt> attempts = feed.latest().get(0).attempts();

        assertThat(attempts)
                .extracting(attempt -> attempt.at().toMillis() + " " + attempt.code())
                .containsExactly("20 code-1", "40 code-2", "60 code-3", "80 code-4", "100 code-5");
    }

    @Test
    void a_second_try_with_the_same_credential_keeps_the_failure_of_the_first() {
        comes(1);
        for (String code : List.of("first", "second")) {
            feed.on(new CredentialsConsidered(id(1), 1, List.of(Considered.of(Credentials.of("a"), Standing.CHOSEN))));
            feed.on(new GatewayEvent.AttemptFailed(id(1), "glm-5.2", A, 1, code));
        }

        assertThat(feed.latest().get(0).attempts())
                .extracting(Seen.Attempt::code)
                .containsExactly("first", "second");
    }

    @Test
    void how_a_request_of_a_gateway_ended_is_told_apart() {
        Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.of(
                        Script.text("Seven."),
                        Script.says(Chunks.content("Se")).thenFails(new UpstreamIncomplete(null)),
                        Script.text("Seven."),
                        Script.text("never")))
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .listener(feed::on)
                .time(time)
                .build();

        gateway.complete(Chats.request());
        assertThat(last()).isEqualTo(Outcome.OK);

        try (CompletionStream cut = gateway.stream(Chats.request())) {
            assertThat(OtherThread.start(() -> Chunks.drain(cut)).failure()).isInstanceOf(UpstreamIncomplete.class);
        }
        assertThat(last()).isEqualTo(Outcome.CUT);

        gateway.stream(Chats.request()).close();
        assertThat(last()).isEqualTo(Outcome.CANCELLED);

        gateway.close();
        assertThat(OtherThread.start(() -> gateway.complete(Chats.request())).failure())
                .isNotNull();
        assertThat(last()).isEqualTo(Outcome.CANCELLED);
    }

    private Outcome last() {
        return feed.latest().get(0).progress().outcome();
    }

    @Test
    void a_request_without_a_credential_says_why() {
        Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.of())
                .credentials(InMemoryCredentialStore.of(Credentials.expiring("a", ManualTime.START.minusSeconds(1))))
                .listener(feed::on)
                .time(time)
                .build();

        assertThat(OtherThread.start(() -> gateway.complete(Chats.request())).failure())
                .isNotNull();

        assertThat(last()).isEqualTo(Outcome.FAILED);
        Seen.Attempt attempt = feed.latest().get(0).attempts().get(0);
        assertThat(attempt.credential()).isNull();
        assertThat(attempt.considered()).extracting(Considered::standing).containsExactly(Standing.EXPIRED);
    }

    @Test
    void it_is_the_same_for_many_threads() {
        try (Subscription changes = feed.subscribe()) {
            List<OtherThread<Boolean>> threads = IntStream.range(0, 8)
                    .mapToObj(thread -> OtherThread.start(() -> {
                        for (int i = 0; i < 500; i++) {
                            int id = thread * 1_000 + i;
                            comes(id);
                            feed.on(new AnswerStarted(id(id), "glm-5.2", A, 1, Duration.ofMillis(5)));
                            feed.on(new AnswerEnded(id(id), "glm-5.2", A, null, null, Duration.ofMillis(9)));
                        }
                        return true;
                    }))
                    .toList();
            threads.forEach(OtherThread::result);

            assertThat(feed.latest()).hasSize(Feed.CAPACITY).allMatch(Seen::isOver);
            assertThat(now(changes).requests()).hasSize(Feed.CAPACITY).allMatch(Seen::isOver);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "glm-5.2, glm-5.2",
        "'vendor/kimi k2', 'vendor/kimi k2'",
        "通义, 通义",
        "'a\nb\u0000c\u001b[2J', 'a?b?c?[2J'",
        "'\u202egpt\u200b\u00a0', '?gpt??'",
        "'Z\u0351\u036b', 'Z??'",
        "'\ud83d\ude00', '\ud83d\ude00'",
        "'\ud83d', '?'"
    })
    void a_models_name_is_what_can_be_seen_of_it(String asked, String shown) {
        assertThat(ModelName.shown(asked)).isEqualTo(shown);
        assertThat(ModelName.shown("x".repeat(60) + "😀".repeat(60))).isEqualTo("x".repeat(60) + "😀".repeat(4));
    }
}
