package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What an {@link Upstream} promises. The implementer sets up an upstream that behaves as a {@link Scenario} says and
 * opens one call to it; the tests look at the answer alone.
 */
public interface UpstreamContract {
    /** What the far side does. */
    enum Scenario {
        /** A whole answer of at least two chunks of text, which joined are {@link #plainText()}. */
        PLAIN_TEXT,
        /** A whole answer of two tool calls, each in several fragments, whose arguments are {@link #toolArguments()}. */
        TWO_TOOL_CALLS,
        /** One chunk of text or more, and then the connection is gone without an orderly end. */
        BREAKS_OFF,
        /** One chunk of text, and then silence for longer than a test lasts. */
        GOES_SILENT,
        /** The request is accepted, and then there is silence for longer than a test lasts. */
        SILENT_FROM_THE_START,
        /** The request is not answered in any way for longer than a test lasts. */
        NEVER_ACCEPTS,
        /** The credential is not accepted. */
        REJECTS_CREDENTIAL,
        /** Too many requests. */
        LIMITS_RATE
    }

    /** Opens a call that goes as {@code scenario} says; called once in a test. */
    CompletionStream open(Scenario scenario);

    /** The text of {@link Scenario#PLAIN_TEXT}. */
    String plainText();

    /** The arguments of the two calls of {@link Scenario#TWO_TOOL_CALLS}, in order. */
    List<String> toolArguments();

    /**
     * Waits until the call is over for the far side too: answered to its end, or seen to be cancelled. Fails the test if
     * that does not happen.
     */
    void awaitReleased();

    @Test
    default void chunks_come_in_order_and_then_the_end() {
        try (CompletionStream stream = open(Scenario.PLAIN_TEXT)) {
            List<ChatChunk> chunks = Chunks.drain(stream);

            assertThat(Chunks.text(chunks)).isEqualTo(plainText());
            assertThat(chunks).hasSizeGreaterThan(1);
        }
    }

    @Test
    default void after_the_end_there_is_nothing_for_ever() {
        try (CompletionStream stream = open(Scenario.PLAIN_TEXT)) {
            Chunks.drain(stream);

            assertThat(stream.next()).isEmpty();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    default void tool_calls_carry_the_index_of_the_call_they_belong_to() {
        Map<Integer, StringBuilder> arguments = new TreeMap<>();
        try (CompletionStream stream = open(Scenario.TWO_TOOL_CALLS)) {
            for (ChatChunk chunk : Chunks.drain(stream)) {
                for (ChunkChoice choice : chunk.choices()) {
                    for (ToolCallDelta call : choice.delta().toolCalls()) {
                        arguments
                                .computeIfAbsent(call.index(), index -> new StringBuilder())
                                .append(call.arguments());
                    }
                }
            }
        }

        assertThat(arguments.values().stream().map(StringBuilder::toString)).containsExactlyElementsOf(toolArguments());
    }

    @Test
    default void an_answer_that_breaks_off_fails_and_keeps_what_came_before() {
        try (CompletionStream stream = open(Scenario.BREAKS_OFF)) {
            Optional<ChatChunk> first = stream.next();
            Throwable failure = catchThrowable(() -> Chunks.drain(stream));

            assertThat(first).isPresent();
            assertThat(failure).isInstanceOf(GatewayException.class).isNotInstanceOf(Cancelled.class);
        }
        awaitReleased();
    }

    @Test
    default void a_refused_credential_is_told_as_such() {
        assertThat(failureOf(Scenario.REJECTS_CREDENTIAL)).isInstanceOf(GatewayException.CredentialRejected.class);
    }

    @Test
    default void a_rate_limit_is_told_as_such() {
        assertThat(failureOf(Scenario.LIMITS_RATE)).isInstanceOf(GatewayException.RateLimited.class);
    }

    @Test
    default void closing_wakes_a_reader_that_waits_for_the_first_chunk() {
        CompletionStream stream = open(Scenario.SILENT_FROM_THE_START);
        OtherThread<Optional<ChatChunk>> reader = OtherThread.start(stream::next);
        reader.letItWait();

        stream.close();

        assertThat(reader.failure()).isInstanceOf(Cancelled.class);
        awaitReleased();
    }

    @Test
    default void closing_wakes_a_reader_in_the_middle_of_the_answer() {
        CompletionStream stream = open(Scenario.GOES_SILENT);
        assertThat(stream.next()).isPresent();
        OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(stream));
        reader.letItWait();

        stream.close();

        assertThat(reader.failure()).isInstanceOf(Cancelled.class);
        awaitReleased();
    }

    @Test
    default void closing_in_the_middle_lets_the_upstream_go() {
        CompletionStream stream = open(Scenario.GOES_SILENT);
        assertThat(stream.next()).isPresent();

        stream.close();

        awaitReleased();
    }

    @Test
    default void closing_again_and_closing_a_whole_answer_do_no_harm() {
        CompletionStream stream = open(Scenario.PLAIN_TEXT);
        Chunks.drain(stream);

        assertThatCode(() -> {
                    stream.close();
                    stream.close();
                })
                .doesNotThrowAnyException();
        awaitReleased();
    }

    @Test
    default void a_closed_answer_that_was_not_read_to_its_end_is_cancelled() {
        CompletionStream stream = open(Scenario.GOES_SILENT);
        assertThat(stream.next()).isPresent();
        stream.close();

        assertThat(catchThrowable(() -> Chunks.drain(stream))).isInstanceOf(Cancelled.class);
    }

    @Test
    default void interrupting_the_reader_cancels_and_keeps_the_flag() {
        try (CompletionStream stream = open(Scenario.GOES_SILENT)) {
            assertThat(stream.next()).isPresent();
            OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(stream));
            reader.letItWait();

            reader.interrupt();

            assertThat(reader.failure()).isInstanceOf(Cancelled.class);
            assertThat(reader.endedInterrupted()).isTrue();
        }
        awaitReleased();
    }

    @Test
    default void interrupting_a_call_that_is_not_accepted_yet_cancels_and_keeps_the_flag() {
        OtherThread<CompletionStream> caller = OtherThread.start(() -> open(Scenario.NEVER_ACCEPTS));
        caller.letItWait();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(Cancelled.class);
        assertThat(caller.endedInterrupted()).isTrue();
        awaitReleased();
    }

    @Test
    default void a_reader_who_is_interrupted_already_is_cancelled_when_he_would_wait() {
        try (CompletionStream stream = open(Scenario.SILENT_FROM_THE_START)) {
            OtherThread<Optional<ChatChunk>> reader = OtherThread.start(() -> {
                Thread.currentThread().interrupt();
                return stream.next();
            });

            assertThat(reader.failure()).isInstanceOf(Cancelled.class);
            assertThat(reader.endedInterrupted()).isTrue();
        }
    }

    /** The failure may come from {@code open} or from the first {@code next}: both are before the first chunk. */
    private Throwable failureOf(Scenario scenario) {
        return catchThrowable(() -> {
            try (CompletionStream stream = open(scenario)) {
                stream.next();
            }
        });
    }
}
