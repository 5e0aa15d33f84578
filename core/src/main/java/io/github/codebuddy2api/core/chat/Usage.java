package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.RawJson;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of one answer. Absent means unknown, which is not zero (protocol sheet, 6.4).
 *
 * @param promptTokens tokens read, cached ones included
 * @param completionTokens tokens written, reasoning included
 * @param totalTokens both together
 * @param cachedTokens how many of the prompt's tokens came from a cache
 * @param reasoningTokens how many of the completion's tokens were reasoning
 * @param credit what the upstream charged, in its credits; finite and not negative
 * @param rest all other members as they came, in their order; never the three counts themselves
 */
public record Usage(
        @Nullable Long promptTokens,
        @Nullable Long completionTokens,
        @Nullable Long totalTokens,
        @Nullable Long cachedTokens,
        @Nullable Long reasoningTokens,
        @Nullable BigDecimal credit,
        Map<String, RawJson> rest) {
    public Usage {
        if (totalTokens == null && promptTokens != null && completionTokens != null) {
            totalTokens = promptTokens + completionTokens;
        }
        if (credit != null && credit.signum() < 0) {
            throw new IllegalArgumentException("credit must not be negative");
        }
        rest = Members.copyOf(rest);
    }

    /** The two counts that everybody knows. */
    public static Usage of(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, completionTokens, null, null, null, null, Map.of());
    }
}
