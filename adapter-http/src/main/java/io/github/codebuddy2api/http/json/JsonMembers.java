package io.github.codebuddy2api.http.json;

import static tools.jackson.core.JsonToken.END_ARRAY;
import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_STRING;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonToken;

/** The members of a small JSON object. Immutable. */
public final class JsonMembers {
    private final Map<String, Value> members;

    private JsonMembers(Map<String, Value> members) {
        this.members = members;
    }

    /** What a member can be. */
    public sealed interface Value {
        /** A string. */
        record Text(String text) implements Value {}

        /** A number without fraction and exponent; empty if it needs more than 64 bits. */
        record Whole(OptionalLong value, RawJson json) implements Value {}

        /** Any other number. */
        record Fraction(RawJson json) implements Value {}

        /** A truth value. */
        record Flag(boolean isTrue) implements Value {}

        /** Null. */
        record Nothing() implements Value {}

        /** An array. */
        record Items(RawJson json) implements Value {}

        /** An object. */
        record Members(RawJson json) implements Value {}
    }

    /**
     * Reads an object.
     *
     * @throws InvalidRequest if {@code document} is not one JSON object
     */
    public static JsonMembers of(byte[] document) {
        try (JsonCursor cursor = new JsonCursor(document)) {
            cursor.enterObject();
            Map<String, Value> members = new LinkedHashMap<>();
            while (!cursor.nextIs(END_OBJECT)) {
                String name = cursor.name();
                cursor.next();
                members.put(name, value(cursor));
            }
            cursor.expectEnd();
            return new JsonMembers(members);
        }
    }

    /** Reads an object that was cut out of a document. */
    public static JsonMembers of(RawJson object) {
        return of(bytes(object));
    }

    private static byte[] bytes(RawJson json) {
        return json.text().getBytes(StandardCharsets.UTF_8);
    }

    /** The strings of an array that was cut out of a document; empty if anything else is in it. */
    public static Optional<List<String>> texts(RawJson array) {
        List<String> texts = new ArrayList<>();
        try (JsonCursor cursor = new JsonCursor(bytes(array))) {
            cursor.next();
            while (!cursor.nextIs(END_ARRAY)) {
                if (!cursor.is(VALUE_STRING)) {
                    return Optional.empty();
                }
                texts.add(cursor.string());
            }
        }
        return Optional.of(texts);
    }

    /** The items of an array that was cut out of a document. */
    public static List<Value> items(RawJson array) {
        List<Value> items = new ArrayList<>();
        try (JsonCursor cursor = new JsonCursor(bytes(array))) {
            cursor.next();
            while (!cursor.nextIs(END_ARRAY)) {
                items.add(value(cursor));
            }
        }
        return items;
    }

    private static Value value(JsonCursor cursor) {
        if (cursor.is(JsonToken.VALUE_STRING)) {
            return new Value.Text(cursor.string());
        }
        if (cursor.is(JsonToken.VALUE_NUMBER_INT)) {
            return new Value.Whole(cursor.integer(), cursor.value());
        }
        if (cursor.is(JsonToken.VALUE_NUMBER_FLOAT)) {
            return new Value.Fraction(cursor.value());
        }
        if (cursor.is(JsonToken.VALUE_TRUE) || cursor.is(JsonToken.VALUE_FALSE)) {
            return new Value.Flag(cursor.is(JsonToken.VALUE_TRUE));
        }
        if (cursor.is(JsonToken.VALUE_NULL)) {
            return new Value.Nothing();
        }
        return cursor.is(START_OBJECT) ? new Value.Members(cursor.value()) : new Value.Items(cursor.value());
    }

    /** All of them, in their order. */
    public Map<String, Value> all() {
        return members;
    }

    /** The member of this name; empty if it is missing or null. */
    public Optional<Value> find(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Value.Nothing));
    }

    /**
     * The string of this name; empty if it is missing or null.
     *
     * @throws InvalidRequest if it is something else
     */
    public Optional<String> text(String name) {
        return find(name).map(value -> {
            if (value instanceof Value.Text text) {
                return text.text();
            }
            throw InvalidRequest.value(name, "The value must be a string");
        });
    }

    /**
     * The truth value of this name; false if it is missing or null.
     *
     * @throws InvalidRequest if it is something else
     */
    public boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (value instanceof Value.Flag flag) {
                        return flag.isTrue();
                    }
                    throw InvalidRequest.value(name, "The value must be true or false");
                })
                .orElse(false);
    }
}
