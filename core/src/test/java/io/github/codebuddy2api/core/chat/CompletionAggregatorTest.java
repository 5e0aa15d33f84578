package io.github.codebuddy2api.core.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionAggregatorTest {
    private final CompletionAggregator aggregator = new CompletionAggregator(10);

    @Test
    void text_and_reasoning_are_joined() {
        add(Delta.ofReasoning("h"), Delta.ofReasoning("m"), Delta.ofContent("s"), Delta.ofContent("o"));
        aggregator.add(ChatChunk.of(ChunkChoice.finished(FinishReason.LENGTH)));

        Choice choice = aggregator.completion().choices().get(0);
        assertThat(choice.message()).isEqualTo(new AssistantMessage("so", "hm", null, List.of()));
        assertThat(choice.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void interleaved_tool_calls_are_not_mixed() {
        add(
                Delta.ofToolCalls(
                        new ToolCallDelta(0, "call_1", "sum", "{"), new ToolCallDelta(1, "call_2", "now", "[")),
                Delta.ofToolCalls(new ToolCallDelta(1, null, null, "]"), new ToolCallDelta(0, null, null, "}")));
        aggregator.add(ChatChunk.of(ChunkChoice.finished(FinishReason.TOOL_CALLS)));

        assertThat(aggregator.completion().choices().get(0).message().toolCalls())
                .containsExactly(new ToolCall("call_1", "sum", "{}"), new ToolCall("call_2", "now", "[]"));
    }

    @Test
    void envelope_usage_and_fingerprint_are_kept() {
        aggregator.add(new ChatChunk(
                "chatcmpl-1", 7, "glm-5.2", List.of(ChunkChoice.finished(FinishReason.STOP)), null, "fp"));
        aggregator.add(new ChatChunk("chatcmpl-1", 7, "glm-5.2", List.of(), Usage.of(3, 4), null));

        ChatCompletion completion = aggregator.completion();
        assertThat(completion.id()).isEqualTo("chatcmpl-1");
        assertThat(completion.created()).isEqualTo(7);
        assertThat(completion.model()).isEqualTo("glm-5.2");
        assertThat(completion.usage()).isEqualTo(Usage.of(3, 4));
        assertThat(completion.systemFingerprint()).isEqualTo("fp");
    }

    @Test
    void without_a_finish_reason_it_is_no_completion() {
        add(Delta.ofContent("a"));

        assertThatThrownBy(aggregator::completion).isInstanceOf(UpstreamIncomplete.class);
    }

    @Test
    void without_a_chunk_it_is_no_completion() {
        assertThatThrownBy(aggregator::completion).isInstanceOf(UpstreamIncomplete.class);
    }

    @Test
    void content_reasoning_refusal_and_arguments_count_towards_one_limit() {
        add(
                Delta.ofContent("1234"),
                Delta.ofReasoning("56"),
                new Delta(null, null, null, "78", List.of()),
                Delta.ofToolCalls(new ToolCallDelta(0, "call_1", "sum", "90")));

        assertThatThrownBy(() -> add(Delta.ofContent("1"))).isInstanceOf(UpstreamGarbled.class);
    }

    private void add(Delta... deltas) {
        for (Delta delta : deltas) {
            aggregator.add(ChatChunk.of(ChunkChoice.of(delta)));
        }
    }
}
