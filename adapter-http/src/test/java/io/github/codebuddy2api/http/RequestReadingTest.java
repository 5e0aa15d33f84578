package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted arrives, byte for byte. */
class RequestReadingTest {
    private static ChatRequest received(byte[] body, String headers) {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            RawCaller.Response response =
                    caller.post("/v1/chat/completions", body, headers).response();
            assertThat(response.body()).startsWith("{\"id\"");
            assertThat(response.status()).isEqualTo(200);
        }
        return upstream.calls().getFirst().request();
    }

    private static ChatRequest received(String body) {
        return received(body.getBytes(UTF_8), "");
    }

    @Test
    void unknown_members_keep_their_text_and_their_order() {
        ChatRequest request = received(" { \"z\" : {\"b\": 1.10 , \"a\":[ 1,2 ]}, \"model\":\"m\", \"seed\":-0.0e1,"
                + "\"messages\":[{\"x\":\"\\u00e9\\\"\",\"role\":\"user\",\"content\":\"H\\u00e9 \\ud83d\\ude00\"}],"
                + "\"a\":null,\"t\":true ,\"u\":\"\\\\\"} \n");

        assertThat(request.rest().keySet()).containsExactly("z", "seed", "a", "t", "u");
        assertThat(request.rest().get("z").text()).isEqualTo("{\"b\": 1.10 , \"a\":[ 1,2 ]}");
        assertThat(request.rest().get("seed").text()).isEqualTo("-0.0e1");
        assertThat(request.rest().get("a").text()).isEqualTo("null");
        assertThat(request.rest().get("t").text()).isEqualTo("true");
        assertThat(request.rest().get("u").text()).isEqualTo("\"\\\\\"");
        assertThat(request.messages().getFirst().content()).isEqualTo(RawJson.of("\"H\\u00e9 \\ud83d\\ude00\""));
        assertThat(request.messages().getFirst().rest().get("x").text()).isEqualTo("\"\\u00e9\\\"\"");
    }

    @Test
    void every_role_and_shape_of_content_is_read() {
        ChatRequest request = received("{\"model\":\"m\",\"messages\":["
                + "{\"role\":\"system\",\"content\":\"\"},{\"role\":\"developer\",\"content\":\"d\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"t\"}, {\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"http://169.254.169.254/\"}}]},"
                + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\"}]},"
                + "{\"role\":\"assistant\",\"content\":null},{\"role\":\"user\",\"content\":[]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}]}");

        assertThat(request.messages())
                .extracting(message -> message.role().value())
                .containsExactly("system", "developer", "user", "assistant", "assistant", "user", "tool");
        assertThat(request.messages().get(2).content())
                .isEqualTo(RawJson.of("[{\"type\":\"text\",\"text\":\"t\"}, {\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"http://169.254.169.254/\"}}]"));
        assertThat(request.messages().get(3).content()).isNull();
        assertThat(request.messages().get(3).rest().get("tool_calls").text()).isEqualTo("[{\"id\":\"c\"}]");
        assertThat(request.messages().get(4).role()).isEqualTo(Role.ASSISTANT);
    }

    @Test
    void tools_and_settings_are_carried_as_they_came() {
        String tools = "[ {\"type\":\"function\",\"function\":{\"name\":\"mcp__a.b-c\",\"parameters\":"
                + "{\"$ref\":\"#\",\"name\":5}}} ]";
        ChatRequest request = received("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                + "\"tools\":" + tools
                + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"mcp__a.b-c\"}},"
                + "\"n\":1,\"stop\":[\"a\"],\"temperature\":0.70,\"max_tokens\":null,\"stream\":null,"
                + "\"stream_options\":null}");

        assertThat(request.rest().keySet())
                .containsExactly("tools", "tool_choice", "n", "stop", "temperature", "max_tokens");
        assertThat(request.rest().get("tools").text()).isEqualTo(tools);
        assertThat(request.rest().get("temperature").text()).isEqualTo("0.70");
        assertThat(request.rest().get("stop").text()).isEqualTo("[\"a\"]");
    }

    @Test
    void what_would_choose_another_upstream_or_show_it_a_key_is_dropped() {
        ChatRequest request = received("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                + "\"api_base\":\"https://evil.example\",\"base_url\":\"x\",\"headers\":{\"a\":1},\"api_key\":\"k\","
                + "\"extra_headers\":{},\"user\":\"kept\"}");

        assertThat(request.rest().keySet()).containsExactly("user");
    }

    @Test
    void a_content_of_ten_mebibytes_is_fine() {
        String content = "\u4e2d".repeat(10 * 1024 * 1024 / 3);

        ChatRequest request =
                received("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}");

        assertThat(request.messages().getFirst().content().text()).isEqualTo("\"" + content + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=UTF-8",
                "Application/JSON; charset=\"utf-8\"",
                "application/json; profile=x"
            })
    void the_ways_to_write_the_media_type(String type) {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            caller.send(caller.head("/v1/chat/completions", body.length(), "").replace("application/json", type))
                    .send(body);
            assertThat(caller.response().status()).isEqualTo(200);
        }
    }

    @Test
    void a_chunked_body_and_one_that_waits_to_be_asked_for_are_read() {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Served.PASSWORD + "\r\nContent-Type: application/json\r\n";
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")));
                RawCaller caller = served.connect()) {
            caller.send(head + "Transfer-Encoding: chunked\r\n\r\n" + "5\r\n" + body.substring(0, 5) + "\r\n"
                    + Integer.toHexString(body.length() - 5) + "\r\n" + body.substring(5) + "\r\n0\r\n\r\n");
            assertThat(caller.response().status()).isEqualTo(200);

            caller.send(head + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n");
            assertThat(caller.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(caller.line()).isEmpty();
            assertThat(caller.send(body).response().status()).isEqualTo(200);
        }
    }
}
