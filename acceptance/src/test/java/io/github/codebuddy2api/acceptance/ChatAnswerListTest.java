package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list, 35 to 47: answers that are not streamed. */
final class ChatAnswerListTest {
    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(
                Setup.with(simulator.uri()).withManyTokens().codebuddy("timeouts: {first_event: 2s, gap: 2s}"));
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

    @Test
    @Item(value = 35, note = "with \"refusal\":null in the message, as OpenAI has it")
    void an_answer_has_the_promised_shape() throws Exception {
        simulator.script(
                "shape",
                Scenario.events(
                        List.of(
                                "{\"id\":\"up-1\",\"model\":\"shape\",\"system_fingerprint\":\"fp-1\",\"choices\":"
                                        + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Seven \"}}]}",
                                "{\"id\":\"up-1\",\"model\":\"shape\",\"choices\":"
                                        + "[{\"index\":0,\"delta\":{\"content\":\"is prime.\"}}]}",
                                "{\"id\":\"up-1\",\"model\":\"shape\",\"choices\":"
                                        + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                                "{\"id\":\"up-1\",\"model\":\"shape\",\"choices\":[],\"usage\":{\"prompt_tokens\":21,"
                                        + "\"completion_tokens\":4,\"total_tokens\":25}}",
                                "[DONE]"),
                        Duration.ZERO));
        RawResponse response = Calls.to(service).chat("shape", false);

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.header("content-type").orElse("")).startsWith("application/json");
        JsonNode answer = response.json();
        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id", "object", "created", "model", "choices", "usage", "system_fingerprint");
        assertThat(answer.path("id").asText()).isNotBlank();
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.path("created").isInt()).isTrue();
        assertThat(answer.path("model").asText()).isEqualTo("shape");
        assertThat(answer.path("choices"))
                .isEqualTo(Json.read(
                        "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Seven is prime.\",\"refusal\":null},"
                                + "\"finish_reason\":\"stop\",\"logprobs\":null}]"));
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(21);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(25);
        assertThat(answer.path("system_fingerprint").asText()).isEqualTo("fp-1");
    }

    @Test
    @Item(36)
    void reasoning_is_kept_beside_the_content() throws Exception {
        JsonNode message = message("sim-t2");

        assertThat(message.path("reasoning_content").asText()).isEqualTo("The user wants the capital. Done.");
        assertThat(message.path("content").asText()).isEqualTo("It is Paris.");
    }

    @Test
    @Item(37)
    void a_tool_call_in_fragments_is_put_together() throws Exception {
        simulator.script(
                "fragments",
                calls(
                        "{\"index\":0,\"id\":\"call-1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}",
                        "{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}",
                        "{\"index\":0,\"function\":{\"arguments\":\":1}\"}}"));
        JsonNode choice = Calls.to(service).chat("fragments", false).json().at("/choices/0");

        assertThat(choice.at("/message/tool_calls"))
                .isEqualTo(Json.read("[{\"id\":\"call-1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}]"));
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    @Item(38)
    void two_interleaved_tool_calls_are_not_mixed() throws Exception {
        JsonNode calls = message("sim-tool-interleaved").path("tool_calls");

        assertThat(calls).hasSize(2);
        assertThat(calls.at("/0/id").asText()).isEqualTo("call_i0");
        assertThat(calls.at("/0/function/arguments").asText()).isEqualTo("{\"p\":1}");
        assertThat(calls.at("/1/id").asText()).isEqualTo("call_i1");
        assertThat(calls.at("/1/function/arguments").asText()).isEqualTo("{\"q\":2}");
    }

    @Test
    @Item(39)
    void two_tool_calls_under_one_index_are_both_complete() throws Exception {
        JsonNode calls = message("sim-t3").path("tool_calls");

        assertThat(calls).hasSize(2);
        assertThat(calls.at("/0/id").asText()).isEqualTo("call_aa");
        assertThat(calls.at("/0/function/name").asText()).isEqualTo("get_weather");
        assertThat(calls.at("/0/function/arguments").asText()).isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(calls.at("/1/id").asText()).isEqualTo("call_bb");
        assertThat(calls.at("/1/function/name").asText()).isEqualTo("get_time");
        assertThat(calls.at("/1/function/arguments").asText()).isEqualTo("{\"tz\":\"UTC\"}");
    }

    @Test
    @Item(40)
    void a_missing_brace_is_added_and_what_is_hopeless_stays_itself() throws Exception {
        simulator.script(
                "braces",
                calls(
                        "{\"index\":0,\"id\":\"call-1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":{\\\"b\\\":1}\"}}",
                        "{\"index\":1,\"id\":\"call-2\",\"function\":{\"name\":\"g\",\"arguments\":\"not json\"}}"));
        JsonNode calls = message("braces").path("tool_calls");

        assertThat(calls.at("/0/function/arguments").asText()).isEqualTo("{\"a\":{\"b\":1}}");
        assertThat(calls.at("/1/function/arguments").asText()).isEqualTo("not json");
    }

    @Test
    @Item(41)
    void an_answer_that_was_too_long_says_so() throws Exception {
        simulator.script(
                "long",
                Scenario.events(
                        List.of(
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Once upon\"}}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}",
                                "[DONE]"),
                        Duration.ZERO));

        assertThat(Calls.to(service)
                        .chat("long", false)
                        .json()
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("length");
        assertThat(Calls.to(service)
                        .chat("sim-tool-length", false)
                        .json()
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("length");
    }

    @ParameterizedTest
    @CsvSource({
        "sim-html-401, 503, no_usable_credentials",
        "sim-14003, 429, rate_limit_exceeded",
        "sim-500, 502, upstream_error",
        "sim-503, 503, upstream_error",
        "sim-11101, 400, invalid_value",
        "sim-11128, 403, upstream_refused",
    })
    @Item(value = 42, note = "401 for an account is 503, because the caller's key is fine; 503 stays 503")
    void a_refusal_by_the_upstream_has_its_status(String model, int status, String code) throws Exception {
        RawResponse response = Calls.to(service).chat(model, false);

        assertThat(response.status()).as("%s", response).isEqualTo(status);
        assertThat(response.error().path("code").asText()).isEqualTo(code);
        ErrorContract.isKept(response);
    }

    @Test
    @Item(42)
    void a_refused_request_is_told_in_the_words_of_the_upstream() throws Exception {
        simulator.script("wordy", Scenario.json(400, "{\"code\":11101,\"msg\":\"the frobnicator is missing\"}"));
        RawResponse response = Calls.to(service).chat("wordy", false);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().path("detail").asText()).contains("the frobnicator is missing");
    }

    @Test
    @Item({43, 56})
    void an_upstream_that_takes_no_connection_is_told_soon_and_nothing_is_repeated() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + ServiceUnderTest.freePort());
        try (ServiceUnderTest alone = ServiceUnderTest.start(Setup.with(nobody))) {
            long begun = System.nanoTime();
            for (boolean stream : List.of(false, true)) {
                RawResponse response = Calls.to(alone).chat("hy3", stream);
                assertThat(response.status()).as("%s", response).isEqualTo(502);
                assertThat(response.text()).doesNotContain("data:", "[DONE]");
                ErrorContract.isKept(response);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(35));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-t8", "sim-cut-300", "sim-reset-t1-300"})
    @Item(value = 44, note = "502")
    void an_answer_that_breaks_off_is_no_answer(String model) throws Exception {
        RawResponse response = Calls.to(service).chat(model, false);

        assertThat(response.status()).as("%s", response).isEqualTo(502);
        ErrorContract.isKept(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-t5", "sim-t5-text", "sim-t5-data", "sim-t5-envelope", "sim-error-first-event"})
    @Item(45)
    void an_error_within_a_good_stream_is_an_error(String model) throws Exception {
        RawResponse response = Calls.to(service).chat(model, false);

        assertThat(response.status()).as("%s", response).isGreaterThanOrEqualTo(400);
        ErrorContract.isKept(response);
    }

    @ParameterizedTest
    @CsvSource({
        "sim-data-no-space, sim-t1",
        "sim-t1-crlf-pings, sim-t1",
        "sim-comments-then-text, sim-t1",
        "sim-utf8-bytes, sim-utf8",
        "sim-utf8-awkward, sim-utf8",
    })
    @Item(46)
    void content_is_intact_however_it_comes(String model, String plain) throws Exception {
        String text = message(model).path("content").asText();

        assertThat(text).isNotEmpty();
        if (!model.startsWith("sim-comments") && !model.startsWith("sim-data")) {
            assertThat(text).isEqualTo(message(plain).path("content").asText());
        }
    }

    @Test
    @Item(47)
    void an_upstream_that_is_silent_for_too_long_is_given_up() throws Exception {
        for (String model : List.of("sim-silent", "sim-stall-t1-300")) {
            RawResponse response = Calls.to(service).chat(model, false);

            assertThat(response.status()).as("%s", response).isEqualTo(504);
            assertThat(response.error().path("code").asText()).isEqualTo("upstream_timeout");
        }
    }

    private static JsonNode message(String model) throws Exception {
        RawResponse response = Calls.to(service).chat(model, false);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response.json().at("/choices/0/message");
    }

    /** An answer of tool calls, each fragment an event. */
    private static Scenario calls(String... fragments) {
        Stream<String> events = Stream.of(fragments)
                .map(fragment -> "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + fragment + "]}}]}");
        Stream<String> end =
                Stream.of("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}", "[DONE]");
        return Scenario.events(Stream.concat(events, end).toList(), Duration.ZERO);
    }
}
