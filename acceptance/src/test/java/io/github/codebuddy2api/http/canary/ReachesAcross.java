package io.github.codebuddy2api.http.canary;

import io.github.codebuddy2api.codebuddy.CodeBuddy;
import io.github.codebuddy2api.core.engine.SystemTime;

/** An adapter that reaches for another one and into the engine. */
public final class ReachesAcross {
    /** Another adapter. */
    public Class<?> sideways() {
        return CodeBuddy.class;
    }

    /** What core does not export. */
    public Class<?> inside() {
        return SystemTime.class;
    }
}
