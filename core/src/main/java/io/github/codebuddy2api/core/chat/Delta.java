package io.github.codebuddy2api.core.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one chunk adds to one choice. Absent and empty mean the same: nothing new.
 *
 * @param role who speaks; on the first delta of a choice only
 * @param content more of the answer's text
 * @param reasoningContent more of the model's reasoning
 * @param refusal more of the words with which the model refuses
 * @param toolCalls fragments of tool calls, possibly of several
 */
public record Delta(
        @Nullable Role role,
        @Nullable String content,
        @Nullable String reasoningContent,
        @Nullable String refusal,
        List<ToolCallDelta> toolCalls) {
    /** Nothing new. */
    public static final Delta EMPTY = new Delta(null, null, null, null, List.of());

    public Delta {
        content = emptyToNull(content);
        reasoningContent = emptyToNull(reasoningContent);
        refusal = emptyToNull(refusal);
        toolCalls = List.copyOf(toolCalls);
    }

    /** More text and nothing else. */
    public static Delta ofContent(String content) {
        return new Delta(null, content, null, null, List.of());
    }

    /** More reasoning and nothing else. */
    public static Delta ofReasoning(String reasoningContent) {
        return new Delta(null, null, reasoningContent, null, List.of());
    }

    /** More of some tool calls and nothing else. */
    public static Delta ofToolCalls(ToolCallDelta... toolCalls) {
        return new Delta(null, null, null, null, List.of(toolCalls));
    }

    /** Whether it adds anything; a role alone adds nothing a reader could see. */
    public boolean isEmpty() {
        return content == null && reasoningContent == null && refusal == null && toolCalls.isEmpty();
    }

    /** The same with {@code role}. */
    public Delta withRole(@Nullable Role role) {
        return new Delta(role, content, reasoningContent, refusal, toolCalls);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    @Override
    public String toString() {
        return "Delta[content " + length(content) + ", reasoning " + length(reasoningContent) + ", tool calls "
                + toolCalls.size() + "]";
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
