package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fault matrix, 5.3: what goes wrong after the first event. Nothing is asked twice; a stream ends with the error event
 * and no end mark, a folded answer is an error; and what is no fault leaves no trace.
 */
final class FaultsWithinTheAnswerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ALL = Integer.MAX_VALUE;
    private static final long MEBIBYTE = 1024 * 1024;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static ServiceUnderTest impatient;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
        impatient = ServiceUnderTest.start(
                Setup.with(simulator.uri()).codebuddy("timeouts: {first_event: 20s, gap: 500ms, total: 2s}"));
        simulator.script("cut-after-event", Streams.brokenOff("t8", ALL, new Step.Close()));
        simulator.script("cut-within-event", Streams.brokenOff("t1", 400, new Step.Close()));
        simulator.script("cut-between-events", Streams.brokenOff("t1", 530, new Step.Close()));
        simulator.script("cut-within-chunk", Streams.brokenOff("t8", ALL, send("ff\r\ndata: {\"id"), new Step.Close()));
        simulator.script("bad-chunk-size", Streams.brokenOff("t8", ALL, send("zz\r\n"), new Step.Close()));
        simulator.script("reset", Streams.brokenOff("t8", ALL, new Step.Reset()));
        simulator.script("cut-within-tool", Streams.brokenOff("tool-cut", ALL, new Step.Close()));
        Oddities.script(simulator);
    }

    @AfterAll
    static void stop() {
        service.close();
        impatient.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # model           | text before it   | code                     | type             | folded status
            # the connection ends without a finish reason
            cut-after-event   | The answer       | upstream_incomplete      | server_error     | 502
            cut-within-event  | Seven            | upstream_incomplete      | server_error     | 502
            cut-between-events | Seven is prime. | upstream_incomplete      | server_error     | 502
            cut-within-chunk  | The answer       | upstream_incomplete      | server_error     | 502
            bad-chunk-size    | The answer       | upstream_incomplete      | server_error     | 502
            reset             | The answer       | upstream_incomplete      | server_error     | 502
            sim-done-without-finish | Seven is prime. | upstream_incomplete | server_error     | 502
            # an error event, in each of its shapes
            sim-t5            | Step one         | upstream_error           | server_error     | 502
            sim-t5-text       | Step one         | upstream_error           | server_error     | 502
            sim-t5-data       | Step one         | insufficient_quota       | rate_limit_error | 429
            sim-t5-envelope   | Step one         | upstream_error           | server_error     | 502
            # not its protocol: no guess and no skip
            sim-garbage       | Seven            | upstream_malformed       | server_error     | 502
            sim-garbage-array | Seven            | upstream_malformed       | server_error     | 502
            sim-bad-utf8      | Seven is prime.  | upstream_malformed       | server_error     | 502
            # larger than agreed
            sim-oversize      | Seven            | upstream_event_too_large | server_error     | 502
            """)
    void an_answer_that_breaks_off_says_so(String model, String text, String code, String type, int folded)
            throws Exception {
        SseText stream = brokenStream(service, model);

        assertThat(stream.joined("content")).isEqualTo(text);
        assertThat(stream.errorObject().path("code").asText()).isEqualTo(code);
        assertThat(stream.errorObject().path("type").asText()).isEqualTo(type);
        assertThat(stream.finishReasons()).isEmpty();
        assertThat(stream.usages()).isEmpty();
        assertThat(simulator.journal().requests()).hasSize(1);

        RawResponse whole = Asked.chat(service, model, false);
        assertThat(whole.status()).as("%s", whole).isEqualTo(folded);
        assertThat(whole.error().path("code").asText()).isEqualTo(code);
        assertThat(whole.text()).doesNotContain(text);
        ErrorContract.isKept(whole);
        assertThat(simulator.journal().requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"sim-stall-t8-400, The answer", "sim-stall-400, Seven"})
    void a_silence_within_the_answer_ends_at_its_deadline(String model, String text) throws Exception {
        SseText stream = brokenStream(impatient, model);

        assertThat(stream.joined("content")).isEqualTo(text);
        assertThat(stream.errorObject().path("code").asText()).isEqualTo("upstream_timeout");
        assertThat(stream.errorObject().path("type").asText()).isEqualTo("server_error");
        RawResponse whole = Asked.chat(impatient, model, false);
        assertThat(whole.status()).as("%s", whole).isEqualTo(504);
        assertThat(simulator.journal().requests()).hasSize(2);
        for (Exchange call : simulator.journal().requests()) {
            assertThat(simulator.journal().awaitEnd(call, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
        }
    }

    @Test
    void an_answer_without_end_ends_at_its_deadline() throws Exception {
        SseText stream = brokenStream(impatient, "sim-pace-1000-100");

        assertThat(stream.joined("content")).startsWith("0@");
        assertThat(stream.errorObject().path("code").asText()).isEqualTo("stream_duration_exceeded");
        assertThat(simulator.journal().awaitEnd(simulator.journal().requests().getFirst(), LIMIT))
                .isEqualTo(Exchange.End.PEER_LEFT);
    }

    @Test
    void a_line_without_end_is_given_up_at_the_limit_and_not_after_buffering() throws Exception {
        for (boolean streaming : List.of(true, false)) {
            simulator.journal().clear();
            RawResponse response = Asked.chat(service, "sim-endless-line-67108864", streaming);

            assertThat(response.text()).contains("upstream_event_too_large");
            Exchange call = simulator.journal().requests().getFirst();
            assertThat(simulator.journal().awaitEnd(call, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
            assertThat(call.bytesWritten()).isLessThan(16 * MEBIBYTE);
        }
    }

    @Test
    void calls_of_tools_that_were_cut_are_never_completed() throws Exception {
        SseText stream = brokenStream(service, "cut-within-tool");

        assertThat(arguments(stream)).isEqualTo("{\"city\":\"Os");
        assertThat(stream.errorObject().path("code").asText()).isEqualTo("upstream_incomplete");
        RawResponse whole = Asked.chat(service, "cut-within-tool", false);
        assertThat(whole.status()).isEqualTo(502);
        assertThat(whole.error().path("code").asText()).isEqualTo("upstream_incomplete");
    }

    @Test
    void calls_of_tools_that_ran_into_the_length_limit_stay_as_they_are() throws Exception {
        SseText stream = wholeStream("sim-tool-length");

        assertThat(arguments(stream)).isEqualTo("{\"city\":\"Os");
        assertThat(stream.finishReasons()).containsExactly("length");
        JsonNode whole = Asked.chat(service, "sim-tool-length", false).json();
        assertThat(whole.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"city\":\"Os");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    static List<String> oddities() {
        return Oddities.MODELS;
    }

    /** However the bytes are cut, ended, spaced or commented: the text is the same. */
    @ParameterizedTest
    @MethodSource("oddities")
    void oddities_of_the_upstream_leave_no_trace(String model) throws Exception {
        SseText stream = wholeStream(model);

        assertThat(stream.joined("content")).isEqualTo("Seven is prime.");
        assertThat(stream.finishReasons()).containsExactly("stop");
        assertThat(stream.usages().size()).isLessThanOrEqualTo(1);
        RawResponse folded = Asked.chat(service, model, false);
        assertThat(folded.status()).as("%s", folded).isEqualTo(200);
        JsonNode whole = folded.json();
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("Seven is prime.");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(simulator.journal().requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-utf8", "sim-utf8-bytes", "sim-utf8-awkward"})
    void characters_cut_between_reads_arrive_whole(String model) throws Exception {
        String once = Asked.chat(service, "sim-utf8", false)
                .json()
                .at("/choices/0/message/content")
                .asText();

        assertThat(wholeStream(model).joined("content")).isEqualTo(once).doesNotContain("\ufffd");
        assertThat(once.codePoints().anyMatch(c -> c > 0xffff)).isTrue();
    }

    @Test
    void separators_of_lines_within_a_text_stay_text() throws Exception {
        assertThat(wholeStream("sim-u2028").joined("content")).contains("\u2028", "\u2029", "\u0085");
    }

    @Test
    void the_end_mark_within_a_text_is_text() throws Exception {
        assertThat(wholeStream("sim-done-in-text").joined("content")).contains("[DONE]");
    }

    @Test
    void silence_after_the_finish_reason_does_not_spoil_the_answer() throws Exception {
        RawResponse whole = Asked.chat(impatient, "sim-stall-after-finish", false);
        assertThat(whole.status()).as("%s", whole).isEqualTo(200);
        assertThat(whole.json().at("/choices/0/message/content").asText()).isEqualTo("Seven is prime.");
    }

    /** Compressed although we asked for plain: either read within limits or refused, never passed on as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"sim-gzip", "sim-gzip-false", "sim-gzip-bomb"})
    void compression_that_nobody_asked_for_is_unpacked_within_limits_or_refused(String model) throws Exception {
        RawResponse response = Asked.chat(service, model, false);

        if (response.status() == 200) {
            assertThat(model).isEqualTo("sim-gzip");
            assertThat(response.json().at("/choices/0/message/content").asText())
                    .isEqualTo("Seven is prime.");
        } else {
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.error().path("code").asText()).isIn("upstream_malformed", "upstream_event_too_large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-huge-header", "sim-not-http"})
    void what_is_not_even_http_is_no_answer(String model) throws Exception {
        RawResponse response = Asked.chat(service, model, true);

        assertThat(response.status()).as("%s", response).isEqualTo(502);
        assertThat(response.error().path("code").asText()).isIn("upstream_malformed", "upstream_unreachable");
    }

    @Test
    void a_flood_is_read_whole_and_in_order() throws Exception {
        SseText stream = wholeStream("sim-flood-5000");

        assertThat(stream.joined("content")).hasSize(5000 * 1024);
    }

    @Test
    void a_client_that_does_not_read_slows_the_upstream_down() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-flood-200000", true)));
            connection.readHead();
            Exchange call = simulator.journal().awaitRequest("/v2/chat/completions", 1, LIMIT);
            // All that can be on its way is what the sockets hold; so the flood must stop long before its end.
            long before = -1;
            while (call.bytesWritten() != before) {
                before = call.bytesWritten();
                assertThat(before).isLessThan(64 * MEBIBYTE);
                // Two answers to others take longer than a write that is not blocked.
                Asked.chat(service, "hy3", true);
                Asked.chat(service, "hy3", false);
            }
            assertThat(call.end()).isEmpty();
            connection.reset();
            assertThat(simulator.journal().awaitEnd(call, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
        }
    }

    /** Reads a stream that must break off as promised: an error event, the last chunk, and nothing else. */
    private static SseText brokenStream(ServiceUnderTest from, String model) throws Exception {
        try (RawConnection connection = from.connect()) {
            connection.send(Asked.request(Asked.body(model, true)));
            RawResponse response = connection.read();

            assertThat(response.status()).as("%s", response).isEqualTo(200);
            assertThat(response.whole()).as("the framing is whole").isTrue();
            SseText stream = SseText.read(response.text());
            assertThat(stream.done()).isFalse();
            assertThat(stream.error()).singleElement().satisfies(event -> {
                assertThat(event.fieldNames()).toIterable().containsExactly("error");
                ErrorContract.isErrorObject(event.path("error"));
            });
            return stream;
        }
    }

    private static SseText wholeStream(String model) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body(model, true)));
            RawResponse response = connection.read();
            assertThat(response.status()).as("%s", response).isEqualTo(200);
            SseText stream = SseText.read(response.text());
            assertThat(stream.done()).as("%s", response).isTrue();
            assertThat(stream.error()).isEmpty();
            return stream;
        }
    }

    private static Step send(String text) {
        return new Step.Send(Bytes.utf8(text));
    }

    private static String arguments(SseText stream) {
        StringBuilder arguments = new StringBuilder();
        stream.data()
                .forEach(chunk -> chunk.at("/choices/0/delta/tool_calls")
                        .forEach(call ->
                                arguments.append(call.at("/function/arguments").asText(""))));
        return arguments.toString();
    }
}
