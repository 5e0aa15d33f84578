package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.RawJson;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation. The gateway decides on the role alone; everything else travels as it came.
 *
 * @param role who speaks
 * @param content the JSON of {@code content}: a string or an array of parts; absent on some assistant messages
 * @param rest all other members in their order, such as {@code tool_calls} or {@code tool_call_id}
 */
public record ChatMessage(Role role, @Nullable RawJson content, Map<String, RawJson> rest) {
    public ChatMessage {
        Objects.requireNonNull(role, "role");
        rest = Members.copyOf(rest);
    }

    /** A message of plain text. */
    public static ChatMessage text(Role role, String text) {
        return new ChatMessage(role, RawJson.string(text), Map.of());
    }

    /** What a person says. */
    public static ChatMessage user(String text) {
        return text(Role.USER, text);
    }

    /** What the model is told before anything else. */
    public static ChatMessage system(String text) {
        return text(Role.SYSTEM, text);
    }

    @Override
    public String toString() {
        return "ChatMessage[" + role + ", content " + content + ", " + rest.size() + " more members]";
    }
}
