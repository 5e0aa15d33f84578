package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.Role;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final String TOOLS = "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
    private static final String START = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void the_smallest_request_is_streamed_with_usage_and_begins_with_a_system_message() {
        assertThat(body(ChatMessage.user("Hi"))).isEqualTo(START + "}");
    }

    @Test
    void a_system_message_of_the_caller_stays_the_only_one() {
        assertThat(body(ChatMessage.system("Be short."), ChatMessage.user("Hi")))
                .contains("[{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Hi\"}]");
    }

    @Test
    void the_role_developer_becomes_system_wherever_it_stands() {
        assertThat(body(ChatMessage.text(Role.DEVELOPER, "Be short."), ChatMessage.user("Hi")))
                .contains("[{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Hi\"}]");
        assertThat(body(ChatMessage.user("Hi"), ChatMessage.text(Role.DEVELOPER, "Stop.")))
                .contains("\"S\"},{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"system\",\"content\":\"Stop.\"}]");
    }

    @Test
    void messages_keep_their_members_and_bytes() {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        rest.put("tool_calls", RawJson.of("[ {\"id\" : \"call_1\", \"x\":1.00} ]"));
        rest.put("reasoning_content", RawJson.of("\"\\u00e9\""));
        ChatMessage called = new ChatMessage(Role.ASSISTANT, null, rest);
        ChatMessage parts = new ChatMessage(
                Role.USER,
                RawJson.of("[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}]"),
                Map.of());

        assertThat(body(ChatMessage.system("s"), called, parts))
                .contains("{\"role\":\"assistant\",\"tool_calls\":[ {\"id\" : \"call_1\", \"x\":1.00} ],"
                        + "\"reasoning_content\":\"\\u00e9\"}")
                .contains("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\","
                        + "\"cache_control\":{\"type\":\"ephemeral\"}}]}");
    }

    @Test
    void unknown_members_arrive_byte_for_byte_and_in_order() {
        assertThat(body("temperature", "0.10", "x_new", "{ \"a\" : [1.0, 1e2] }", "logit_bias", "{\"5\":-1}"))
                .isEqualTo(START + ",\"temperature\":0.10,\"x_new\":{ \"a\" : [1.0, 1e2] },\"logit_bias\":{\"5\":-1}}");
    }

    @ParameterizedTest
    @CsvSource({"m,m", "vendor/m,m", "a/b/m,m"})
    void of_a_namespaced_model_the_last_part_counts(String asked, String sent) {
        assertThat(text(ChatRequest.of(asked, ChatMessage.user("Hi")))).startsWith("{\"model\":\"" + sent + "\",");
    }

    @Test
    void a_namespace_without_a_model_is_refused() {
        assertInvalid("model", () -> text(ChatRequest.of("vendor/", ChatMessage.user("Hi"))));
    }

    @Test
    void a_models_name_cannot_break_out_of_its_string() {
        assertThat(text(ChatRequest.of("a\"b\\c\n", ChatMessage.user("Hi"))))
                .startsWith("{\"model\":\"a\\\"b\\\\c\\u000a\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", " [ \n ] "})
    void empty_tools_are_dropped(String tools) {
        assertThat(body("tools", tools)).isEqualTo(START + "}");
        assertThat(body("tools", tools, "tool_choice", "\"auto\"")).isEqualTo(START + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"auto\"|\"auto\"",
                "\"required\"|\"required\"",
                "\"f\"|\"f\"",
                "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}|\"f\"",
            })
    void a_tool_choice_is_told_as_a_word(String asked, String sent) {
        assertThat(body("tools", TOOLS, "tool_choice", asked))
                .isEqualTo(START + ",\"tools\":" + TOOLS + ",\"tool_choice\":" + sent + "}");
    }

    @Test
    void choosing_no_tool_drops_the_tools() {
        assertThat(body("tools", TOOLS, "tool_choice", "\"none\"")).isEqualTo(START + "}");
    }

    @Test
    void no_tool_choice_at_all_keeps_the_tools() {
        assertThat(body("tools", TOOLS, "tool_choice", "null")).isEqualTo(START + ",\"tools\":" + TOOLS + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{}",
                "[]",
                "\"\"",
                "{\"type\":\"function\"}",
                "{\"type\":\"allowed_tools\"}",
                "true",
                "{\"type\":"
            })
    void a_tool_choice_that_has_no_word_is_refused(String choice) {
        assertInvalid("tool_choice", () -> body("tools", TOOLS, "tool_choice", choice));
    }

    @Test
    void a_choice_among_no_tools_is_refused() {
        assertInvalid("tool_choice", () -> body("tool_choice", "\"required\""));
    }

    @Test
    void the_newer_name_of_max_tokens_wins() {
        assertThat(body("max_completion_tokens", "77")).isEqualTo(START + ",\"max_tokens\":77}");
        assertThat(body("max_tokens", "5", "max_completion_tokens", "77")).isEqualTo(START + ",\"max_tokens\":77}");
        assertThat(body("max_tokens", "5", "max_completion_tokens", "null")).isEqualTo(START + ",\"max_tokens\":5}");
        assertThat(body("max_tokens", "5")).isEqualTo(START + ",\"max_tokens\":5}");
    }

    @Test
    void the_effort_moves_to_where_it_is_read() {
        assertThat(body("reasoning", "{\"effort\":\"high\"}")).isEqualTo(START + ",\"reasoning_effort\":\"high\"}");
        assertThat(body("reasoning", "{\"effort\":\"high\"}", "reasoning_effort", "\"low\""))
                .isEqualTo(START + ",\"reasoning_effort\":\"low\"}");
        assertThat(body("reasoning", "null", "reasoning_effort", "null")).isEqualTo(START + "}");
        assertThat(body("reasoning", "{}")).isEqualTo(START + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"off\"", "\"none\""})
    void no_effort_is_told_by_saying_nothing(String effort) {
        assertThat(body("reasoning_effort", effort)).isEqualTo(START + "}");
        assertThat(body("reasoning", "{\"effort\":" + effort + "}")).isEqualTo(START + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"high\"", "7", "[]", "{\"effort\":7}"})
    void reasoning_of_another_form_is_refused(String reasoning) {
        assertInvalid("reasoning", () -> body("reasoning", reasoning));
    }

    @Test
    void only_one_answer_can_be_asked_for() {
        assertThat(body("n", "1")).isEqualTo(START + "}");
        assertThat(body("n", "null")).isEqualTo(START + "}");
        for (String n : List.of("2", "0", "1.5", "\"1\"", "99999999999999", "1e30899999999999999")) {
            assertInvalid("n", () -> body("n", n));
        }
    }

    @Test
    void what_we_write_ourselves_is_never_written_twice() {
        assertThat(body("stream", "false", "stream_options", "{}", "model", "\"x\"", "messages", "[]"))
                .isEqualTo(START + "}");
    }

    private static void assertInvalid(String param, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidRequest.class)
                .satisfies(e -> assertThat(((InvalidRequest) e).param()).contains(param));
    }

    private static String body(String... members) {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            rest.put(members[i], RawJson.of(members[i + 1]));
        }
        return text(new ChatRequest("m", List.of(ChatMessage.user("Hi")), rest));
    }

    private static String body(ChatMessage... messages) {
        return text(ChatRequest.of("m", messages));
    }

    private static String text(ChatRequest request) {
        return new String(RequestBody.of(request, "S"), StandardCharsets.UTF_8);
    }
}
