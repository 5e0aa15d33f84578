package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.api.Keywords;
import io.github.codebuddy2api.core.api.Keywords.Preview;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonMembers.Value;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Trying keyword replacement: {@code /api/keywords/preview}. Thread-safe. */
public final class KeywordsHandler {
    private static final String FROM = "A keyword has 1 to " + KeywordReplacement.MAX_LENGTH
            + " whole characters, stands within one line and holds no backticks.";
    private static final String TO =
            "What is written instead has at most " + KeywordReplacement.MAX_LENGTH + " whole characters.";

    private final Keywords keywords;
    private final SmallBodies bodies;

    public KeywordsHandler(Keywords keywords, SmallBodies bodies) {
        this.keywords = keywords;
        this.bodies = bodies;
    }

    /** {@code POST /api/keywords/preview}. */
    public void preview(ServerRequest request, ServerResponse response) {
        JsonMembers body = bodies.members(request, response);
        String text = text(body);
        Preview preview = tried(text, replacement(body), pieceLength(body, text));
        Bodies.json(
                request,
                response,
                json -> json.text("text", preview.text())
                        .raw("hits", numbers(preview.hits()))
                        .flag("changed", !preview.text().equals(text)));
    }

    private static RawJson numbers(List<Integer> hits) {
        return RawJson.of(hits.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }

    private Preview tried(String text, @Nullable KeywordReplacement replacement, int pieceLength) {
        try {
            return keywords.preview(text, replacement, pieceLength);
        } catch (InvalidRequest refused) {
            throw bad(refused.param().orElse("text"), refused.getMessage());
        }
    }

    private static String text(JsonMembers body) {
        return switch (body.all().get("text")) {
            case null ->
                throw new HttpFailure(OpenAiError.invalid(422, "missing_required_parameter", "text is required")
                        .at("text"));
            case Value.Text text -> text.text();
            case Value other -> throw bad("text", "The text must be a string.");
        };
    }

    /** The whole text at once if nobody says otherwise. */
    private static int pieceLength(JsonMembers body, String text) {
        return body.find("chunk")
                .map(value -> {
                    long length =
                            value instanceof Value.Whole whole ? whole.value().orElse(0) : 0;
                    if (length < 1 || length > Keywords.MAX_TEXT) {
                        throw bad("chunk", "Write a whole number from 1 to " + Keywords.MAX_TEXT + ".");
                    }
                    return (int) length;
                })
                .orElse(Math.max(1, text.length()));
    }

    /** Null if none are given: those in force are meant. */
    private static @Nullable KeywordReplacement replacement(JsonMembers body) {
        Value given = body.find("rules").orElse(null);
        if (given == null) {
            return null;
        }
        if (!(given instanceof Value.Items items)) {
            throw bad("rules", "The rules must be a list.");
        }
        List<Value> values = JsonMembers.items(items.json());
        if (values.size() > KeywordReplacement.MAX_RULES) {
            throw bad("rules", "There are at most " + KeywordReplacement.MAX_RULES + " rules.");
        }
        List<Rule> rules = new ArrayList<>();
        for (Value value : values) {
            rules.add(rule(value, "rules[" + rules.size() + "]"));
        }
        return new KeywordReplacement(true, rules);
    }

    private static Rule rule(Value value, String place) {
        Map<String, Value> sides = value instanceof Value.Members members
                ? JsonMembers.of(members.json()).all()
                : Map.of();
        if (!sides.keySet().equals(Set.of("from", "to"))) {
            throw bad(place, "A rule is an object with the texts from and to.");
        }
        String from = side(sides.get("from"), place + ".from", FROM);
        String to = side(sides.get("to"), place + ".to", TO);
        checked(from, "", place + ".from", FROM);
        return checked(from, to, place + ".to", TO);
    }

    private static String side(@Nullable Value side, String place, String cure) {
        if (side instanceof Value.Text text) {
            return text.text();
        }
        throw bad(place, cure);
    }

    private static Rule checked(String from, String to, String place, String cure) {
        try {
            return new Rule(from, to);
        } catch (IllegalArgumentException unfit) {
            throw bad(place, cure);
        }
    }

    private static HttpFailure bad(String param, String message) {
        return new HttpFailure(
                OpenAiError.invalid(422, "invalid_value", message).at(param));
    }
}
