package io.github.codebuddy2api.codebuddy;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The upstream's answer to a call besides chat (protocol sheet, 0.3). Any success or failure may ride on any status, so the
 * body is looked at first. It may hold tokens, so it prints nothing of itself.
 *
 * @param status its HTTP status
 * @param retryAfter its header of that name, if it has one
 * @param bytes its body
 * @param root the body's JSON object; a missing node if it is none, such as a page of the edge
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, @Nullable String retryAfter, byte[] bytes, JsonNode root) {
    private static final int OK = 200;

    static Reply of(int status, @Nullable String retryAfter, byte[] bytes) {
        return new Reply(status, retryAfter, bytes, parse(bytes));
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode root = Json.tree(bytes);
            return root.isObject() ? root : MissingNode.getInstance();
        } catch (JacksonException notJson) {
            // Its message quotes the body, so it goes no further.
            return MissingNode.getInstance();
        }
    }

    boolean isOk() {
        return status == OK;
    }

    /** Whether it is in the form of the application, not of the edge in front of it. */
    boolean isEnvelope() {
        return root.isObject() && !code().isEmpty();
    }

    /** The envelope's code; {@code 0} for success, empty if it has none. */
    String code() {
        String code = ReplyFields.text(root, "code");
        // One source saw 200 in the place of 0.
        return code == null ? "" : code.equals("200") ? "0" : code;
    }

    /** Whether it says success, by status and code. */
    boolean isSuccess() {
        return isOk() && code().equals("0");
    }

    /** What a success carries. */
    JsonNode data() {
        return root.path("data");
    }

    /** What the upstream says to it; empty if nothing. */
    String message() {
        String text = ReplyFields.text(root, "msg", "message");
        return text == null ? "" : text;
    }

    @Override
    public String toString() {
        return "Reply[" + status + ", " + bytes.length + " bytes]";
    }
}
