package io.github.codebuddy2api.http.openai;

import static tools.jackson.core.JsonToken.END_ARRAY;
import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.START_ARRAY;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_FALSE;
import static tools.jackson.core.JsonToken.VALUE_NULL;
import static tools.jackson.core.JsonToken.VALUE_STRING;
import static tools.jackson.core.JsonToken.VALUE_TRUE;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.http.json.JsonCursor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request body in one pass. What the gateway decides on is checked, every complaint names its field; the rest
 * is cut out and carried as it came.
 */
final class ChatRequestReader {
    private static final int MAX_MODEL = 256;
    private static final int MAX_STOPS = 64;
    /** What some clients put here is meant for other gateways; passed on, it would show our password to the upstream. */
    private static final Set<String> DROPPED =
            Set.of("api_base", "api_key", "base_url", "headers", "extra_headers", "extra_body", "extra_query");

    private final JsonCursor cursor;
    private final Problems problems = new Problems();
    private final MessagesReader messagesReader;
    private final ToolsReader toolsReader;
    private final Map<String, RawJson> rest = new LinkedHashMap<>();
    private @Nullable String model;
    private @Nullable List<ChatMessage> messages;
    private boolean stream;
    private boolean hasStreamOptions;
    private boolean includeUsage;

    private ChatRequestReader(JsonCursor cursor) {
        this.cursor = cursor;
        this.messagesReader = new MessagesReader(cursor, problems);
        this.toolsReader = new ToolsReader(cursor, problems);
    }

    /**
     * What {@code body} asks for. The body belongs to the result and must not change any more.
     *
     * @throws InvalidRequest if it cannot be served as it is
     */
    static ChatCall read(byte[] body) {
        try (JsonCursor cursor = new JsonCursor(body)) {
            return new ChatRequestReader(cursor).read();
        }
    }

    private ChatCall read() {
        cursor.enterObject();
        while (!cursor.nextIs(END_OBJECT)) {
            String name = cursor.name();
            cursor.next();
            member(name);
        }
        cursor.expectEnd();
        return call();
    }

    private ChatCall call() {
        toolsReader.finish();
        if (messages == null) {
            problems.missing("messages", MessagesReader.REQUIRED);
        }
        if (model == null) {
            problems.missing("model", "Model field is required and must be a string");
        }
        if (hasStreamOptions && !stream) {
            problems.value("stream_options", "Stream options are only for streamed answers");
        }
        problems.throwFirst();
        ChatRequest request = new ChatRequest(orEmpty(model), messages == null ? List.of() : messages, rest);
        return new ChatCall(request, stream, includeUsage);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void member(String name) {
        switch (name) {
            case "model" -> model = model();
            case "messages" -> messages = messagesReader.read();
            case "stream" -> stream = flag("stream");
            case "stream_options" -> streamOptions();
            case "tools" -> rest.put(name, toolsReader.tools());
            case "tool_choice" -> rest.put(name, toolsReader.choice());
            case "n" -> rest.put(name, n());
            case "stop" -> rest.put(name, stop());
            case "max_tokens", "max_completion_tokens" -> rest.put(name, count(name));
            case "temperature", "top_p", "presence_penalty", "frequency_penalty" -> rest.put(name, number(name));
            default -> carry(name);
        }
    }

    private void carry(String name) {
        if (DROPPED.contains(name)) {
            cursor.skip();
        } else {
            rest.put(name, cursor.value());
        }
    }

    private String model() {
        if (!cursor.is(VALUE_STRING)) {
            problems.value("model", "Model field is required and must be a string");
            cursor.skip();
            return "";
        }
        String id = cursor.string();
        if (id.isBlank() || id.length() > MAX_MODEL || id.chars().anyMatch(Character::isISOControl)) {
            problems.value("model", "The model must have 1 to " + MAX_MODEL + " characters and no controls");
        }
        return id;
    }

    private boolean flag(String param) {
        boolean isFlag = cursor.is(VALUE_TRUE) || cursor.is(VALUE_FALSE) || cursor.is(VALUE_NULL);
        if (!isFlag) {
            problems.value(param, "The value must be true or false");
            cursor.skip();
        }
        return cursor.is(VALUE_TRUE);
    }

    private void streamOptions() {
        if (cursor.is(VALUE_NULL)) {
            return;
        }
        hasStreamOptions = true;
        if (!cursor.is(START_OBJECT)) {
            problems.value("stream_options", "The stream options must be an object");
            cursor.skip();
            return;
        }
        while (!cursor.nextIs(END_OBJECT)) {
            boolean isUsage = cursor.name().equals("include_usage");
            cursor.next();
            if (isUsage) {
                includeUsage = flag("stream_options.include_usage");
            } else {
                cursor.skip();
            }
        }
    }

    private RawJson n() {
        if (!cursor.is(VALUE_NULL)) {
            OptionalLong n = cursor.integer();
            if (n.isEmpty() || n.getAsLong() < 1) {
                problems.value("n", "The number of answers must be 1");
            } else if (n.getAsLong() > 1) {
                problems.add(new InvalidRequest("unsupported_parameter", "Only one answer can be asked for", "n"));
            }
        }
        return cursor.value();
    }

    private RawJson count(String name) {
        if (!cursor.is(VALUE_NULL)) {
            OptionalLong count = cursor.integer();
            if (count.isEmpty() || count.getAsLong() < 1 || count.getAsLong() > Integer.MAX_VALUE) {
                problems.value(name, "The number of tokens must be from 1 to " + Integer.MAX_VALUE);
            }
        }
        return cursor.value();
    }

    private RawJson number(String name) {
        if (!cursor.isNumber() && !cursor.is(VALUE_NULL)) {
            problems.value(name, "The value must be a number");
        }
        return cursor.value();
    }

    private RawJson stop() {
        if (!cursor.is(START_ARRAY)) {
            if (!cursor.is(VALUE_STRING) && !cursor.is(VALUE_NULL)) {
                problems.value("stop", "The stop words must be a string or an array of strings");
            }
            return cursor.value();
        }
        int start = cursor.start();
        int index = 0;
        for (; !cursor.nextIs(END_ARRAY); index++) {
            if (!cursor.is(VALUE_STRING)) {
                problems.value("stop[" + index + "]", "A stop word must be a string");
                cursor.skip();
            }
        }
        if (index > MAX_STOPS) {
            problems.value("stop", "At most " + MAX_STOPS + " stop words are accepted");
        }
        return cursor.from(start);
    }
}
