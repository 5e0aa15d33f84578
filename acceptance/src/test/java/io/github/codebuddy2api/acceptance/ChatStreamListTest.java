package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list, 48 to 60: answers that are streamed. 56 is shown by {@link ChatAnswerListTest}. */
final class ChatStreamListTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int CROWD = 200;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-t1", "sim-t2-crlf-pings-bytes", "sim-utf8-awkward", "sim-no-blank-lines", "sim-t3"})
    @Item(
            value = {48, 50},
            note = "the OpenAI clients read it in OpenAiJavaSdkTest and OpenAiNodeSdkTest")
    void a_stream_is_read_by_a_strict_reader_and_ends_with_one_mark(String model) throws Exception {
        RawResponse response = Calls.to(service).chat(model, true);

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.header("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(response.text()).endsWith("data: [DONE]\n\n").containsOnlyOnce("data: [DONE]");
        SseText stream = SseText.read(response.text());
        assertThat(stream.done()).isTrue();
        assertThat(stream.finishReasons()).hasSize(1);
    }

    /** The upstream sends the next event only after the one before was read here. */
    @Test
    @Item(value = 49, note = "delays are measured in PacingTest")
    void each_piece_is_passed_on_before_the_next_one_comes() throws Exception {
        List<Step> steps = new ArrayList<>(List.of(Streams.head()));
        for (int number = 0; number < 6; number++) {
            steps.add(Streams.text("piece " + number + "."));
            steps.add(new Step.AwaitGate("piece " + number + " read"));
        }
        steps.addAll(List.of(Streams.finish(), Streams.done(), Streams.end()));
        simulator.script("piecemeal", new Scenario(steps));
        try (RawConnection connection = service.connect()) {
            connection.send(Calls.to(service)
                    .request("POST", Calls.CHAT, Asked.body("piecemeal", true), "Content-Type: application/json"));
            connection.readHead();
            for (int number = 0; number < 6; number++) {
                connection.readChunkWith("piece " + number + ".");
                simulator.open("piece " + number + " read");
            }
            connection.readChunkWith("[DONE]");
        }
    }

    @Test
    @Item(51)
    void the_end_mark_as_the_models_own_words_ends_nothing() throws Exception {
        SseText stream = streamed("sim-done-in-text");

        assertThat(stream.joined("content")).contains("[DONE]");
        assertThat(stream.joined("content"))
                .isEqualTo(Calls.to(service)
                        .chat("sim-done-in-text", false)
                        .json()
                        .at("/choices/0/message/content")
                        .asText());
        assertThat(stream.done()).isTrue();
    }

    @Test
    @Item(52)
    void a_finished_answer_without_an_end_mark_gets_one() throws Exception {
        SseText stream = streamed("sim-no-done");

        assertThat(stream.finishReasons()).containsExactly("stop");
        assertThat(stream.done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-t1", "sim-t2", "sim-t3", "sim-oddities"})
    @Item(53)
    void all_pieces_have_one_envelope_and_the_first_has_the_role(String model) throws Exception {
        SseText stream = streamed(model);

        assertThat(stream.data()).isNotEmpty();
        Set<String> envelopes = new LinkedHashSet<>();
        for (JsonNode chunk : stream.data()) {
            envelopes.add(chunk.path("id") + " " + chunk.path("created") + " " + chunk.path("model"));
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
        }
        assertThat(envelopes).hasSize(1);
        assertThat(stream.data().getFirst().at("/choices/0/delta/role").asText())
                .isEqualTo("assistant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-t3", "sim-tool-interleaved"})
    @Item(54)
    void tool_calls_have_the_same_ids_streamed_or_not(String model) throws Exception {
        List<String> whole = new ArrayList<>();
        Calls.to(service)
                .chat(model, false)
                .json()
                .at("/choices/0/message/tool_calls")
                .forEach(call -> whole.add(call.path("id").asText()));
        List<String> streamed = new ArrayList<>(Arrays.asList(new String[whole.size()]));
        for (JsonNode chunk : streamed(model).data()) {
            for (JsonNode call : chunk.at("/choices/0/delta/tool_calls")) {
                assertThat(call.path("index").isInt()).as("%s", call).isTrue();
                if (call.has("id")) {
                    assertThat(streamed.set(
                                    call.path("index").asInt(), call.path("id").asText()))
                            .as("ids of one call: %s", call)
                            .isNull();
                }
            }
        }

        assertThat(whole).hasSize(2);
        assertThat(streamed).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"sim-html-401, 503", "sim-14003, 429", "sim-500, 502"})
    @Item(value = 55, note = "the true status, and 401 for an account is 503")
    void a_refusal_before_the_first_piece_has_its_status(String model, int status) throws Exception {
        RawResponse response = Calls.to(service).chat(model, true);

        assertThat(response.status()).as("%s", response).isEqualTo(status);
        assertThat(response.text()).doesNotContain("[DONE]");
        ErrorContract.isKept(response);
    }

    @Test
    @Item(value = 57, note = "the connection stays open for the next request, see docs/decisions/0011")
    void an_answer_cut_after_two_pieces_gives_two_pieces_and_one_error() throws Exception {
        simulator.script(
                "cut after two",
                Scenario.of(
                        Streams.head(),
                        Streams.text("one "),
                        Streams.text("two "),
                        new Step.Pause(Duration.ofMillis(300)),
                        new Step.Close()));
        RawResponse response = Calls.to(service).chat("cut after two", true);

        assertThat(response.status()).isEqualTo(200);
        SseText stream = SseText.read(response.text());
        assertThat(stream.joined("content")).isEqualTo("one two ");
        assertThat(stream.done()).isFalse();
        ErrorContract.isErrorObject(stream.errorObject());
        assertThat(simulator.journal().requests(UPSTREAM_CHAT)).hasSize(1);
    }

    @Test
    @Item(58)
    void a_client_that_leaves_ends_the_call_of_the_upstream() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Calls.to(service)
                    .request(
                            "POST",
                            Calls.CHAT,
                            Asked.body("sim-pace-1000-20", true),
                            "Content-Type: application/json"));
            connection.readHead();
            connection.readChunkWith("1@");
        }
        Exchange call = simulator.journal().awaitRequest(UPSTREAM_CHAT, 1, LIMIT);

        simulator.journal().awaitClosed(call, Duration.ofSeconds(1));
    }

    @Test
    @Item(59)
    void two_hundred_slow_streams_all_go_on_and_the_service_stays_awake() throws Exception {
        CountDownLatch begun = new CountDownLatch(CROWD);
        List<Future<SseText>> streams = new ArrayList<>();
        long[] probes = new long[9];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CROWD; caller++) {
                streams.add(threads.submit(() -> slowStream(begun)));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            for (int probe = 0; probe < probes.length; probe++) {
                long asked = System.nanoTime();
                assertThat(Calls.to(service).as("").get("/health").status()).isEqualTo(200);
                probes[probe] = System.nanoTime() - asked;
            }
        }
        for (Future<SseText> stream : streams) {
            assertThat(stream.get().done()).isTrue();
            assertThat(stream.get().data()).hasSizeGreaterThanOrEqualTo(40);
        }
        Arrays.sort(probes);
        assertThat(Duration.ofNanos(probes[probes.length / 2])).isLessThan(Duration.ofMillis(100));
    }

    @Test
    @Item(60)
    void a_usage_without_choices_passes() throws Exception {
        SseText stream = SseText.read(Calls.to(service)
                .chat("sim-t1", true, ",\"stream_options\":{\"include_usage\":true}")
                .text());

        assertThat(stream.usages()).hasSize(1);
        assertThat(stream.usages().getFirst().path("choices")).isEmpty();
        assertThat(stream.usages().getFirst().at("/usage/total_tokens").asInt()).isEqualTo(25);
    }

    private static SseText slowStream(CountDownLatch begun) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Calls.to(service)
                    .request(
                            "POST", Calls.CHAT, Asked.body("sim-pace-40-100", true), "Content-Type: application/json"));
            RawResponse head = connection.readHead();
            begun.countDown();
            return SseText.read(connection.readBody(head).text());
        }
    }

    private static SseText streamed(String model) throws Exception {
        RawResponse response = Calls.to(service).chat(model, true);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return SseText.read(response.text());
    }
}
