package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.AnswerStarted;
import io.github.codebuddy2api.core.GatewayEvent.AttemptFailed;
import io.github.codebuddy2api.core.GatewayEvent.CredentialRested;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayEvent.RequestFailed;
import io.github.codebuddy2api.core.GatewayEvent.RequestStarted;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Considered.Standing;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final RequestId ID = Chats.correlation().requestId();
    private static final CredentialId A = new CredentialId("a");
    private static final CredentialId B = new CredentialId("b");

    @Test
    void a_request_that_fails_over_is_told_step_by_step() {
        RateLimited limit = new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(30), "Too many.");
        Script answer = Script.says(Chunks.content("Seven."), Chunks.stop(), Chunks.usage(3, 4));
        Bench bench = new Bench(ScriptedUpstream.of(Script.refuses(limit), answer), "a", "b");

        try (CompletionStream stream = bench.stream()) {
            bench.time.advance(Duration.ofSeconds(2));
            Chunks.drain(stream);
        }

        assertThat(bench.listener.events())
                .containsExactly(
                        new RequestStarted(ID, Chats.MODEL, true),
                        new CredentialsConsidered(ID, 1, List.of(chosen("a"), stands("b", Standing.NOT_ITS_TURN))),
                        new AttemptFailed(ID, Chats.MODEL, A, 1, "rate_limit_exceeded"),
                        new CredentialRested(ID, A, null, ManualTime.START.plusSeconds(30), "rate_limit_exceeded"),
                        new CredentialsConsidered(
                                ID,
                                2,
                                List.of(
                                        new Considered(
                                                A,
                                                "a",
                                                Standing.TRIED,
                                                ManualTime.START.plusSeconds(30),
                                                "rate_limit_exceeded"),
                                        chosen("b"))),
                        new AnswerStarted(ID, Chats.MODEL, B, 2, Duration.ZERO),
                        new AnswerEnded(ID, Chats.MODEL, B, null, Usage.of(3, 4), Duration.ofSeconds(2)));
    }

    @Test
    void a_request_that_nobody_can_serve_is_told_with_its_attempts() {
        Bench bench = new Bench(ScriptedUpstream.always(Script.refuses(new ModelNotFound("No."))), "a");

        bench.failure("invented");

        Instant later = ManualTime.START.plus(Duration.ofHours(6));
        assertThat(bench.listener.events())
                .containsExactly(
                        new RequestStarted(ID, "invented", true),
                        new CredentialsConsidered(ID, 1, List.of(chosen("a"))),
                        new AttemptFailed(ID, "invented", A, 1, "model_not_found"),
                        new CredentialRested(ID, A, "invented", later, "model_not_found"),
                        new CredentialsConsidered(
                                ID, 2, List.of(new Considered(A, "a", Standing.TRIED, later, "model_not_found"))),
                        new RequestFailed(ID, "invented", 1, "model_not_found", Duration.ZERO));
    }

    @Test
    void an_answer_that_breaks_off_is_told_with_its_reason_and_what_was_counted() {
        Script script = Script.says(Chunks.content("Se"), Chunks.usage(3, 1))
                .thenFails(UpstreamGarbled.malformed("Nonsense.", null));
        Bench bench = new Bench(ScriptedUpstream.of(script), "a");

        bench.failure();

        assertThat(bench.listener.events(AnswerEnded.class))
                .containsExactly(
                        new AnswerEnded(ID, Chats.MODEL, A, "upstream_malformed", Usage.of(3, 1), Duration.ZERO));
    }

    @Test
    void a_whole_answer_that_grows_too_large_is_told_as_such() {
        ChatChunk[] chunks = new ChatChunk[3];
        Arrays.fill(chunks, Chunks.content("x".repeat(1024)));
        Bench bench = new Bench(ScriptedUpstream.of(Script.says(chunks)), "a");
        bench.settings = bench.settings.withMaxAnswerCharacters(2 * 1024);

        Throwable failure = catchThrowable(() -> bench.gateway.chat().complete(Chats.request(), Chats.correlation()));

        assertThat(failure).isInstanceOf(UpstreamGarbled.class);
        assertThat(bench.listener.events(AnswerEnded.class))
                .extracting(AnswerEnded::code)
                .containsExactly("upstream_event_too_large");
        assertThat(bench.upstream.unclosed()).isZero();
    }

    @Test
    void even_a_bug_before_the_first_chunk_ends_what_was_told_to_have_come() {
        Bench bench = new Bench(
                ScriptedUpstream.of(Script.nothing().thenFails(new IllegalStateException("a planted bug"))), "a");

        Throwable bug = catchThrowable(bench::chat);

        assertThat(bug).isInstanceOf(IllegalStateException.class);
        assertThat(bench.listener.events(RequestFailed.class))
                .containsExactly(new RequestFailed(ID, Chats.MODEL, 1, "internal_error", Duration.ZERO));
    }

    @Test
    void a_listener_that_throws_breaks_nothing() {
        Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.of(Script.text("Seven.")))
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .listener(EventsTest::refuse)
                .build();

        ChatCompletion answer = gateway.complete(Chats.request());

        assertThat(answer.choices().get(0).message().content()).isEqualTo("Seven.");
    }

    private static Considered chosen(String id) {
        return stands(id, Standing.CHOSEN);
    }

    private static Considered stands(String id, Standing standing) {
        return Considered.of(Credentials.of(id), standing);
    }

    private static void refuse(GatewayEvent event) {
        throw new IllegalStateException("a listener that always fails");
    }
}
