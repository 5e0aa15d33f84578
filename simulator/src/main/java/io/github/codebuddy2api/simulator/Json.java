package io.github.codebuddy2api.simulator;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A JSON value. What is not there reads as {@link Nothing}, so that looking deep needs no checks. */
sealed interface Json {
    /** Text. */
    record Text(String value) implements Json {}

    /** A number. */
    record Numeral(BigDecimal value) implements Json {}

    /** True or false. */
    record Truth(boolean value) implements Json {}

    /** {@code null}, or a member that does not exist. */
    record Nothing() implements Json {}

    /** An array. */
    record Items(List<Json> values) implements Json {}

    /** An object, its members in the order they were written. */
    record Members(SequencedMap<String, Json> values) implements Json {}

    /** An object of names and values in turn; a value may be anything {@link #of} takes. */
    static Json object(@Nullable Object... namesAndValues) {
        LinkedHashMap<String, Json> members = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            members.put(String.valueOf(namesAndValues[at]), of(namesAndValues[at + 1]));
        }
        return new Members(members);
    }

    /** The JSON form of a Java value. */
    static Json of(@Nullable Object value) {
        return switch (value) {
            case null -> new Nothing();
            case Json json -> json;
            case String text -> new Text(text);
            case Boolean truth -> new Truth(truth);
            case Number number -> new Numeral(new BigDecimal(number.toString()));
            case List<?> items -> new Items(items.stream().map(Json::of).toList());
            default -> throw new IllegalArgumentException("no JSON form");
        };
    }

    /** The value written as text. */
    default String write() {
        StringBuilder text = new StringBuilder();
        JsonWriter.write(this, text);
        return text.toString();
    }

    /** The member of that name. */
    default Json at(String name) {
        return this instanceof Members(SequencedMap<String, Json> values)
                ? values.getOrDefault(name, new Nothing())
                : new Nothing();
    }

    /** Whether there is a member of that name, even one that is {@code null}. */
    default boolean has(String name) {
        return this instanceof Members(SequencedMap<String, Json> values) && values.containsKey(name);
    }

    /** The text, or the empty one if this is not text. */
    default String text() {
        return this instanceof Text(String value) ? value : "";
    }

    /** The items, or none if this is not an array. */
    default List<Json> items() {
        return this instanceof Items(List<Json> values) ? values : List.of();
    }

    default boolean isText() {
        return this instanceof Text;
    }

    default boolean isNothing() {
        return this instanceof Nothing;
    }

    default boolean isTrue() {
        return this instanceof Truth(boolean value) && value;
    }
}
