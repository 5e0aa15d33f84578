package io.github.codebuddy2api.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Tool calls that fit the tools offered: names and required arguments are right, ids rise with each call. */
final class ToolAnswers {
    private ToolAnswers() {}

    /** The events of one call for each of the first two tools, or of the one that was demanded. */
    static List<Bytes> events(ChatCall call, String model) {
        String choice = call.json().at("tool_choice").text();
        List<Json> functions = call.tools().stream().map(t -> t.at("function")).toList();
        List<Json> demanded = functions.stream()
                .filter(f -> f.at("name").text().equals(choice))
                .toList();
        List<Json> used = demanded.isEmpty() ? functions.subList(0, Math.min(2, functions.size())) : demanded;
        List<Bytes> events = new ArrayList<>();
        for (Json function : used) {
            // The id tells the turn, so that ids of a long conversation differ.
            String id = "call_" + call.messages().size() + "_" + events.size();
            String arguments = arguments(function.at("parameters")).write();
            int middle = arguments.length() / 2;
            events.add(ChatEvents.toolCall(model, id, function.at("name").text(), ""));
            events.add(ChatEvents.toolCall(model, "", "", arguments.substring(0, middle)));
            events.add(ChatEvents.toolCall(model, "", "", arguments.substring(middle)));
        }
        return events;
    }

    private static Json arguments(Json schema) {
        SequencedMap<String, Json> arguments = new LinkedHashMap<>();
        if (schema.at("properties") instanceof Json.Members(SequencedMap<String, Json> properties)) {
            for (Map.Entry<String, Json> property : properties.entrySet()) {
                arguments.put(property.getKey(), value(property.getKey(), property.getValue(), 0));
            }
        }
        return new Json.Members(arguments);
    }

    private static Json value(String name, Json schema, int depth) {
        if (!schema.at("enum").items().isEmpty()) {
            return schema.at("enum").items().getFirst();
        }
        return switch (schema.at("type").text()) {
            case "integer", "number" -> Json.of(7);
            case "boolean" -> Json.of(true);
            case "array" ->
                depth > 4 ? Json.of(List.of()) : Json.of(List.of(value(name, schema.at("items"), depth + 1)));
            case "object" -> depth > 4 ? Json.object() : arguments(schema);
            default -> Json.of(word(name));
        };
    }

    private static String word(String name) {
        return switch (name) {
            case "city", "location", "place" -> "Oslo";
            case "tz", "timezone", "time_zone" -> "UTC";
            default -> "simulated " + name;
        };
    }
}
