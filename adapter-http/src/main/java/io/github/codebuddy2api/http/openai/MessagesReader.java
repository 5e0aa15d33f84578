package io.github.codebuddy2api.http.openai;

import static tools.jackson.core.JsonToken.END_ARRAY;
import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.START_ARRAY;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_NULL;
import static tools.jackson.core.JsonToken.VALUE_STRING;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.http.json.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code messages}; the texts of its complaints are those that scripts for the older projects know. */
final class MessagesReader {
    static final String REQUIRED = "Messages field is required and must be an array";

    private static final int MAX_MESSAGES = 20_000;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private final JsonCursor cursor;
    private final Problems problems;

    MessagesReader(JsonCursor cursor, Problems problems) {
        this.cursor = cursor;
        this.problems = problems;
    }

    /** Reads the value the cursor is on. */
    List<ChatMessage> read() {
        List<ChatMessage> messages = new ArrayList<>();
        if (!cursor.is(START_ARRAY)) {
            problems.value("messages", REQUIRED);
            cursor.skip();
            return messages;
        }
        int index = 0;
        while (!cursor.nextIs(END_ARRAY)) {
            if (index >= MAX_MESSAGES) {
                // At once: what follows is not worth reading.
                throw InvalidRequest.value("messages", "At most " + MAX_MESSAGES + " messages are accepted");
            } else if (cursor.is(START_OBJECT)) {
                messages.add(new OneMessage(index).read());
            } else {
                problems.value("messages[" + index + "]", "Message " + index + " must be an object");
                cursor.skip();
            }
            index++;
        }
        if (index == 0) {
            problems.value("messages", REQUIRED);
        }
        return messages;
    }

    private final class OneMessage {
        private final int index;
        private final Map<String, RawJson> rest = new LinkedHashMap<>();
        private @Nullable Role role;
        private @Nullable RawJson content;
        private boolean hasContent;

        OneMessage(int index) {
            this.index = index;
        }

        ChatMessage read() {
            while (!cursor.nextIs(END_OBJECT)) {
                String name = cursor.name();
                cursor.next();
                switch (name) {
                    case "role" -> role = role();
                    case "content" -> {
                        hasContent = true;
                        content = content();
                    }
                    default -> rest.put(name, cursor.value());
                }
            }
            Role speaker = role;
            if (speaker == null || !hasContent && !mayLackContent(speaker)) {
                problems.missing(
                        at(speaker == null ? "role" : "content"),
                        "Message " + index + " must have 'role' and 'content' fields");
            }
            return new ChatMessage(speaker == null ? Role.USER : speaker, content, rest);
        }

        private boolean mayLackContent(Role speaker) {
            return speaker.equals(Role.ASSISTANT)
                    && (rest.containsKey("tool_calls") || rest.containsKey("function_call"));
        }

        private Role role() {
            if (cursor.is(VALUE_STRING) && ROLES.contains(cursor.string())) {
                return new Role(cursor.string());
            }
            problems.value(at("role"), "The role must be one of system, developer, user, assistant, tool and function");
            cursor.skip();
            return Role.USER;
        }

        private @Nullable RawJson content() {
            if (cursor.is(VALUE_NULL)) {
                return null;
            }
            if (cursor.is(VALUE_STRING)) {
                return cursor.value();
            }
            if (cursor.is(START_ARRAY)) {
                return parts();
            }
            problems.value(at("content"), "The content must be a string, an array of parts, or null");
            cursor.skip();
            return null;
        }

        private RawJson parts() {
            int start = cursor.start();
            for (int part = 0; !cursor.nextIs(END_ARRAY); part++) {
                if (cursor.is(START_OBJECT)) {
                    part(part);
                } else {
                    problems.value(at("content[" + part + "]"), "A part of the content must be an object");
                    cursor.skip();
                }
            }
            return cursor.from(start);
        }

        private void part(int part) {
            boolean hasType = false;
            while (!cursor.nextIs(END_OBJECT)) {
                String name = cursor.name();
                cursor.next();
                hasType |= name.equals("type") && cursor.is(VALUE_STRING);
                cursor.skip();
            }
            if (!hasType) {
                problems.missing(at("content[" + part + "].type"), "A part of the content must say its type");
            }
        }

        private String at(String member) {
            return "messages[" + index + "]." + member;
        }
    }
}
