package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.settings.KeywordReplacement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows what keyword replacement makes of a text. Thread-safe; quick. */
@FunctionalInterface
public interface Keywords {
    /** The longest text that is tried, in UTF-16 units. */
    int MAX_TEXT = 20_000;

    /**
     * What an answer that says {@code text} becomes; it goes through what answers go through, in pieces as they come.
     *
     * @param text what is said
     * @param replacement the rules to try; null takes those in force
     * @param pieceLength how long each piece is, in UTF-16 units, at least 1
     * @throws io.github.codebuddy2api.core.GatewayException.InvalidRequest if the text is too long, or grows too large
     *     under the rules
     */
    Preview preview(String text, @Nullable KeywordReplacement replacement, int pieceLength);

    /**
     * What became of a text.
     *
     * @param text what a caller would read
     * @param hits how often each rule has replaced something, in their order
     */
    record Preview(String text, List<Integer> hits) {
        public Preview {
            Objects.requireNonNull(text, "text");
            hits = List.copyOf(hits);
        }

        @Override
        public String toString() {
            return "Preview[" + text.length() + " characters, hits=" + hits + "]";
        }
    }
}
