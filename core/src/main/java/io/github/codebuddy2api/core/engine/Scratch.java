package io.github.codebuddy2api.core.engine;

/** Space for text that is used again and again. */
final class Scratch {
    /** A usual piece of an answer is far shorter. */
    private static final int MAX_KEPT = 4 * 1024;

    private Scratch() {}

    /** An empty builder: the same, unless one long text made it large. */
    static StringBuilder cleared(StringBuilder used) {
        if (used.capacity() > MAX_KEPT) {
            return new StringBuilder();
        }
        used.setLength(0);
        return used;
    }
}
