package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.RawJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one chunk says of one of the answer's alternatives.
 *
 * @param index which alternative, from 0
 * @param delta what is new
 * @param finishReason why it ended, once it has
 * @param logprobs carried as it came
 */
public record ChunkChoice(
        int index,
        Delta delta,
        @Nullable FinishReason finishReason,
        @Nullable RawJson logprobs) {
    public ChunkChoice {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative");
        }
        Objects.requireNonNull(delta, "delta");
    }

    /** More of the first alternative. */
    public static ChunkChoice of(Delta delta) {
        return new ChunkChoice(0, delta, null, null);
    }

    /** The end of the first alternative. */
    public static ChunkChoice finished(FinishReason reason) {
        return new ChunkChoice(0, Delta.EMPTY, reason, null);
    }
}
