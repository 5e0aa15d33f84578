package io.github.codebuddy2api.core.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.RawJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void a_request_needs_a_model_and_a_message() {
        assertThatThrownBy(() -> ChatRequest.of(" ", ChatMessage.user("a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChatRequest.of("glm-5.2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_does_not_change_with_the_collections_it_was_made_of() {
        List<ChatMessage> messages = new ArrayList<>(List.of(ChatMessage.user("a")));
        Map<String, RawJson> rest = new LinkedHashMap<>(Map.of("top_p", RawJson.of("1")));
        ChatRequest request = new ChatRequest("glm-5.2", messages, rest);

        messages.clear();
        rest.clear();

        assertThat(request.messages()).hasSize(1);
        assertThat(request.rest()).hasSize(1);
        assertThatThrownBy(() -> request.rest().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void members_we_only_carry_keep_their_order() {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        List<String> names = List.of("z", "a", "m", "b", "y");
        names.forEach(name -> rest.put(name, RawJson.of("1")));

        ChatRequest request = new ChatRequest("glm-5.2", List.of(ChatMessage.user("a")), rest);

        assertThat(request.rest().keySet()).containsExactlyElementsOf(names);
    }

    @Test
    void an_empty_text_in_a_delta_is_no_text() {
        assertThat(new Delta(null, "", "", "", List.of())).isEqualTo(Delta.EMPTY);
        assertThat(Delta.EMPTY.withRole(Role.ASSISTANT).isEmpty()).isTrue();
        assertThat(Delta.ofContent(" ").isEmpty()).isFalse();
    }

    @Test
    void open_words_must_not_be_empty() {
        assertThatThrownBy(() -> new Role("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FinishReason("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new FinishReason("stop")).isEqualTo(FinishReason.STOP);
    }

    @Test
    void a_negative_index_is_refused() {
        assertThatThrownBy(() -> new ChunkChoice(-1, Delta.EMPTY, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ToolCallDelta(-1, null, null, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_missing_total_is_the_sum_and_an_unknown_count_is_not_zero() {
        assertThat(Usage.of(3, 4).totalTokens()).isEqualTo(7);
        assertThat(new Usage(3L, null, null, null, null, null, Map.of()).totalTokens())
                .isNull();
        assertThat(new Usage(3L, 4L, 9L, null, null, null, Map.of()).totalTokens())
                .isEqualTo(9);
    }

    @Test
    void a_negative_credit_is_refused() {
        BigDecimal negative = new BigDecimal("-0.1");

        assertThatThrownBy(() -> new Usage(null, null, null, null, null, negative, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
