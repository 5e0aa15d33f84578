package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What one chunk says of one choice, as it stands there. Empty texts are kept as null. Not thread-safe. */
final class ChoiceFields {
    int index;

    @Nullable String role;

    @Nullable String content;

    @Nullable String reasoningContent;

    @Nullable String refusal;

    @Nullable String finishReason;

    @Nullable RawJson logprobs;

    List<CallFields> calls = List.of();
    private boolean hasDelta;

    /** One fragment of a tool call. */
    record CallFields(
            @Nullable Integer index,
            @Nullable String id,
            @Nullable String name,
            String arguments) {}

    /** Without an index of its own, a choice's position counts. */
    ChoiceFields(int position) {
        this.index = position;
    }

    /** Reads the object at which {@code json} stands, to its end. */
    void read(JsonParser json, Json.Source source) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "index" -> index = Json.integerOr(json, index);
                case "delta" -> delta(json, source);
                case "message" -> messageForDelta(json, source);
                case "finish_reason" -> finishReason = Json.text(json);
                case "logprobs" -> logprobs = json.currentToken() == JsonToken.VALUE_NULL ? null : source.raw(json);
                default -> json.skipChildren();
            }
        }
    }

    /** Seen in place of a delta; beside one it only repeats it. */
    private void messageForDelta(JsonParser json, Json.Source source) {
        if (hasDelta) {
            json.skipChildren();
        } else {
            delta(json, source);
        }
    }

    private void delta(JsonParser json, Json.Source source) {
        hasDelta = true;
        if (!Json.isObject(json)) {
            return;
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "role" -> role = Json.text(json);
                case "content" -> content = Json.text(json);
                case "reasoning_content" -> reasoningContent = Json.text(json);
                case "refusal" -> refusal = Json.text(json);
                case "tool_calls" -> toolCalls(json, source);
                case "function_call" -> functionCall(json, source);
                default -> json.skipChildren();
            }
        }
    }

    private void toolCalls(JsonParser json, Json.Source source) {
        if (!Json.isArray(json)) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (Json.isObject(json)) {
                add(call(json, source));
            }
        }
    }

    private CallFields call(JsonParser json, Json.Source source) {
        Integer callIndex = null;
        String id = null;
        CallFields function = NOTHING;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "index" -> callIndex = Json.integer(json);
                case "id" -> id = Json.text(json);
                case "function" -> function = function(json, source);
                default -> json.skipChildren();
            }
        }
        return new CallFields(callIndex, id, function.name(), function.arguments());
    }

    private static final CallFields NOTHING = new CallFields(null, null, null, "");

    private static CallFields function(JsonParser json, Json.Source source) {
        if (!Json.isObject(json)) {
            return NOTHING;
        }
        String called = null;
        String arguments = "";
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            switch (name) {
                case "name" -> called = Json.text(json);
                case "arguments" -> {
                    boolean structured = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
                    String text = structured ? source.raw(json).text() : Json.text(json);
                    arguments = text == null ? "" : text;
                }
                default -> json.skipChildren();
            }
        }
        return new CallFields(null, null, called, arguments);
    }

    /** The form before tool calls; empty ones come along with every chunk. */
    private void functionCall(JsonParser json, Json.Source source) {
        CallFields call = function(json, source);
        if (call.name() != null || !call.arguments().isEmpty()) {
            add(call);
        }
    }

    private void add(CallFields call) {
        if (calls.isEmpty()) {
            calls = new ArrayList<>(1);
        }
        calls.add(call);
    }
}
