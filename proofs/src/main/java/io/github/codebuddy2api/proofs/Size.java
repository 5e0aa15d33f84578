package io.github.codebuddy2api.proofs;

import java.util.Locale;

/** How much a proof does. The system property {@code trust.size} says which; {@code gate} if it is not set. */
public enum Size {
    /** A few seconds, within every build. */
    GATE,
    /** What fits {@code ./trust}: all proofs within 15 minutes. */
    SHORT,
    /** The figure asked for in full, in {@code ./trust --long}. */
    LONG;

    /**
     * The size of this run.
     *
     * @throws IllegalArgumentException if the property names none
     */
    public static Size now() {
        return valueOf(System.getProperty("trust.size", "gate").toUpperCase(Locale.ROOT));
    }

    /** One of three numbers, by size. */
    public int of(int gate, int brief, int whole) {
        return switch (this) {
            case GATE -> gate;
            case SHORT -> brief;
            case LONG -> whole;
        };
    }
}
