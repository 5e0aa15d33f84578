package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCall;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.chat.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkParserTest {
    @Test
    void a_full_chunk_with_all_its_empty_members_says_what_it_says() {
        ChatChunk chunk = Streams.parse("{\"id\":\"9c1d\",\"object\":\"chat.completion.chunk\",\"created\":1785000000,"
                + "\"model\":\"m\",\"system_fingerprint\":\"\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                + "\"content\":\"Hi\",\"reasoning_content\":\"\",\"function_call\":null,\"refusal\":\"\",\"tool_calls\":[],"
                + "\"extra_fields\":null},\"logprobs\":null,\"finish_reason\":\"\"}],\"usage\":null}");

        assertThat(chunk)
                .isEqualTo(ChatChunk.of(
                        new ChunkChoice(0, new Delta(Role.ASSISTANT, "Hi", null, null, List.of()), null, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{}]}",
                "{\"id\":7,\"created\":\"x\",\"model\":null,\"choices\":[{\"delta\":null}]}",
                "{\"choices\":[{\"index\":null,\"delta\":{\"role\":\"\",\"content\":null}}]}",
                "{\"error\":null,\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"\",\"arguments\":\"\"}}}]}",
                "{\"error\":{},\"code\":0,\"choices\":[{\"delta\":{\"tool_calls\":null,\"extra_fields\":{}}}]}",
                "{\"error\":\"\",\"choices\":[{\"index\":\"0\",\"new\":{\"a\":[1]},\"finish_reason\":null}],\"new\":[[]]}"
            })
    void what_is_missing_or_empty_says_nothing(String event) {
        assertThat(Streams.parse(event)).isEqualTo(ChatChunk.of(ChunkChoice.of(Delta.EMPTY)));
    }

    @Test
    void no_choices_are_no_choices() {
        assertThat(Streams.parse("{}")).isEqualTo(ChatChunk.of());
        assertThat(Streams.parse("{\"choices\":null}")).isEqualTo(ChatChunk.of());
        assertThat(Streams.parse("{\"code\":0,\"msg\":\"OK\",\"choices\":[]}")).isEqualTo(ChatChunk.of());
    }

    @Test
    void a_message_stands_in_for_a_delta_but_never_beside_one() {
        ChatChunk hi = ChatChunk.of(ChunkChoice.of(Delta.ofContent("Hi")));

        assertThat(Streams.parse("{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}"))
                .isEqualTo(hi);
        assertThat(Streams.parse("{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"message\":{\"content\":\"Hi\"}}]}"))
                .isEqualTo(hi);
        assertThat(Streams.parse("{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"delta\":{\"content\":\"Hi\"}}]}"))
                .isEqualTo(hi);
    }

    @ParameterizedTest
    @CsvSource({
        "stop,stop",
        "length,length",
        "tool_calls,tool_calls",
        "function_call,tool_calls",
        "content_filter,content_filter",
        "content-filter,content_filter",
        "refusal,content_filter",
        "new_word,new_word"
    })
    void finish_reasons_get_openais_words(String upstream, String ours) {
        ChunkParser parser = Streams.parser();
        ChatChunk chunk =
                Streams.parse(parser, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + upstream + "\"}]}");

        assertThat(chunk.choices().getFirst().finishReason()).isEqualTo(new FinishReason(ours));
        assertThat(parser.isFinished()).isTrue();
    }

    @Test
    void the_answer_is_whole_when_every_choice_has_finished() {
        ChunkParser parser = Streams.parser();
        assertThat(parser.isFinished()).isFalse();
        Streams.parse(parser, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}},{\"index\":1,\"delta\":{}}]}");
        Streams.parse(parser, "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}");
        assertThat(parser.isFinished()).isFalse();
        Streams.parse(parser, "{\"choices\":[{\"index\":1,\"finish_reason\":\"stop\"}]}");
        assertThat(parser.isFinished()).isTrue();
    }

    @Test
    void logprobs_a_fingerprint_and_a_refusal_are_carried() {
        ChatChunk chunk =
                Streams.parse("{\"system_fingerprint\":\"fp\",\"choices\":[{\"logprobs\":{ \"content\" : [1.0]},"
                        + "\"delta\":{\"refusal\":\"No.\"}}]}");

        assertThat(chunk.systemFingerprint()).isEqualTo("fp");
        assertThat(chunk.choices().getFirst().logprobs()).isEqualTo(RawJson.of("{ \"content\" : [1.0]}"));
        assertThat(chunk.choices().getFirst().delta().refusal()).isEqualTo("No.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "\"a\"",
                "null",
                "true",
                "oops",
                "{",
                "{\"a\":1}{}",
                "{\"a\":1},",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":NaN}",
                "{\"choices\":{}}",
                "{\"choices\":[1]}",
                "{\"choices\":[null]}",
                "{\"choices\":[{\"index\":-1}]}",
                "{\"choices\":[{\"index\":{}}]}",
                "{\"choices\":[{\"index\":\"x\"}]}",
                "{\"choices\":[{\"delta\":[]}]}",
                "{\"choices\":[{\"delta\":{\"content\":{}}}]}",
                "{\"choices\":[{\"delta\":{\"content\":[\"a\"]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":{}}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[7]}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"\\ud83d",
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]",
            })
    void what_is_not_a_chunk_is_not_guessed_at(String event) {
        assertThatThrownBy(() -> Streams.parse(event))
                .isInstanceOf(UpstreamGarbled.class)
                .hasNoCause()
                .extracting(e -> ((GatewayException) e).code())
                .isEqualTo("upstream_malformed");
    }

    /** Regression: Jackson's own NumberFormatException went up to the caller. */
    @Test
    void an_exponent_beyond_all_bounds_is_garbled_wherever_it_stands() {
        String boundless = "1e30899999999999999";
        for (String event : List.of(
                "{\"choices\":[{\"index\":%s}]}",
                "{\"choices\":[],\"usage\":{\"x\":%s}}", "{\"error\":{\"code\":%s},\"choices\":[]}")) {
            assertThatThrownBy(() -> Streams.parse(event.formatted(boundless))).isInstanceOf(UpstreamGarbled.class);
        }
    }

    @Test
    void depth_choices_and_calls_have_limits() {
        assertThatThrownBy(() -> Streams.parse("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
                .isInstanceOf(UpstreamGarbled.class);
        ChunkParser choices = Streams.parser();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        Streams.parse(choices, "{\"choices\":[{\"index\":" + i + "}]}");
                    }
                })
                .isInstanceOf(UpstreamGarbled.class);
        for (String fragment : List.of("{\"id\":\"call_%d\"}", "{\"index\":%d}", "{\"id\":\"a\",\"index\":%d}")) {
            ChunkParser calls = Streams.parser();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            Streams.parse(calls, calls(fragment.formatted(i)));
                        }
                    })
                    .isInstanceOf(UpstreamGarbled.class);
        }
    }

    @Test
    void t1_is_a_plain_answer() {
        ChatCompletion answer = recorded("t1-plain-text");

        assertThat(answer.choices().getFirst().message().content()).isEqualTo("Seven is prime.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.usage().totalTokens()).isEqualTo(25);
        assertThat(answer.usage().cachedTokens()).isZero();
        assertThat(answer.usage().reasoningTokens()).isNull();
        assertThat(answer.usage().credit()).isEqualByComparingTo("0");
    }

    @Test
    void t2_has_reasoning_and_text() {
        ChatCompletion answer = recorded("t2-reasoning-no-empty-lines");

        assertThat(answer.choices().getFirst().message().content()).isEqualTo("It is Paris.");
        assertThat(answer.choices().getFirst().message().reasoningContent())
                .isEqualTo("The user wants the capital. Done.");
        assertThat(answer.usage().reasoningTokens()).isEqualTo(12);
        assertThat(answer.usage().cachedTokens()).isEqualTo(32);
        assertThat(answer.usage().credit()).isEqualByComparingTo("0.0021");
    }

    @Test
    void t3_and_t4_are_two_calls_each() {
        assertThat(recorded("t3-tool-calls-index-always-0")
                        .choices()
                        .getFirst()
                        .message()
                        .toolCalls())
                .containsExactly(
                        new ToolCall("call_aa", "get_weather", "{\"city\":\"Oslo\"}"),
                        new ToolCall("call_bb", "get_time", "{\"tz\":\"UTC\"}"));
        assertThat(recorded("t4-tool-calls-no-index")
                        .choices()
                        .getFirst()
                        .message()
                        .toolCalls())
                .containsExactly(
                        new ToolCall("tooluse_x1", "read", "{\"p\":\"a\"}"),
                        new ToolCall("tooluse_x2", "read", "{\"p\":\"b\"}"));
    }

    @Test
    void t6_and_t9_are_whole_and_t8_is_not() {
        assertThat(recorded("t6-image").choices().getFirst().message().content())
                .isEqualTo("A red square.");
        assertThat(recorded("t9-length-no-done").choices().getFirst().finishReason())
                .isEqualTo(FinishReason.LENGTH);
        assertThatThrownBy(() -> recorded("t8-cut-off")).isInstanceOf(UpstreamIncomplete.class);
    }

    @Test
    void t5_is_a_failure() {
        assertThatThrownBy(() -> recorded("t5-error-in-mid-stream"))
                .isInstanceOf(UpstreamUnavailable.class)
                .hasMessageContaining("model service interrupted")
                .hasMessageContaining("(upstream 11141)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"data\":{\"code\":14018,\"msg\":\"Credits exhausted\"}}}",
                "{\"error\":{\"message\":\"x\",\"code\":\"14018\"}}",
                "{\"error\":{\"message\":\"x\",\"code\":14018},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
                "{\"code\":14018,\"msg\":\"Credits exhausted\",\"requestId\":\"r\"}",
                "{\"code\":\"14018\",\"msg\":\"Credits exhausted\",\"choices\":[]}",
                "{\"extError\":{\"code\":\"14018\"}}"
            })
    void an_error_in_any_shape_means_the_same(String event) {
        assertThatThrownBy(() -> Streams.parse(event)).isInstanceOf(QuotaExhausted.class);
    }

    @Test
    void an_error_may_be_a_plain_text() {
        assertThatThrownBy(() -> Streams.parse("{\"error\":\"model overloaded\"}"))
                .isInstanceOf(UpstreamUnavailable.class)
                .hasMessageContaining("model overloaded");
    }

    @Test
    void a_code_beside_an_answer_is_no_error() {
        assertThat(Streams.parse("{\"code\":7,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"))
                .isEqualTo(ChatChunk.of(ChunkChoice.of(Delta.ofContent("a"))));
    }

    @Test
    void arguments_that_are_an_object_are_its_text() {
        assertThat(Streams.parse(calls("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{ \"x\" : 1.0 }}}")))
                .isEqualTo(ChatChunk.of(
                        ChunkChoice.of(Delta.ofToolCalls(new ToolCallDelta(0, "a", "f", "{ \"x\" : 1.0 }")))));
        assertThat(Streams.parse(
                        calls("{\"id\":\"a\",\"function\":{\"name\":\"\",\"arguments\":null}},{\"function\":null}")))
                .isEqualTo(ChatChunk.of(ChunkChoice.of(
                        Delta.ofToolCalls(new ToolCallDelta(0, "a", null, ""), new ToolCallDelta(0, null, null, "")))));
    }

    @Test
    void a_call_in_the_old_form_is_a_call() {
        assertThat(Streams.parse(
                        "{\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}}]}"))
                .isEqualTo(ChatChunk.of(ChunkChoice.of(Delta.ofToolCalls(new ToolCallDelta(0, null, "f", "{}")))));
    }

    @Test
    void the_usage_keeps_all_it_came_with() {
        Usage usage = Streams.parse("{\"usage\":{\"prompt_tokens\":1200,\"credit\":0.0136000,\"x\":{ \"y\":1e2 },"
                        + "\"completion_tokens\":85,\"total_tokens\":1285,\"prompt_tokens_details\":{\"cached_tokens\":1024},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":40},\"prompt_cache_hit_tokens\":0}}")
                .usage();

        assertThat(usage.promptTokens()).isEqualTo(1200);
        assertThat(usage.completionTokens()).isEqualTo(85);
        assertThat(usage.totalTokens()).isEqualTo(1285);
        assertThat(usage.cachedTokens()).isEqualTo(1024);
        assertThat(usage.reasoningTokens()).isEqualTo(40);
        assertThat(usage.credit()).isEqualByComparingTo("0.0136");
        assertThat(usage.rest().keySet())
                .containsExactly(
                        "credit", "x", "prompt_tokens_details", "completion_tokens_details", "prompt_cache_hit_tokens");
        assertThat(usage.rest().get("credit").text()).isEqualTo("0.0136000");
        assertThat(usage.rest().get("x").text()).isEqualTo("{ \"y\":1e2 }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "-1", "\"5\"", "null", "1e99999", "{}", "1e-99999"})
    void a_credit_that_is_no_amount_is_unknown(String credit) {
        Usage usage = Streams.parse("{\"usage\":{\"credit\":" + credit + ",\"prompt_tokens\":1}}")
                .usage();

        assertThat(usage.credit()).isNull();
        assertThat(usage.promptTokens()).isEqualTo(1);
        assertThat(usage.totalTokens()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "-1", "\"5\"", "null", "1.5", "99999999999999999999"})
    void a_count_that_is_no_count_is_unknown(String count) {
        Usage usage = Streams.parse("{\"usage\":{\"prompt_tokens\":" + count + ",\"completion_tokens\":2}}")
                .usage();

        assertThat(usage.promptTokens()).isNull();
        assertThat(usage.completionTokens()).isEqualTo(2);
    }

    private static ChatCompletion recorded(String name) {
        return Streams.answer(Streams.events(new Pieces(Streams.bytes(name))));
    }

    private static String calls(String calls) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + calls + "]}}]}";
    }
}
