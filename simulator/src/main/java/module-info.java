import org.jspecify.annotations.NullMarked;

/**
 * A pretend CodeBuddy service for tests and for the demo; it needs nothing but the JDK.
 * Start at {@link io.github.codebuddy2api.simulator.SimulatedCodeBuddy}.
 */
@NullMarked
module io.github.codebuddy2api.simulator {
    requires static transitive org.jspecify;

    exports io.github.codebuddy2api.simulator;
}
