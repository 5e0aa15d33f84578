package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.RequestFailed;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The caller leaves: before the first chunk, between chunks, in silence, at the end. */
class CancellationTest {
    private final Gate gate = Gate.shut();

    @Test
    void before_the_upstream_accepts() {
        Bench bench = bench(Script.text("Seven.").acceptedAt(gate));
        OtherThread<CompletionStream> caller = OtherThread.start(bench::stream);
        gate.awaitArrival();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(Cancelled.class);
        assertThat(caller.endedInterrupted()).isTrue();
        assertThatNoFirstChunkCame(bench);
    }

    @Test
    void before_the_first_chunk() {
        Bench bench = bench(Script.nothing().thenAwaits(gate));
        OtherThread<CompletionStream> caller = OtherThread.start(bench::stream);
        gate.awaitArrival();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(Cancelled.class);
        assertThat(caller.endedInterrupted()).isTrue();
        assertThatNoFirstChunkCame(bench);
    }

    @Test
    void between_chunks() {
        Bench bench = bench(Script.says(Chunks.content("Se"), Chunks.content("ven."), Chunks.stop()));
        CompletionStream stream = bench.stream();
        assertThat(stream.next()).isPresent();

        stream.close();

        assertThat(catchThrowable(stream::next)).isInstanceOf(Cancelled.class);
        assertThatItWasCancelled(bench);
    }

    @Test
    void before_the_first_chunk_is_taken() {
        Bench bench = bench(Script.text("Seven."));
        CompletionStream stream = bench.stream();

        stream.close();

        assertThat(catchThrowable(stream::next)).isInstanceOf(Cancelled.class);
        assertThatItWasCancelled(bench);
    }

    @Test
    void in_silence_by_closing() {
        Bench bench = bench(Script.says(Chunks.content("Se")).thenAwaits(gate));
        CompletionStream stream = bench.stream();
        OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(stream));
        gate.awaitArrival();

        stream.close();

        assertThat(reader.failure()).isInstanceOf(Cancelled.class);
        assertThatItWasCancelled(bench);
    }

    @Test
    void in_silence_by_an_interrupt() {
        Bench bench = bench(Script.says(Chunks.content("Se")).thenAwaits(gate));
        CompletionStream stream = bench.stream();
        OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(stream));
        gate.awaitArrival();

        reader.interrupt();

        assertThat(reader.failure()).isInstanceOf(Cancelled.class);
        assertThat(reader.endedInterrupted()).isTrue();
        assertThatItWasCancelled(bench);
    }

    @Test
    void in_the_silence_after_the_finish_reason() {
        Bench bench = bench(Script.text("Seven.").thenAwaits(gate));
        CompletionStream stream = bench.stream();
        OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(stream));
        gate.awaitArrival();

        stream.close();

        assertThat(reader.failure()).isInstanceOf(Cancelled.class);
        assertThatItWasCancelled(bench);
    }

    @Test
    void at_the_end_it_changes_nothing() {
        Bench bench = bench(Script.text("Seven."));
        CompletionStream stream = bench.stream();
        Chunks.drain(stream);

        stream.close();
        stream.close();

        assertThat(stream.next()).isEmpty();
        assertThat(endings(bench)).containsExactly((String) null);
        assertThat(bench.upstream.calls().get(0).closes()).isEqualTo(1);
    }

    @Test
    void during_a_whole_answer() {
        Bench bench = bench(Script.says(Chunks.content("Se")).thenAwaits(gate));
        OtherThread<ChatCompletion> caller =
                OtherThread.start(() -> bench.gateway.chat().complete(Chats.request(), Chats.correlation()));
        gate.awaitArrival();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(Cancelled.class);
        assertThatItWasCancelled(bench);
    }

    @Test
    void a_broken_answer_stays_broken_however_often_it_is_asked() {
        Bench bench = bench(Script.says(Chunks.content("Se")));
        try (CompletionStream stream = bench.stream()) {
            assertThat(stream.next()).isPresent();

            assertThat(catchThrowable(stream::next)).isInstanceOf(UpstreamIncomplete.class);
            assertThat(catchThrowable(stream::next)).isInstanceOf(UpstreamIncomplete.class);
        }

        assertThat(endings(bench)).containsExactly("upstream_incomplete");
    }

    @Test
    void reader_and_closer_at_the_same_moment_end_it_once() {
        for (int i = 0; i < 200; i++) {
            Bench bench = bench(Script.text("Seven."));
            CompletionStream stream = bench.stream();
            OtherThread<Optional<ChatChunk>> reader = OtherThread.start(() -> {
                Optional<ChatChunk> last = stream.next();
                while (last.isPresent()) {
                    last = stream.next();
                }
                return last;
            });
            OtherThread<Boolean> closer = OtherThread.start(() -> {
                stream.close();
                return true;
            });

            closer.result();
            Throwable failure = catchThrowable(reader::result);

            boolean whole = failure == null;
            assertThat(endings(bench)).containsExactly(whole ? null : "client_closed");
            assertThat(bench.upstream.calls().get(0).closes()).isEqualTo(1);
        }
    }

    private static Bench bench(Script script) {
        return new Bench(ScriptedUpstream.of(script), "a", "b");
    }

    private static void assertThatNoFirstChunkCame(Bench bench) {
        assertThat(bench.listener.kinds())
                .containsExactly("RequestStarted", "CredentialsConsidered", "AttemptFailed", "RequestFailed");
        assertThat(bench.listener.events(RequestFailed.class).get(0).code()).isEqualTo("client_closed");
        assertThatNobodyIsBlamed(bench);
    }

    private static void assertThatItWasCancelled(Bench bench) {
        assertThat(bench.listener.kinds())
                .containsExactly("RequestStarted", "CredentialsConsidered", "AnswerStarted", "AnswerEnded");
        assertThat(endings(bench)).containsExactly("client_closed");
        assertThatNobodyIsBlamed(bench);
    }

    private static void assertThatNobodyIsBlamed(Bench bench) {
        assertThat(bench.resting()).isEmpty();
        assertThat(bench.upstream.calls()).hasSize(1);
        assertThat(bench.upstream.unclosed()).isZero();
    }

    private static List<String> endings(Bench bench) {
        return bench.listener.events(AnswerEnded.class).stream()
                .map(AnswerEnded::code)
                .collect(Collectors.toList());
    }
}
