package io.github.codebuddy2api.core.chat;

import java.util.Objects;

/**
 * A function call the model wants made.
 *
 * @param id ties the later tool message to this call
 * @param name the function
 * @param arguments the JSON text exactly as the model wrote it
 */
public record ToolCall(String id, String name, String arguments) {
    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
    }

    @Override
    public String toString() {
        return "ToolCall[" + arguments.length() + " characters of arguments]";
    }
}
