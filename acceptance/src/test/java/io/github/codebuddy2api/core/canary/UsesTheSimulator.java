package io.github.codebuddy2api.core.canary;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;

/** Production that needs what is made for tests. */
public final class UsesTheSimulator {
    /** Its class will do. */
    public Class<?> simulator() {
        return SimulatedCodeBuddy.class;
    }
}
