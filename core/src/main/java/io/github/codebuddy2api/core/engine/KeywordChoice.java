package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.chat.Delta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces keywords in what one choice says: reasoning, content and refusal, each a text of its own. What is kept back
 * of one of them comes out before another begins, before tool calls and before the finish. Not thread-safe.
 */
final class KeywordChoice {
    private final KeywordText reasoning;
    private final KeywordText content;
    private final KeywordText refusal;

    KeywordChoice(KeywordRules rules) {
        reasoning = new KeywordText(rules);
        content = new KeywordText(rules);
        refusal = new KeywordText(rules);
    }

    /** What must come out before {@code delta}: the rest of a text that a delta names after those it goes on with. */
    Delta endBefore(Delta delta) {
        boolean endsContent = delta.reasoningContent() != null;
        boolean endsRefusal = endsContent || delta.content() != null;
        return texts(endsContent ? content.end() : "", "", endsRefusal ? refusal.end() : "");
    }

    /** {@code delta} in other words, with the rest of each text that ends with it. */
    Delta accept(Delta delta, boolean isLast) {
        boolean endsRefusal = isLast || !delta.toolCalls().isEmpty();
        boolean endsContent = endsRefusal || delta.refusal() != null;
        boolean endsReasoning = endsContent || delta.content() != null;
        return new Delta(
                delta.role(),
                more(content, delta.content(), endsContent),
                more(reasoning, delta.reasoningContent(), endsReasoning),
                more(refusal, delta.refusal(), endsRefusal),
                delta.toolCalls());
    }

    /** What was kept back, because nothing follows. */
    Delta end() {
        return texts(content.end(), reasoning.end(), refusal.end());
    }

    private static String more(KeywordText text, @Nullable String piece, boolean ends) {
        String certain = piece == null ? "" : text.accept(piece);
        return ends ? certain + text.end() : certain;
    }

    private static Delta texts(String content, String reasoning, String refusal) {
        return new Delta(null, content, reasoning, refusal, List.of());
    }
}
