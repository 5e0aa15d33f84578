package io.github.codebuddy2api.core.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One streamed piece of an answer ({@code chat.completion.chunk}).
 *
 * @param id the answer's id; the same on every chunk the gateway hands out
 * @param created when the answer began, in seconds of the epoch; the same on every chunk
 * @param model the model the caller asked for; the same on every chunk
 * @param choices what is new; empty on the chunk that carries the usage
 * @param usage the token counts, on the last chunk if they are known
 * @param systemFingerprint carried as it came
 */
public record ChatChunk(
        String id,
        long created,
        String model,
        List<ChunkChoice> choices,
        @Nullable Usage usage,
        @Nullable String systemFingerprint) {
    public ChatChunk {
        choices = List.copyOf(choices);
    }

    /** A piece as an upstream gives it, before the gateway has put its envelope around it. */
    public static ChatChunk of(ChunkChoice... choices) {
        return new ChatChunk("", 0, "", List.of(choices), null, null);
    }

    /** The usage alone, before the gateway has put its envelope around it. */
    public static ChatChunk ofUsage(Usage usage) {
        return new ChatChunk("", 0, "", List.of(), usage, null);
    }
}
