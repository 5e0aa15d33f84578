package io.github.codebuddy2api.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/**
 * The rules by which openai-python was seen to read a stream, written anew: any field of an event makes one, even without
 * data, whose data must then be JSON; {@code [DONE]} ends it; an event {@code error} or an {@code error} within the data
 * is raised; an id stays for later events. The end of the connection without any of these is silence.
 */
final class PythonReader implements AnswerReader {
    private String event = "";
    private String data = "";
    private String id = "";
    private boolean hasData;
    private boolean hasRetry;

    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Integer, StringBuilder> calls = new TreeMap<>();
    private String finish = "";

    @Override
    public List<Reading> read(ServiceUnderTest service, List<Question> questions) throws Exception {
        return AnswerReader.readAll(questions, question -> read(service, question));
    }

    private static Reading read(ServiceUnderTest service, Question question) throws IOException {
        RawResponse response = Asked.chat(service, question.model(), question.stream());
        if (response.status() != 200) {
            return new Reading(true, response.error().path("code").asText());
        }
        if (!response.whole()) {
            return new Reading(true, "the transport broke");
        }
        PythonReader reader = new PythonReader();
        if (!question.stream()) {
            reader.take(response.json().at("/choices/0"), "message");
            return new Reading(false, reader.answer());
        }
        return reader.stream(response.text());
    }

    private Reading stream(String body) {
        for (String line : body.split("\r\n|\n|\r", -1)) {
            if (!line.isEmpty()) {
                field(line);
            } else if (hasData || hasRetry || !event.isEmpty() || !id.isEmpty()) {
                if (data.startsWith("[DONE]")) {
                    return new Reading(false, answer());
                }
                JsonNode chunk = parsed();
                if (chunk == null
                        || event.equals("error")
                        || chunk.path("error").isObject()) {
                    return new Reading(
                            true,
                            chunk == null
                                    ? "JSONDecodeError"
                                    : chunk.at("/error/code").asText());
                }
                take(chunk.at("/choices/0"), "delta");
                event = "";
                data = "";
                hasData = false;
                hasRetry = false;
            }
        }
        return new Reading(false, answer());
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
            case "event" -> event = value;
            case "data" -> {
                data = hasData ? data + "\n" + value : value;
                hasData = true;
            }
            case "id" -> id = value;
            case "retry" -> hasRetry = true;
            default -> {
                // A comment has an empty name; other fields mean nothing.
            }
        }
    }

    private JsonNode parsed() {
        try {
            return data.isEmpty() ? null : Json.read(data);
        } catch (AssertionError notJson) {
            return null;
        }
    }

    private void take(JsonNode choice, String member) {
        text.append(choice.path(member).path("content").asText(""));
        int position = 0;
        for (JsonNode call : choice.path(member).path("tool_calls")) {
            calls.computeIfAbsent(call.path("index").asInt(position++), any -> new StringBuilder())
                    .append(call.at("/function/name").asText(""))
                    .append(call.at("/function/arguments").asText(""));
        }
        finish += choice.path("finish_reason").asText("").replace("null", "");
    }

    private String answer() {
        return text + "|" + String.join("|", calls.values()) + "|" + finish;
    }
}
