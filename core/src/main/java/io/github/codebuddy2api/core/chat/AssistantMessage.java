package io.github.codebuddy2api.core.chat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the model said.
 *
 * @param content its text; empty if it only called tools
 * @param reasoningContent its reasoning, if it showed any
 * @param refusal the words with which it refused, if it did
 * @param toolCalls the calls it wants made, in order
 */
public record AssistantMessage(
        String content,
        @Nullable String reasoningContent,
        @Nullable String refusal,
        List<ToolCall> toolCalls) {
    public AssistantMessage {
        Objects.requireNonNull(content, "content");
        toolCalls = List.copyOf(toolCalls);
    }

    @Override
    public String toString() {
        return "AssistantMessage[" + content.length() + " characters, " + toolCalls.size() + " tool calls]";
    }
}
