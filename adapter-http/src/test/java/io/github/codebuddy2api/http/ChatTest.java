package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers, byte by byte. */
class ChatTest {
    private static final String ASK = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}";
    private static final String STREAM = ASK.formatted(",\"stream\":true");

    /** The invented id and time, made the same in every run. */
    private static String steady(String body) {
        return body.replaceAll("chatcmpl-[0-9a-f]+", "chatcmpl-0").replaceAll("\"created\":\\d+", "\"created\":1");
    }

    private static String event(String delta, String reason) {
        return "data: {\"id\":\"chatcmpl-0\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"glm-5.2\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}\n\n";
    }

    @Test
    void a_stream_is_made_of_these_bytes() {
        ScriptedUpstream upstream = ScriptedUpstream.always(
                Script.says(Chunks.content("Hé\n\u2028\"x\""), Chunks.stop(), Chunks.usage(3, 4)));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            RawCaller.Response response = caller.post(STREAM).response();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(response.header("cache-control")).isEqualTo("no-cache");
            assertThat(response.header("x-accel-buffering")).isEqualTo("no");
            assertThat(response.header("x-request-id")).matches("[0-9a-f]{32}");
            assertThat(steady(response.body()))
                    .isEqualTo(event("{\"role\":\"assistant\",\"content\":\"Hé\\n\\u2028\\\"x\\\"\"}", "null")
                            + event("{}", "\"stop\"")
                            + "data: [DONE]\n\n");
            assertThat(upstream.unclosed()).isZero();
        }
    }

    @Test
    void usage_comes_last_when_it_is_asked_for() {
        ScriptedUpstream upstream =
                ScriptedUpstream.always(Script.says(Chunks.content("a"), Chunks.stop(), Chunks.usage(3, 4)));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            String body = caller.post(ASK.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                    .response()
                    .body();

            assertThat(steady(body))
                    .endsWith("data: {\"id\":\"chatcmpl-0\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                            + "\"model\":\"glm-5.2\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,"
                            + "\"completion_tokens\":4,\"total_tokens\":7}}\n\ndata: [DONE]\n\n");
        }
    }

    @Test
    void a_whole_answer_is_made_of_these_bytes() {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.says(
                Chunks.reasoning("Hm"),
                Chunks.toolCall(0, "call_1", "look", "{\"a\""),
                Chunks.arguments(0, ":1}"),
                Chunks.finish(FinishReason.TOOL_CALLS),
                Chunks.usage(1, 2)));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            RawCaller.Response response = caller.post(ASK.formatted("")).response();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("content-type")).isEqualTo("application/json; charset=utf-8");
            assertThat(steady(response.body()))
                    .isEqualTo("{\"id\":\"chatcmpl-0\",\"object\":\"chat.completion\",\"created\":1,"
                            + "\"model\":\"glm-5.2\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                            + "\"content\":\"\",\"reasoning_content\":\"Hm\",\"refusal\":null,\"tool_calls\":[{"
                            + "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"look\","
                            + "\"arguments\":\"{\\\"a\\\":1}\"}}]},\"logprobs\":null,"
                            + "\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":1,"
                            + "\"completion_tokens\":2,\"total_tokens\":3}}");
        }
    }

    @Test
    void a_connection_serves_one_answer_after_the_other() {
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")));
                RawCaller caller = served.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(caller.post(STREAM).response().status()).isEqualTo(200);
                assertThat(caller.post(ASK.formatted("")).response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void an_event_is_sent_when_it_comes_and_not_when_the_next_one_does() {
        Gate gate = Gate.shut();
        Script script =
                Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.content("second"), Chunks.stop());

        try (Served served = Served.with(ScriptedUpstream.always(script));
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();

            assertThat(caller.chunk()).contains("first").doesNotContain("second");
            gate.open();
            assertThat(caller.chunk()).contains("second", "stop");
        }
    }

    @Test
    void a_connection_that_is_to_be_closed_is_closed() {
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")))) {
            for (String body : new String[] {STREAM, ASK.formatted("")}) {
                try (RawCaller caller = served.connect()) {
                    RawCaller.Response response = caller.post(
                                    "/v1/chat/completions",
                                    body.getBytes(StandardCharsets.UTF_8),
                                    "Connection: close\r\n")
                            .response();

                    assertThat(response.status()).isEqualTo(200);
                    assertThat(response.header("connection")).isEqualTo("close");
                    assertThat(caller.isClosedByServer()).isTrue();
                }
            }
        }
    }

    @Test
    void a_port_in_use_is_told_at_the_start() {
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")))) {
            HttpOptions same = HttpOptions.of("127.0.0.1", served.port());

            assertThatThrownBy(() -> Served.with(ScriptedUpstream.always(Script.text("a")), same))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + served.port());
        }
    }
}
