package io.github.codebuddy2api.core.engine;

import java.util.List;

/** All keywords over one stretch of prose: each search reads what the one before it wrote. Not thread-safe. */
final class KeywordCascade {
    private final List<KeywordSearch> searches;
    private StringBuilder read = new StringBuilder();
    private StringBuilder written = new StringBuilder();

    KeywordCascade(KeywordRules rules) {
        searches = rules.searches();
    }

    /** What is certain after {@code piece}; valid until the next call. */
    CharSequence accept(CharSequence piece) {
        return run(piece, false);
    }

    /** What was kept back, because the stretch ends here; valid until the next call. */
    CharSequence end() {
        return run("", true);
    }

    private CharSequence run(CharSequence piece, boolean end) {
        CharSequence in = piece;
        for (KeywordSearch search : searches) {
            written.setLength(0);
            search.accept(in, written);
            if (end) {
                search.end(written);
            }
            StringBuilder next = read;
            read = written;
            written = next;
            in = read;
        }
        return in;
    }

    /** Whether any keyword was found since the stretch began. */
    boolean hasReplaced() {
        return searches.stream().anyMatch(KeywordSearch::hasReplaced);
    }

    /** Forgets the stretch. */
    void reset() {
        searches.forEach(KeywordSearch::reset);
    }
}
