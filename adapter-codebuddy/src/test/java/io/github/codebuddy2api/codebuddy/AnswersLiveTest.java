package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersLiveTest extends LiveTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t1",
                "t2",
                "t3",
                "t4",
                "t6",
                "t9",
                "no-done",
                "double-finish",
                "double-done",
                "double-usage",
                "after-finish",
                "after-done",
                "done-in-text",
                "utf8",
                "u2028",
                "bom",
                "data-no-space",
                "multiline-data",
                "no-blank-lines",
                "no-final-newline",
                "event-lines",
                "comments-then-text",
                "tool-interleaved",
                "tool-no-id",
                "tool-object-arguments",
                "tool-stop",
                "tool-length",
                "content-filter",
                "content-filter-dashed",
                "refusal",
                "finish-word",
                "empty-answer",
                "oddities"
            })
    void a_transcript_is_the_same_answer_however_it_is_delivered(String transcript) {
        ChatCompletion answer = complete("sim-" + transcript);

        for (String delivery : List.of("-bytes", "-awkward", "-whole", "-crlf", "-cr", "-pings", "-mixed-awkward")) {
            if (!transcript.equals("multiline-data") || !delivery.equals("-pings")) {
                assertThat(complete("sim-" + transcript + delivery))
                        .as(delivery)
                        .isEqualTo(answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sim-early-hints",
                "sim-chunk-extension",
                "sim-trailer",
                "sim-close-delimited",
                "sim-content-length",
                "sim-many-events-one-chunk",
                "sim-gzip",
                "sim-no-content-type",
                "sim-upper-content-type",
                "sim-slow-headers-50",
                "sim-slow-headers-bytes-50",
                "sim-slow-first-event-50",
                "sim-gap-50",
                "sim-stale",
                "sim-drop-idle",
                "sim-no-last-chunk",
                "sim-wrong-length-long",
                "sim-wrong-length-short"
            })
    void however_http_carries_it_t1_is_t1(String model) {
        ChatCompletion answer = complete(model);

        assertThat(answer.choices().getFirst().message().content()).isEqualTo("Seven is prime.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void an_answer_that_stalls_after_its_finish_ends_all_the_same() {
        options.set(options.get().withDeadlines(new CodeBuddyOptions.Deadlines(LONG, LONG, LONG, LONG, SHORT)));

        assertThat(complete("sim-stall-after-finish")
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .isNotEmpty();
        awaitLeft(request(1));
    }

    @Test
    void an_answer_that_breaks_behind_its_finish_is_whole() {
        int finish = indexAfter("\"finish_reason\":\"stop\"}]}\n\n");

        assertThat(complete("sim-reset-" + finish).choices().getFirst().finishReason())
                .isEqualTo(FinishReason.STOP);
    }

    private static int indexAfter(String mark) {
        String t1 = new String(Streams.bytes("t1-plain-text"), StandardCharsets.UTF_8);
        return t1.indexOf(mark) + mark.length();
    }

    @Test
    void a_whole_event_at_hand_is_told_before_it_is_read() {
        simulator.script(
                "m",
                Scenario.parse(
                        "stream\ntext a\nawait go\nchunk \"data: {}\\n\\ndata: {}\\n\\n\"\nawait end\nfinish stop\ndone\nlast-chunk"));
        try (CompletionStream stream = open("m")) {
            assertThat(stream.next()).isPresent();
            assertThat(stream.ready()).isFalse();
            simulator.open("go");
            assertThat(stream.next()).isPresent();
            assertThat(stream.ready()).isTrue();
            assertThat(stream.next()).isPresent();
            assertThat(stream.ready()).isFalse();
            simulator.open("end");
            assertThat(Chunks.drain(stream)).isNotEmpty();
            assertThat(stream.ready()).isTrue();
        }
    }

    @Test
    void a_chunk_is_handed_on_while_the_next_is_still_to_be_written() {
        simulator.script(
                "m",
                Scenario.parse("stream\ntext a\nawait one\ntext b\nawait two\ntext c\nfinish stop\ndone\nlast-chunk"));
        try (CompletionStream stream = open("m")) {
            assertThat(text(stream.next())).isEqualTo("a");
            simulator.open("one");
            assertThat(text(stream.next())).isEqualTo("b");
            simulator.open("two");
            assertThat(text(stream.next())).isEqualTo("c");
        }
    }

    private static String text(Optional<ChatChunk> chunk) {
        return Chunks.text(List.of(chunk.orElseThrow()));
    }

    @Test
    void a_connection_is_used_again_after_a_whole_answer() {
        for (int i = 1; i <= 5; i++) {
            complete("sim-t1");
            awaitIdle(request(i));
        }

        assertThat(simulator.journal().requests().stream()
                        .map(Exchange::connection)
                        .distinct())
                .hasSizeLessThan(5);
    }

    /** The rest of an answer is read beside the caller's way, so the next request may be quicker; it need not wait. */
    private void awaitIdle(Exchange exchange) {
        long start = System.nanoTime();
        while (exchange.end().isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_connection_that_the_upstream_dropped_is_not_used_again() {
        for (int i = 0; i < 5; i++) {
            assertThat(complete("sim-drop-idle").choices()).hasSize(1);
        }
    }

    @Test
    void the_upstream_gets_what_it_wants() {
        ChatRequest request = new ChatRequest(
                "vendor/glm-5.2",
                List.of(ChatMessage.text(Role.DEVELOPER, "Be short."), ChatMessage.user("Hi \u4e2d \ud83d\ude00")),
                Map.of("max_completion_tokens", RawJson.of("100")));
        try (CompletionStream stream = codeBuddy.open(request, Credentials.of("a"), Chats.correlation())) {
            Chunks.drain(stream);
        }

        Exchange seen = request(1);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.header("host")).contains("127.0.0.1:" + simulator.uri().getPort());
        assertThat(seen.header("x-domain")).contains("127.0.0.1");
        assertThat(seen.header("authorization")).contains("Bearer not-a-token-of-a");
        assertThat(seen.header("content-length")).isPresent();
        assertThat(seen.headers().stream().map(header -> header.name().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates()
                .doesNotContain("upgrade", "http2-settings", "cookie", "expect");
        assertThat(seen.body().text())
                .isEqualTo("{\"model\":\"glm-5.2\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"messages\":[{\"role\":\"system\",\"content\":\"Be short.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi \u4e2d \ud83d\ude00\"}],\"max_tokens\":100}");
    }

    @Test
    void a_large_request_arrives_whole() {
        String text = "0123456789abcdef".repeat(512 * 1024);
        ChatRequest request = ChatRequest.of("sim-t1", ChatMessage.user(text));
        try (CompletionStream stream = codeBuddy.open(request, Credentials.of("a"), Chats.correlation())) {
            Chunks.drain(stream);
        }

        assertThat(request(1).body().length()).isGreaterThan(text.length());
    }

    @Test
    void changed_options_count_from_the_next_request_on() throws IOException {
        complete("sim-t1");
        try (SimulatedCodeBuddy other = SimulatedCodeBuddy.start()) {
            options.set(CodeBuddyOptions.at(other.uri()).withSslVerify(false));

            complete("sim-t1");

            assertThat(other.journal().requests()).hasSize(1);
            assertThat(other.journal().requests().getFirst().header("host"))
                    .contains("127.0.0.1:" + other.uri().getPort());
        }
        assertThat(simulator.journal().requests()).hasSize(1);
    }

    @Test
    void an_answer_under_way_outlives_a_change_of_options() {
        simulator.script("m", Scenario.parse("stream\ntext a\nawait go\nfinish stop\ndone\nlast-chunk"));
        try (CompletionStream stream = open("m")) {
            assertThat(stream.next()).isPresent();
            options.set(options.get().withSslVerify(false));
            complete("sim-t1");
            simulator.open("go");

            assertThat(Chunks.drain(stream)).isNotEmpty();
        }
    }

    @Test
    void many_answers_at_once_stay_apart() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            String word = "word-" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try (CompletionStream stream = codeBuddy.open(
                        ChatRequest.of("sim-echo", ChatMessage.user(word)), Credentials.of("a"), Chats.correlation())) {
                    assertThat(Chunks.text(Chunks.drain(stream)).strip()).isEqualTo(word);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        }

        assertThat(failures).isEmpty();
    }
}
