package io.github.codebuddy2api.proofs;

/** What came of a proof. */
enum Outcome {
    HOLDS("holds"),
    /** It was killed, or it still runs. */
    UNFINISHED("not shown"),
    FAILS("does not hold");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
