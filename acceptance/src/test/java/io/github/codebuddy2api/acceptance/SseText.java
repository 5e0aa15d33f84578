package io.github.codebuddy2api.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An event stream read by the letter of our own promise: events of {@code data: } lines alone, or of {@code event: error}
 * and one data line; the comment {@code : keep-alive}; a blank line after each. Anything else is an {@link AssertionError}.
 *
 * @param data the data of all events but the error, the end mark excluded
 * @param error the data of the error event, if there was one
 * @param done whether the end mark was there
 * @param heartbeats how many comments there were
 */
record SseText(List<JsonNode> data, List<JsonNode> error, boolean done, int heartbeats) {
    static SseText read(String text) {
        if (!text.isEmpty() && !text.endsWith("\n\n")) {
            throw new AssertionError("the last event is not complete: " + text);
        }
        List<JsonNode> data = new ArrayList<>();
        List<JsonNode> errors = new ArrayList<>();
        boolean done = false;
        int heartbeats = 0;
        for (String event : text.isEmpty()
                ? new String[0]
                : text.substring(0, text.length() - 2).split("\n\n", -1)) {
            if (done || !errors.isEmpty()) {
                throw new AssertionError("something came after the end: " + event);
            }
            if (event.equals(": keep-alive")) {
                heartbeats++;
            } else if (event.equals("data: [DONE]")) {
                done = true;
            } else if (event.startsWith("event: error\ndata: ")) {
                errors.add(json(event.substring("event: error\n".length())));
            } else {
                data.add(json(event));
            }
        }
        return new SseText(List.copyOf(data), List.copyOf(errors), done, heartbeats);
    }

    private static JsonNode json(String line) {
        if (!line.startsWith("data: {") || line.chars().anyMatch(c -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0)) {
            throw new AssertionError("not one data line: " + line);
        }
        return Json.read(line.substring("data: ".length()));
    }

    /** The texts of one member of all deltas of the first choice, joined. */
    String joined(String member) {
        StringBuilder text = new StringBuilder();
        data.forEach(chunk -> text.append(
                chunk.path("choices").path(0).path("delta").path(member).asText("")));
        return text.toString();
    }

    /** All finish reasons, in order. */
    List<String> finishReasons() {
        return data.stream()
                .map(chunk -> chunk.path("choices").path(0).path("finish_reason"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    /** All chunks that carry a usage. */
    List<JsonNode> usages() {
        return data.stream().filter(chunk -> chunk.path("usage").isObject()).toList();
    }

    /** The error object of the error event. */
    JsonNode errorObject() {
        if (error.size() != 1) {
            throw new AssertionError("no error event, or more than one, among " + data);
        }
        return error.getFirst().path("error");
    }
}
