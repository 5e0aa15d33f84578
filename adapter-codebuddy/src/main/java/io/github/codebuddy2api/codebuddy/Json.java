package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.RawJson;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How this adapter reads JSON: strictly in form, leniently in types, and never without a limit. */
final class Json {
    private static final int MAX_DEPTH = 128;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1024;

    /** Immutable, thread-safe, and without settings that anybody could want otherwise. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            // An event's size is limited while it is read; no string in it can be longer.
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /**
     * A whole JSON text.
     *
     * @throws tools.jackson.core.JacksonException if it is none
     */
    static JsonNode tree(byte[] utf8) {
        return tree(() -> MAPPER.readTree(utf8));
    }

    /** The same of a text. */
    static JsonNode tree(String text) {
        return tree(() -> MAPPER.readTree(text));
    }

    private static JsonNode tree(Supplier<JsonNode> reading) {
        try {
            return reading.get();
        } catch (NumberFormatException boundless) {
            // Jackson lets an exponent out that no BigDecimal can have.
            throw new StreamReadException("a number beyond all bounds");
        }
    }

    /**
     * JSON text in a part of an array that somebody else owns.
     *
     * @param bytes what holds it
     * @param offset where it begins
     * @param length how many bytes it has
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Source(byte[] bytes, int offset, int length) {
        JsonParser parser() {
            return MAPPER.createParser(bytes, offset, length);
        }

        JsonNode tree() {
            return Json.tree(() -> MAPPER.readTree(bytes, offset, length));
        }

        /** A copy of the value at which {@code json} stands, which then stands at its end. */
        RawJson raw(JsonParser json) {
            Source value = value(json);
            byte[] copy = Arrays.copyOfRange(bytes, value.offset, value.offset + value.length);
            return RawJson.slice(copy, 0, copy.length);
        }

        /** The same without a copy. */
        Source value(JsonParser json) {
            int from = offset + Math.toIntExact(json.currentTokenLocation().getByteOffset());
            json.skipChildren();
            json.finishToken();
            int to = offset + Math.toIntExact(json.currentLocation().getByteOffset());
            return new Source(bytes, from, to - from);
        }
    }

    /** The text of a string or number; null for nothing, for the empty string and for what is no text at all. */
    static @Nullable String text(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING
                || token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT) {
            String text = json.getString();
            return text.isEmpty() ? null : text;
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        throw ChunkParser.malformed();
    }

    /** A whole number, also one written as a string; null for nothing. */
    static @Nullable Integer integer(JsonParser json) {
        String text = text(json);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw ChunkParser.malformed();
        }
    }

    static int integerOr(JsonParser json, int absent) {
        Integer value = integer(json);
        return value == null ? absent : value;
    }

    /** Whether an object begins here; null says nothing, and anything else is not the protocol. */
    static boolean isObject(JsonParser json) {
        return begins(json, JsonToken.START_OBJECT);
    }

    /** Whether an array begins here; null says nothing, and anything else is not the protocol. */
    static boolean isArray(JsonParser json) {
        return begins(json, JsonToken.START_ARRAY);
    }

    private static boolean begins(JsonParser json, JsonToken wanted) {
        JsonToken token = json.currentToken();
        if (token != wanted && token != JsonToken.VALUE_NULL) {
            throw ChunkParser.malformed();
        }
        return token == wanted;
    }
}
