package io.github.codebuddy2api.http.json;

import io.github.codebuddy2api.core.RawJson;
import java.math.BigDecimal;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object member by member, compact and in the order of the calls. Not thread-safe. */
public final class JsonObject {
    /** Beyond this a number is written with an exponent. */
    private static final int MAX_PLAIN_SCALE = 30;

    private final JsonBuffer json;
    private boolean hasMembers;

    private JsonObject(JsonBuffer json) {
        this.json = json;
    }

    /** The text of an object with {@code members}. */
    public static byte[] of(Consumer<JsonObject> members) {
        JsonBuffer json = new JsonBuffer();
        write(json, members);
        return json.toByteArray();
    }

    /** Adds an object with {@code members} to {@code json}. */
    public static void write(JsonBuffer json, Consumer<JsonObject> members) {
        json.ascii("{");
        members.accept(new JsonObject(json));
        json.ascii("}");
    }

    private JsonBuffer name(String name) {
        json.ascii(hasMembers ? "," : "");
        hasMembers = true;
        return json.string(name).ascii(":");
    }

    /** A string, or null. */
    public JsonObject text(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            json.ascii("null");
        } else {
            json.string(value);
        }
        return this;
    }

    /** A number, or null. */
    public JsonObject number(String name, @Nullable Long value) {
        name(name).ascii(value == null ? "null" : value.toString());
        return this;
    }

    /** A number, or null. */
    public JsonObject decimal(String name, @Nullable BigDecimal value) {
        name(name).ascii(value == null ? "null" : plain(value));
        return this;
    }

    private static String plain(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        boolean isUsual = Math.abs(shortest.scale()) <= MAX_PLAIN_SCALE && shortest.precision() <= MAX_PLAIN_SCALE;
        return isUsual ? shortest.toPlainString() : shortest.toString();
    }

    /** A truth value. */
    public JsonObject flag(String name, boolean value) {
        name(name).ascii(Boolean.toString(value));
        return this;
    }

    /** JSON that is only carried. */
    public JsonObject raw(String name, RawJson value) {
        name(name).raw(value);
        return this;
    }

    /** An object. */
    public JsonObject object(String name, Consumer<JsonObject> members) {
        write(name(name), members);
        return this;
    }

    /** An array of objects, one for each item. */
    public <T> JsonObject objects(String name, Iterable<T> items, BiConsumer<JsonObject, T> members) {
        name(name).ascii("[");
        String separator = "";
        for (T item : items) {
            json.ascii(separator);
            write(json, object -> members.accept(object, item));
            separator = ",";
        }
        json.ascii("]");
        return this;
    }

    /** An array of strings. */
    public JsonObject texts(String name, Iterable<String> items) {
        name(name).ascii("[");
        String separator = "";
        for (String item : items) {
            json.ascii(separator).string(item);
            separator = ",";
        }
        json.ascii("]");
        return this;
    }
}
