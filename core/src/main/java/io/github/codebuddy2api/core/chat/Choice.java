package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.RawJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a whole answer.
 *
 * @param index which one, from 0
 * @param message what was said
 * @param finishReason why it ended
 * @param logprobs carried as it came
 */
public record Choice(
        int index,
        AssistantMessage message,
        FinishReason finishReason,
        @Nullable RawJson logprobs) {
    public Choice {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(finishReason, "finishReason");
    }
}
