package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;

/**
 * Replaces one keyword in a text that comes in pieces; what comes out, joined, is what {@link String#replace} would
 * make of the whole. It keeps back only the characters with which the keyword may have begun. Not thread-safe.
 */
final class KeywordSearch {
    /** What one piece may grow to, in characters: rules that feed each other could multiply without end. */
    static final int MAX_GROWN = 8 * 1024 * 1024;

    private final Keyword keyword;
    private int matched;
    private boolean hasReplaced;

    KeywordSearch(Keyword keyword) {
        this.keyword = keyword;
    }

    /** Reads {@code piece} and appends to {@code out} what is certain. */
    void accept(CharSequence piece, StringBuilder out) {
        for (int i = 0; i < piece.length(); i++) {
            accept(piece.charAt(i), out);
        }
    }

    private void accept(char c, StringBuilder out) {
        while (matched > 0 && c != keyword.from.charAt(matched)) {
            int remaining = keyword.fallback(matched);
            out.append(keyword.from, 0, matched - remaining);
            matched = remaining;
        }
        if (c != keyword.from.charAt(matched)) {
            out.append(c);
        } else if (++matched == keyword.from.length()) {
            replace(out);
        }
    }

    private void replace(StringBuilder out) {
        if (out.length() > MAX_GROWN) {
            throw UpstreamGarbled.tooLarge("The answer grows too large under the rules of keyword replacement.");
        }
        out.append(keyword.to);
        matched = 0;
        hasReplaced = true;
    }

    /** Whether it has found the keyword since it was begun or reset. */
    boolean hasReplaced() {
        return hasReplaced;
    }

    /** Appends what was kept back: the text ends here. */
    void end(StringBuilder out) {
        out.append(keyword.from, 0, matched);
        reset();
    }

    void reset() {
        matched = 0;
        hasReplaced = false;
    }
}
