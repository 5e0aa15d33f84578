package io.github.codebuddy2api.core.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer ({@code chat.completion}): the fold of a stream that came to its end.
 *
 * @param id the answer's id
 * @param created when it began, in seconds of the epoch
 * @param model the model the caller asked for
 * @param choices its alternatives, by index
 * @param usage the token counts, if they are known
 * @param systemFingerprint carried as it came
 */
public record ChatCompletion(
        String id,
        long created,
        String model,
        List<Choice> choices,
        @Nullable Usage usage,
        @Nullable String systemFingerprint) {
    public ChatCompletion {
        choices = List.copyOf(choices);
    }
}
