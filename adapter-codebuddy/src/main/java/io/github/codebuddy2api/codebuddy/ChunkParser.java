package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Makes one answer's chunks of its events (protocol sheet, 6.2): missing and extra members are nothing special, but what
 * is no JSON object is not guessed at, and a reported error is thrown. Remembers which tool calls and finish reasons it
 * has seen. Not thread-safe; one parser for one answer.
 */
final class ChunkParser {
    /** More alternatives than this in one answer is not an answer. */
    static final int MAX_CHOICES = 128;

    private final Function<ReportedError, GatewayException> failures;
    private final Map<Integer, ChoiceParser> choices = new HashMap<>();

    /** A parser that turns an error the upstream reports among the chunks into what {@code failures} says. */
    ChunkParser(Function<ReportedError, GatewayException> failures) {
        this.failures = failures;
    }

    /** Whether every choice seen so far has its finish reason, so that the answer is whole. */
    boolean isFinished() {
        for (ChoiceParser choice : choices.values()) {
            if (!choice.isFinished()) {
                return false;
            }
        }
        return !choices.isEmpty();
    }

    /**
     * The chunk an event says.
     *
     * @throws GatewayException if it says an error, or is not a chunk
     */
    ChatChunk parse(byte[] bytes, int offset, int length) {
        Json.Source source = new Json.Source(bytes, offset, length);
        try (JsonParser json = source.parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            ChatChunk chunk = chunk(json, source);
            if (json.nextToken() != null) {
                throw malformed();
            }
            return chunk;
        } catch (JacksonException | NumberFormatException notJson) {
            // Its message quotes the answer, so it goes no further.
            throw malformed();
        }
    }

    private ChatChunk chunk(JsonParser json, Json.Source source) {
        List<ChunkChoice> parsed = List.of();
        Usage usage = null;
        String fingerprint = null;
        boolean suspicious = false;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            switch (name) {
                case "choices" -> parsed = choices(json, source);
                case "usage" -> usage = usage(json, source);
                case "system_fingerprint" -> fingerprint = Json.text(json);
                case "error", "code", "extError" -> {
                    suspicious |= token != JsonToken.VALUE_NULL;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        if (suspicious) {
            throwIfError(source, !parsed.isEmpty());
        }
        return new ChatChunk("", 0, "", parsed, usage, fingerprint);
    }

    private void throwIfError(Json.Source source, boolean hasChoices) {
        ReportedError error = ReportedError.in(source.tree(), hasChoices);
        if (error != null) {
            throw failures.apply(error);
        }
    }

    private static @Nullable Usage usage(JsonParser json, Json.Source source) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return UsageParser.parse(source.value(json));
        }
        json.skipChildren();
        return null;
    }

    private List<ChunkChoice> choices(JsonParser json, Json.Source source) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw malformed();
        }
        List<ChunkChoice> parsed = new ArrayList<>(1);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            parsed.add(choice(json, source, parsed.size()));
        }
        return parsed;
    }

    /** The index may come after the delta, so the delta's parts are kept until the object is read. */
    private ChunkChoice choice(JsonParser json, Json.Source source, int position) {
        ChoiceFields fields = new ChoiceFields(position);
        fields.read(json, source);
        return choiceAt(fields.index).accept(fields);
    }

    private ChoiceParser choiceAt(int index) {
        ChoiceParser known = choices.get(index);
        if (known != null) {
            return known;
        }
        if (index < 0) {
            throw malformed();
        }
        if (choices.size() == MAX_CHOICES) {
            throw UpstreamGarbled.tooLarge("The answer has more than " + MAX_CHOICES + " choices.");
        }
        ChoiceParser choice = new ChoiceParser();
        choices.put(index, choice);
        return choice;
    }

    static UpstreamGarbled malformed() {
        return UpstreamGarbled.malformed("The upstream sent an event that is not a piece of an answer.", null);
    }
}
