package io.github.codebuddy2api.codebuddy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An error in the upstream's words, taken from any of its shapes (protocol sheet, 5.1).
 *
 * @param codes every code it carries, the most telling first
 * @param text what it says; may be empty. It can hold anything, so it is cleaned before anybody sees it
 */
record ReportedError(List<String> codes, String text) {
    /** No error says nothing. */
    static final ReportedError NOTHING = new ReportedError(List.of(), "");

    ReportedError {
        codes = List.copyOf(codes);
    }

    /** What the body of a refusal says; nothing if it is empty, a page, or no object. */
    static ReportedError parse(byte[] body) {
        try {
            JsonNode root = Json.tree(body);
            return root.isObject() ? of(root) : NOTHING;
        } catch (JacksonException notJson) {
            return NOTHING;
        }
    }

    /**
     * The error among an answer's events, or null if {@code root} is none. Beside choices only the member {@code error}
     * counts, because a code there may mean anything.
     */
    static @Nullable ReportedError in(JsonNode root, boolean hasChoices) {
        boolean reported = saysSomething(root.path("error"))
                || !hasChoices && (saysSomething(root.path("extError")) || isFailure(root.path("code")));
        return reported ? of(root) : null;
    }

    @Override
    public String toString() {
        return "ReportedError" + codes;
    }

    private static ReportedError of(JsonNode root) {
        JsonNode error = root.path("error");
        JsonNode nested = error.path("data");
        JsonNode extension = root.path("extError");
        List<String> codes = new ArrayList<>();
        for (JsonNode code :
                List.of(nested.path("code"), error.path("code"), extension.path("code"), root.path("code"))) {
            if (isFailure(code)) {
                codes.add(code.asString().strip());
            }
        }
        JsonNode shown = root.path("displayMsg");
        String text = firstText(
                nested.path("msg"),
                nested.path("message"),
                error.path("message"),
                error.path("msg"),
                error,
                shown.path("en"),
                shown.path("zh"),
                shown,
                extension.path("message"),
                root.path("msg"),
                root.path("message"));
        return new ReportedError(codes, text);
    }

    private static String firstText(JsonNode... places) {
        for (JsonNode place : places) {
            if (place.isString() && !place.stringValue().isBlank()) {
                return place.stringValue();
            }
        }
        return "";
    }

    /** Zero means success, and one source saw 200 in its place (protocol sheet, 0.3). */
    private static boolean isFailure(JsonNode code) {
        if (!code.isString() && !code.isIntegralNumber()) {
            return false;
        }
        String text = code.asString().strip();
        return !text.isEmpty() && !text.equals("0") && !text.equals("200");
    }

    private static boolean saysSomething(JsonNode error) {
        return error.isString() && !error.stringValue().isBlank() || error.isObject() && !error.isEmpty();
    }
}
