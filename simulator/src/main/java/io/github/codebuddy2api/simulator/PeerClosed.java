package io.github.codebuddy2api.simulator;

/**
 * How and when the peer of a connection left.
 *
 * @param nanos {@link System#nanoTime()} when the simulator noticed, which does not depend on it writing anything
 * @param how what arrived on the wire
 * @param phase how far the answer to the connection's latest request had come
 */
public record PeerClosed(long nanos, How how, Phase phase) {

    /** What arrived from the peer. */
    public enum How {
        /** An orderly end of its sending side. */
        FIN,
        /** A reset. */
        RST
    }

    /** How far an answer had come. */
    public enum Phase {
        /** Nothing of it had been written. */
        BEFORE_HEADERS,
        /** Its head had been written, but no {@code data:} line. */
        BEFORE_FIRST_EVENT,
        /** At least one {@code data:} line had been started, and the answer was not complete. */
        BETWEEN_EVENTS,
        /** It had ended. */
        AFTER_END
    }
}
