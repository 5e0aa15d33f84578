package io.github.codebuddy2api.core.engine;

import java.util.List;

/** All keywords over one stretch of prose: each search reads what the one before it wrote. Not thread-safe. */
final class KeywordCascade {
    private final List<KeywordSearch> searches;
    private StringBuilder read = new StringBuilder();
    private StringBuilder written = new StringBuilder();
    private long work;

    KeywordCascade(KeywordRules rules, int maxGrown) {
        searches = rules.searches(maxGrown);
    }

    /** What is certain after {@code piece}; valid until the next call of anything here. */
    CharSequence accept(CharSequence piece) {
        return run(piece, false);
    }

    /** What was kept back, because the stretch ends here; valid until the next call of anything here. */
    CharSequence end() {
        return run("", true);
    }

    private CharSequence run(CharSequence piece, boolean end) {
        CharSequence in = piece;
        for (KeywordSearch search : searches) {
            work += in.length();
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

    /** Forgets what it gave; what it keeps back and counts stays. */
    void clear() {
        read = Scratch.cleared(read);
        written = Scratch.cleared(written);
    }

    /** Whether any keyword was found since the stretch began. */
    boolean hasReplaced() {
        return searches.stream().anyMatch(KeywordSearch::hasReplaced);
    }

    /** How many characters all searches together have read. */
    long work() {
        return work;
    }

    /** How often each keyword was found in the stretches that have ended, in the order of the rules. */
    List<Integer> hits() {
        return searches.stream().map(KeywordSearch::hits).toList();
    }

    /** Forgets the stretch. */
    void reset() {
        searches.forEach(KeywordSearch::reset);
    }
}
