package io.github.codebuddy2api.filestore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a credential file into a tree that loses nothing, and writes it back with some members replaced: members we do
 * not know survive, in their order, with their numbers as they were. Thread-safe.
 */
final class CredentialJson {
    /** The largest credential file that is read, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_NAME = 1_024;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(MAX_NAME)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH + 1)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The file is not what it should be; the message says where, and quotes nothing. */
    static final class NotCredential extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean torn;

        NotCredential(String reason) {
            this(reason, false);
        }

        private NotCredential(String reason, boolean torn) {
            super(reason);
            this.torn = torn;
        }

        /** Whether it is what a write leaves that was cut short: nothing, a beginning, or zeros. */
        boolean isTorn() {
            return torn;
        }
    }

    /**
     * The object in the file.
     *
     * @throws NotCredential if the bytes are not one JSON object in UTF-8 within the limits
     */
    ObjectNode read(byte[] bytes) throws NotCredential {
        String text = text(bytes);
        JsonNode root;
        try {
            root = mapper.readTree(text);
        } catch (JacksonException notJson) {
            throw new NotCredential("it is not valid JSON" + at(notJson), isCutShort(text, notJson));
        } catch (NumberFormatException boundless) {
            // Jackson lets an exponent out that no BigDecimal can have.
            throw new NotCredential("it has a number beyond all bounds");
        }
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw root.isMissingNode()
                ? new NotCredential("it is empty", true)
                : new NotCredential("it is not a JSON object");
    }

    /**
     * The object with the given members set, each in its old place if it had one, as bytes for the file. They are laid
     * out for a reader as long as the file stays one that {@link #read} takes.
     */
    byte[] write(ObjectNode object, Map<String, JsonNode> replaced) {
        ObjectNode copy = object.deepCopy();
        replaced.forEach(copy::set);
        byte[] laidOut = mapper.writeValueAsBytes(copy);
        return laidOut.length <= MAX_BYTES
                ? laidOut
                : mapper.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(copy);
    }

    private static String text(byte[] bytes) throws NotCredential {
        if (bytes.length > MAX_BYTES) {
            throw new NotCredential("it is larger than 1 MiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notText) {
            throw new NotCredential("it is not UTF-8 text");
        }
    }

    private static boolean isCutShort(String text, JacksonException notJson) {
        return notJson instanceof UnexpectedEndOfInputException || text.indexOf('\0') >= 0;
    }

    private static String at(JacksonException notJson) {
        TokenStreamLocation location = notJson.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
