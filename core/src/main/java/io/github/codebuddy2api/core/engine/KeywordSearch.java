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
    private final int maxGrown;
    private int matched;
    private int found;
    private int foundBefore;

    /**
     * @param maxGrown what one piece may grow to, in characters
     */
    KeywordSearch(Keyword keyword, int maxGrown) {
        this.keyword = keyword;
        this.maxGrown = maxGrown;
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
        if (out.length() > maxGrown) {
            throw UpstreamGarbled.tooLarge("The answer grows too large under the rules of keyword replacement.");
        }
        out.append(keyword.to);
        matched = 0;
        found++;
    }

    /** Whether it has found the keyword since it was begun or reset. */
    boolean hasReplaced() {
        return found > 0;
    }

    /** Appends what was kept back: the text ends here. */
    void end(StringBuilder out) {
        out.append(keyword.from, 0, matched);
        foundBefore += found;
        reset();
    }

    /** Begins anew; what was found since the last end counts for nothing. */
    void reset() {
        matched = 0;
        found = 0;
    }

    /** How often the keyword was found in all that has ended. */
    int hits() {
        return foundBefore;
    }
}
