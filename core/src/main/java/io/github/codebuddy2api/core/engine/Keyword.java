package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.settings.KeywordReplacement;

/** One rule made ready for text that comes in pieces. Immutable. */
final class Keyword {
    final String from;
    final String to;
    // At n: how many of the first n characters of the keyword remain matched if the next one does not fit.
    private final int[] fallback;

    Keyword(KeywordReplacement.Rule rule) {
        from = rule.from();
        to = rule.to();
        fallback = new int[from.length()];
        for (int n = 2; n < from.length(); n++) {
            int border = fallback[n - 1];
            while (border > 0 && from.charAt(border) != from.charAt(n - 1)) {
                border = fallback[border];
            }
            fallback[n] = from.charAt(border) == from.charAt(n - 1) ? border + 1 : border;
        }
    }

    int fallback(int matched) {
        return fallback[matched];
    }
}
