package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.ChoiceFields.CallFields;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One alternative of an answer while it comes in: its tool calls, and whether it has finished. Not thread-safe. */
final class ChoiceParser {
    private final ToolCallSlots slots = new ToolCallSlots();
    private boolean finished;

    boolean isFinished() {
        return finished;
    }

    ChunkChoice accept(ChoiceFields fields) {
        Delta delta = new Delta(
                role(fields.role), fields.content, fields.reasoningContent, fields.refusal, toolCalls(fields.calls));
        FinishReason reason = finishReason(fields.finishReason);
        finished |= reason != null;
        return new ChunkChoice(fields.index, delta, reason, fields.logprobs);
    }

    private List<ToolCallDelta> toolCalls(List<CallFields> calls) {
        if (calls.isEmpty()) {
            return List.of();
        }
        List<ToolCallDelta> deltas = new ArrayList<>(calls.size());
        for (CallFields call : calls) {
            int slot = slots.resolve(call.id(), call.index());
            deltas.add(new ToolCallDelta(slot, call.id(), call.name(), call.arguments()));
        }
        return deltas;
    }

    private static @Nullable Role role(@Nullable String word) {
        return word == null ? null : word.equals("assistant") ? Role.ASSISTANT : new Role(word);
    }

    /** OpenAI's word for what the model means (protocol sheet, 5.2 and 6.2). */
    private static @Nullable FinishReason finishReason(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
            case "content_filter", "content-filter", "refusal" -> FinishReason.CONTENT_FILTER;
            default -> new FinishReason(word);
        };
    }
}
