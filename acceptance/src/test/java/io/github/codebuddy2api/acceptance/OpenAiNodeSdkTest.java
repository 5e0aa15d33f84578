package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official package for Node with its default options, as an independent reader of what we say. One run of
 * {@code node/cases.mjs} makes all calls; the tests judge what it got.
 */
final class OpenAiNodeSdkTest {
    private static final int RUN_LIMIT_SECONDS = 90;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static JsonNode results;

    @BeforeAll
    static void run_all_cases() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        Scenario limit = Scenario.json(429, "{\"code\":14003,\"msg\":\"slower\"}", new Header("Retry-After", "1"));
        Scenario answer = Scenario.events(
                List.of(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Seven.\"},\"finish_reason\":null}]}",
                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "[DONE]"),
                Duration.ZERO);
        simulator.script("limited-once", limit, limit, limit, answer);
        simulator.script("never-retried", Scenario.json(500, "{\"error\":\"simulated\"}"));
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
        NodeFolder folder = new NodeFolder(Packaged.acceptance().resolve("node"));
        folder.install();
        results = Json.read(folder.execute(
                RUN_LIMIT_SECONDS,
                Map.of(),
                "node",
                "cases.mjs",
                service.baseUrl(),
                AppHome.PASSWORD,
                Images.RED_SQUARE));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        simulator.close();
    }

    @Test
    void a_text_is_answered_whole_streamed_and_folded() {
        String expected = "This is hy3, simulated. You wrote: Name one prime number.";

        assertThat(content(value("text"))).isEqualTo(expected);
        assertThat(joined(value("textStreamed"), "content")).isEqualTo(expected);
        assertThat(content(value("textFolded"))).isEqualTo(expected);
        assertThat(value("text").at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(value("text").at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void usage_comes_once_and_last_when_it_is_asked_for_and_else_not() {
        List<JsonNode> asked = items(value("usageStreamed"));

        assertThat(asked.getLast().at("/usage/total_tokens").asInt()).isPositive();
        assertThat(asked.getLast().path("choices")).isEmpty();
        assertThat(asked.subList(0, asked.size() - 1))
                .noneMatch(chunk -> chunk.path("usage").isObject());
        assertThat(items(value("textStreamed")))
                .noneMatch(chunk -> chunk.path("usage").isObject());
    }

    @Test
    void reasoning_stands_beside_the_text() {
        String thought = "The user asks something. A short answer will do. ";

        assertThat(value("reasoning").at("/choices/0/message/reasoning_content").asText())
                .isEqualTo(thought);
        assertThat(joined(value("reasoningStreamed"), "reasoning_content")).isEqualTo(thought);
        assertThat(joined(value("reasoningStreamed"), "content")).isEqualTo(content(value("reasoning")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "toolsFolded"})
    void two_parallel_tool_calls_arrive_whole(String name) {
        JsonNode choice = value(name).at("/choices/0");

        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(items(choice.at("/message/tool_calls")))
                .extracting(call -> call.at("/function/name").asText()
                        + call.at("/function/arguments").asText())
                .containsExactly("get_weather{\"city\":\"Oslo\"}", "get_time{\"tz\":\"UTC\"}");
    }

    @Test
    void two_parallel_tool_calls_are_streamed_with_indexes_from_zero_and_ids_once() {
        List<JsonNode> fragments = items(value("toolsStreamed")).stream()
                .flatMap(chunk -> items(chunk.at("/choices/0/delta/tool_calls")).stream())
                .toList();

        assertThat(fragments)
                .allSatisfy(call -> assertThat(call.path("index").isInt()).isTrue());
        assertThat(fragments.stream().filter(call -> call.has("id")))
                .extracting(call ->
                        call.path("index").asInt() + call.at("/function/name").asText())
                .containsExactly("0get_weather", "1get_time");
    }

    @Test
    void an_image_is_looked_at() {
        assertThat(content(value("image"))).isEqualTo("A red square.");
        assertThat(content(value("imageFolded"))).isEqualTo("A red square.");
    }

    @Test
    void the_models_are_listed() {
        assertThat(items(value("models"))).isNotEmpty().allSatisfy(model -> {
            assertThat(model.path("object").asText()).isEqualTo("model");
            assertThat(model.path("created").isInt()).isTrue();
        });
    }

    @Test
    void a_wrong_key_is_an_authentication_error() {
        JsonNode failure = value("wrongKey");

        assertThat(failure.path("kind").asText()).isEqualTo("AuthenticationError");
        assertThat(failure.path("status").asInt()).isEqualTo(401);
        assertThat(failure.path("code").asText()).isEqualTo("invalid_api_key");
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-model, NotFoundError, 404, model_not_found, invalid_request_error, null",
        "sim-11101, BadRequestError, 400, invalid_value, invalid_request_error, null",
        "sim-retry-after-7, RateLimitError, 429, rate_limit_exceeded, rate_limit_error, 7",
        "sim-14018, RateLimitError, 429, insufficient_quota, insufficient_quota, null",
        "sim-html-502, InternalServerError, 502, upstream_error, server_error, null",
        "sim-503, InternalServerError, 503, upstream_error, server_error, null",
    })
    void an_error_is_its_typed_exception(
            String model, String kind, int status, String code, String type, String retryAfter) {
        for (String way : List.of("errors", "errorsStreamed")) {
            JsonNode failure = value(way).path(model);
            assertThat(failure.path("kind").asText()).as(way).isEqualTo(kind);
            assertThat(failure.path("status").asInt()).isEqualTo(status);
            assertThat(failure.path("code").asText()).isEqualTo(code);
            assertThat(failure.path("type").asText()).isEqualTo(type);
            assertThat(failure.path("retryAfter").asText()).isEqualTo(retryAfter);
            assertThat(failure.path("requestID").asText()).isNotEmpty().isNotEqualTo("null");
        }
    }

    @Test
    void an_error_within_a_stream_is_an_exception_after_the_text_before_it() {
        assertThat(value("errorWithinStream").path("text").asText()).isEqualTo("Step one");
        for (String way : List.of("errorWithinStream", "errorWithinFolded")) {
            assertThat(value(way).path("failed").asBoolean()).as(way).isTrue();
            assertThat(value(way).path("code").asText()).as(way).isEqualTo("upstream_error");
            assertThat(value(way).path("type").asText()).as(way).isEqualTo("server_error");
        }
    }

    @Test
    void a_limit_that_names_its_end_is_waited_for_and_then_answered() {
        assertThat(content(value("retried"))).isEqualTo("Seven.");
        assertThat(calls("limited-once")).isEqualTo(4);
    }

    @Test
    void what_we_have_tried_enough_is_not_tried_again() {
        assertThat(value("notRetried").path("shouldRetry").asText()).isEqualTo("false");
        assertThat(calls("never-retried")).isEqualTo(3);
    }

    private static long calls(String model) {
        return simulator.journal().requests().stream()
                .filter(exchange -> exchange.body().text().contains("\"" + model + "\""))
                .count();
    }

    private static JsonNode value(String name) {
        assertThat(results.path(name).path("unexpected").asText()).as(name).isEmpty();
        return results.path(name).path("value");
    }

    private static String content(JsonNode completion) {
        return completion.at("/choices/0/message/content").asText();
    }

    private static String joined(JsonNode chunks, String member) {
        StringBuilder text = new StringBuilder();
        items(chunks)
                .forEach(chunk -> text.append(
                        chunk.path("choices").path(0).path("delta").path(member).asText("")));
        return text.toString();
    }

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
