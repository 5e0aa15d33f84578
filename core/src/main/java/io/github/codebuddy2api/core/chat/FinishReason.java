package io.github.codebuddy2api.core.chat;

/**
 * Why a choice ended. An open set: the upstream may know more words than we do.
 *
 * @param value the word as JSON has it, never empty
 */
public record FinishReason(String value) {
    public static final FinishReason STOP = new FinishReason("stop");
    public static final FinishReason LENGTH = new FinishReason("length");
    public static final FinishReason TOOL_CALLS = new FinishReason("tool_calls");
    public static final FinishReason CONTENT_FILTER = new FinishReason("content_filter");

    public FinishReason {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a finish reason must not be empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
