package io.github.codebuddy2api.core.chat;

import org.jspecify.annotations.Nullable;

/**
 * A fragment of a call the model wants made.
 *
 * @param index which call of this answer it belongs to, from 0
 * @param id the call's id; on its first fragment only
 * @param name the function's name; on its first fragment only
 * @param arguments the next piece of the arguments' JSON text; may be empty
 */
public record ToolCallDelta(
        int index, @Nullable String id, @Nullable String name, String arguments) {
    public ToolCallDelta {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative");
        }
    }

    @Override
    public String toString() {
        return "ToolCallDelta[" + index + ", " + arguments.length() + " characters]";
    }
}
