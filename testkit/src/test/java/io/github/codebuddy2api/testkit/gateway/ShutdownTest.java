package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.AnswerStarted;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final Gate gate = Gate.shut();

    @Test
    void a_closed_gateway_refuses_and_asks_nobody() {
        Bench bench = new Bench(ScriptedUpstream.of(), "a");

        bench.gateway.close();
        bench.gateway.close();

        assertThat(bench.failure()).isInstanceOf(ShuttingDown.class);
        assertThat(bench.listener.kinds()).containsExactly("RequestStarted", "RequestFailed");
    }

    @Test
    void an_answer_under_way_ends_and_its_reader_is_told_why() {
        Bench bench =
                new Bench(ScriptedUpstream.of(Script.says(Chunks.content("Se")).thenAwaits(gate)), "a");
        CompletionStream stream = bench.stream();
        OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(stream));
        gate.awaitArrival();

        bench.gateway.close();

        assertThat(reader.failure()).isInstanceOf(ShuttingDown.class);
        assertThat(catchThrowable(stream::next)).isInstanceOf(ShuttingDown.class);
        assertThat(bench.listener.kinds())
                .containsExactly("RequestStarted", "CredentialsConsidered", "AnswerStarted", "AnswerEnded");
        assertThat(bench.listener.events(AnswerEnded.class).get(0).code()).isEqualTo("server_shutting_down");
        assertThatNothingIsLeft(bench);
    }

    @Test
    void a_wait_for_the_first_chunk_ends() {
        Bench bench = new Bench(ScriptedUpstream.of(Script.nothing().thenAwaits(gate)), "a", "b");
        OtherThread<CompletionStream> caller = OtherThread.start(bench::stream);
        gate.awaitArrival();

        bench.gateway.close();

        assertThat(caller.failure()).isInstanceOf(ShuttingDown.class);
        assertThat(bench.listener.kinds())
                .containsExactly("RequestStarted", "CredentialsConsidered", "AttemptFailed", "RequestFailed");
        assertThatNothingIsLeft(bench);
    }

    @Test
    void a_request_that_the_upstream_accepts_too_late_ends_and_is_not_tried_again() {
        Bench bench = new Bench(ScriptedUpstream.of(Script.text("Seven.").acceptedAt(gate)), "a", "b");
        OtherThread<CompletionStream> caller = OtherThread.start(bench::stream);
        gate.awaitArrival();

        bench.gateway.close();
        gate.open();

        assertThat(caller.failure()).isInstanceOf(ShuttingDown.class);
        assertThat(bench.listener.kinds())
                .containsExactly("RequestStarted", "CredentialsConsidered", "AttemptFailed", "RequestFailed");
        assertThatNothingIsLeft(bench);
    }

    @Test
    void closing_during_everything_leaves_nothing_behind() throws InterruptedException {
        for (int round = 0; round < 30; round++) {
            CountDownLatch begun = new CountDownLatch(round);
            ScriptedUpstream upstream = ScriptedUpstream.choosing(call -> {
                begun.countDown();
                return Script.text("Seven.");
            });
            Bench bench = new Bench(upstream, "a", "b", "c");
            List<OtherThread<GatewayException>> callers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                callers.add(OtherThread.start(() -> {
                    GatewayException failure = null;
                    while (failure == null) {
                        failure = bench.failure();
                    }
                    return failure;
                }));
            }

            begun.await();
            bench.gateway.close();

            assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isInstanceOf(ShuttingDown.class));
            assertThat(bench.listener.events(AnswerEnded.class))
                    .hasSameSizeAs(bench.listener.events(AnswerStarted.class));
            assertThatNothingIsLeft(bench);
        }
    }

    private static void assertThatNothingIsLeft(Bench bench) {
        assertThat(bench.upstream.unclosed()).isZero();
        assertThat(bench.upstream.calls())
                .allSatisfy(call -> assertThat(call.closes()).isEqualTo(1));
        assertThat(bench.resting()).isEmpty();
    }
}
