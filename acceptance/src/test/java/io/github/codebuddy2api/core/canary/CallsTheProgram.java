package io.github.codebuddy2api.core.canary;

import io.github.codebuddy2api.app.Main;

/** Something that depends on the program it is a part of. */
public final class CallsTheProgram {
    /** Its class will do. */
    public Class<?> program() {
        return Main.class;
    }
}
