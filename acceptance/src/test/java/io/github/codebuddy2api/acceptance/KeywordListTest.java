package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list, 61 to 65: words that are replaced in answers. */
final class KeywordListTest {
    private static final String TOOL_EVENTS = "{\"id\":\"Claude-id\",\"model\":\"Claude\",\"choices\":[{\"index\":0,"
            + "\"delta\":{\"content\":\"use claude-4.0\",\"tool_calls\":[{\"index\":0,\"id\":\"Claude-1\",\"type\":\"function\","
            + "\"function\":{\"name\":\"Claude\",\"arguments\":\"{\\\"a\\\":\\\"Claude\\\"}\"}}]}}]}";

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
        simulator.script("whole", Streams.answer("I am Claude Code by Anthropic"));
        simulator.script(
                "split",
                Scenario.of(
                        Streams.head(),
                        Streams.text("I am Cla"),
                        Streams.text("ude Co"),
                        Streams.text("de by Anthr"),
                        Streams.text("opic"),
                        Streams.text(". Bye."),
                        Streams.finish(),
                        Streams.done(),
                        Streams.end()));
        simulator.script(
                "Claude",
                Scenario.events(
                        List.of(
                                TOOL_EVENTS,
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
                                "[DONE]"),
                        Duration.ZERO));
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
    @Item(61)
    void the_five_rules_apply_to_an_answer() throws Exception {
        assertThat(content("whole")).isEqualTo("I am CodeBuddy Code by Tencent");
    }

    @Test
    @Item(62)
    void a_name_that_is_split_over_pieces_is_found() throws Exception {
        SseText stream = SseText.read(Calls.to(service).chat("split", true).text());

        assertThat(stream.joined("content")).isEqualTo("I am CodeBuddy Code by Tencent. Bye.");
        assertThat(stream.done()).isTrue();
    }

    @Test
    @Item(63)
    void lower_case_tools_ids_and_models_stay() throws Exception {
        RawResponse response = Calls.to(service).chat("Claude", false);
        JsonNode message = response.json().at("/choices/0/message");

        assertThat(message.path("content").asText()).isEqualTo("use claude-4.0");
        assertThat(message.at("/tool_calls/0/id").asText()).isEqualTo("Claude-1");
        assertThat(message.at("/tool_calls/0/function/name").asText()).isEqualTo("Claude");
        assertThat(message.at("/tool_calls/0/function/arguments").asText()).isEqualTo("{\"a\":\"Claude\"}");
        assertThat(response.json().path("model").asText()).isEqualTo("Claude");
    }

    @Test
    @Item(64)
    void switched_off_nothing_is_changed() throws Exception {
        try (ServiceUnderTest off =
                ServiceUnderTest.start(Setup.with(simulator.uri()).sections("keyword_replacer: {enabled: false}"))) {
            assertThat(Calls.to(off)
                            .chat("whole", false)
                            .json()
                            .at("/choices/0/message/content")
                            .asText())
                    .isEqualTo("I am Claude Code by Anthropic");
            assertThat(SseText.read(Calls.to(off).chat("split", true).text()).joined("content"))
                    .isEqualTo("I am Claude Code by Anthropic. Bye.");
        }
    }

    @Test
    @Item(65)
    void what_is_asked_is_not_changed() throws Exception {
        Calls.to(service)
                .post(
                        Calls.CHAT,
                        "{\"model\":\"whole\",\"messages\":[{\"role\":\"system\",\"content\":\"You are Claude Code.\"},"
                                + "{\"role\":\"user\",\"content\":\"Who is Anthropic?\"}]}");

        assertThat(Json.read(simulator
                                .journal()
                                .requests("/v2/chat/completions")
                                .getFirst()
                                .body()
                                .text())
                        .path("messages"))
                .isEqualTo(Json.read("[{\"role\":\"system\",\"content\":\"You are Claude Code.\"},"
                        + "{\"role\":\"user\",\"content\":\"Who is Anthropic?\"}]"));
    }

    private static String content(String model) throws Exception {
        return Calls.to(service)
                .chat(model, false)
                .json()
                .at("/choices/0/message/content")
                .asText();
    }
}
