package io.github.codebuddy2api.http.json;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks over one JSON document in memory, token by token, and cuts values out of it without a copy. Strict: what two
 * readers could understand differently (duplicate names, half characters, a second document) is refused, and so is
 * what costs more than it can mean (depth, digits, names, values). Every fault is an {@link InvalidRequest} that says
 * where. Not thread-safe; the document must not change any more.
 */
public final class JsonCursor implements AutoCloseable {
    private static final int MAX_DEPTH = 128;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_NAME = 1024;
    private static final int MAX_STRING = 16 * 1024 * 1024;
    private static final int MAX_TOKENS = 200_000;
    private static final int MAX_MEMBERS = 4096;
    private static final int MAX_EXPONENT = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(MAX_STRING)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private final byte[] document;
    private final JsonParser parser;
    private final int[] members = new int[MAX_DEPTH + 1];
    private @Nullable JsonToken token;
    private int depth;

    /** A cursor before the first token of {@code document}. */
    public JsonCursor(byte[] document) {
        int fault = JsonText.firstFault(document);
        if (fault != JsonText.FINE) {
            throw invalid("not UTF-8, or half a character, at byte " + fault);
        }
        this.document = document;
        try {
            this.parser = FACTORY.createParser(ObjectReadContext.empty(), document);
        } catch (JacksonException otherEncoding) {
            throw invalid("not UTF-8, but what begins like UTF-32");
        }
    }

    /** Moves to the next token; null after the last one. */
    public @Nullable JsonToken next() {
        try {
            token = parser.nextToken();
        } catch (StreamConstraintsException e) {
            throw invalid("too deep, too long or too many values" + place(e.getLocation()));
        } catch (JacksonException e) {
            throw invalid("syntax error" + place(e.getLocation()));
        }
        if (token != null) {
            check(token);
        }
        return token;
    }

    private void check(JsonToken current) {
        switch (current) {
            case START_OBJECT, START_ARRAY -> {
                depth++;
                members[depth] = 0;
            }
            case END_OBJECT, END_ARRAY -> depth--;
            case PROPERTY_NAME -> {
                members[depth]++;
                if (members[depth] > MAX_MEMBERS) {
                    throw invalid("too many members" + place(parser.currentTokenLocation()));
                }
            }
            case VALUE_NUMBER_FLOAT -> refuseAbsurdExponent();
            default -> {
                // Nothing more to say of the other tokens.
            }
        }
    }

    /** Moves to the next token and says whether it is {@code wanted}. */
    public boolean nextIs(JsonToken wanted) {
        return next() == wanted;
    }

    /** Whether the current token is {@code wanted}. */
    public boolean is(JsonToken wanted) {
        return token == wanted;
    }

    /** The name of the member whose name is the current token. */
    public String name() {
        return parser.currentName();
    }

    /** The text of the string that is the current token. */
    public String string() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw invalid("syntax error" + place(e.getLocation()));
        }
    }

    /** The integer that is the current token; empty if it is none or needs more than 64 bits. */
    public OptionalLong integer() {
        if (token != JsonToken.VALUE_NUMBER_INT || end(start()) - start() > 19) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(parser.getLongValue());
        } catch (JacksonException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Whether the current token is a number. */
    public boolean isNumber() {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /** The value that begins with the current token; the cursor is on its last token afterwards. */
    public RawJson value() {
        int start = start();
        skip();
        return from(start);
    }

    /** Where the current token begins, for {@link #from}. */
    public int start() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** What lies between {@code start} and the end of the current token. */
    public RawJson from(int start) {
        return RawJson.slice(document, start, end(start()) - start);
    }

    /** Moves to the last token of the value that begins with the current one. */
    public void skip() {
        if (is(JsonToken.START_OBJECT) || is(JsonToken.START_ARRAY)) {
            int outside = depth - 1;
            while (depth > outside) {
                next();
            }
        }
    }

    /** Moves into the one object that the document has to be; what is in it is read next. */
    public void enterObject() {
        if (next() == null) {
            throw invalid("it is empty");
        }
        if (!is(JsonToken.START_OBJECT)) {
            skip();
            expectEnd();
            throw new InvalidRequest("invalid_json", "Request body must be a JSON object", null);
        }
    }

    /** Says that nothing follows, or refuses the document. */
    public void expectEnd() {
        if (next() != null) {
            throw invalid("something follows the object" + place(parser.currentTokenLocation()));
        }
    }

    /** The end of a token is found by hand, because asking the parser would decode a string only to throw it away. */
    private int end(int start) {
        int i = start;
        switch (document[start]) {
            case '{', '[', '}', ']' -> i++;
            case '"' -> i = afterString(start);
            default -> {
                while (i < document.length && isPartOfWord(document[i])) {
                    i++;
                }
            }
        }
        return i;
    }

    private int afterString(int start) {
        int i = start + 1;
        while (i < document.length && document[i] != '"') {
            i += document[i] == '\\' ? 2 : 1;
        }
        if (i >= document.length) {
            throw invalid("a string does not end");
        }
        return i + 1;
    }

    private static boolean isPartOfWord(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b == 'E' || b == '+' || b == '-' || b == '.';
    }

    private void refuseAbsurdExponent() {
        int start = start();
        int end = end(start);
        int i = start;
        while (i < end && document[i] != 'e' && document[i] != 'E') {
            i++;
        }
        long exponent = 0;
        for (int j = i + 1; j < end && exponent <= MAX_EXPONENT; j++) {
            if (document[j] >= '0' && document[j] <= '9') {
                exponent = exponent * 10 + document[j] - '0';
            }
        }
        if (exponent > MAX_EXPONENT) {
            throw invalid("a number without meaning" + place(parser.currentTokenLocation()));
        }
    }

    private static InvalidRequest invalid(String what) {
        return new InvalidRequest("invalid_json", "Invalid JSON request body: " + what, null);
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    @Override
    public void close() {
        parser.close();
    }
}
