package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The members of a request beside model and messages, as CodeBuddy wants them (protocol sheet, 4.4 and 4.5). Only what
 * has a rule is read; the rest is carried untouched, in its order. Pure.
 */
final class RequestMembers {
    private static final Set<String> WRITTEN_BY_US = Set.of("model", "messages", "stream", "stream_options");
    private static final Set<String> NO_EFFORT = Set.of("none", "off");
    /** What is longer than this, blanks included, is neither {@code null} nor {@code []}. */
    private static final int MAX_EMPTY_LENGTH = 64;
    /** The members with a rule are words, numbers or objects of a line; nobody means anything by longer ones. */
    private static final int MAX_RULED_LENGTH = 16 * 1024;

    private final Map<String, RawJson> members;

    private RequestMembers(Map<String, RawJson> members) {
        this.members = members;
    }

    static Map<String, RawJson> of(Map<String, RawJson> asked) {
        RequestMembers request = new RequestMembers(new LinkedHashMap<>(asked));
        request.members.keySet().removeAll(WRITTEN_BY_US);
        request.alternatives();
        request.tools();
        request.maxTokens();
        request.effort();
        return request.members;
    }

    /** CodeBuddy gives one answer, whatever is asked; so only a request for one can be honoured. */
    private void alternatives() {
        JsonNode n = read("n");
        if (n == null) {
            return;
        }
        if (!n.isNull() && !(n.isIntegralNumber() && n.canConvertToInt() && n.intValue() == 1)) {
            throw new InvalidRequest("unsupported_parameter", "CodeBuddy gives one answer: n can only be 1.", "n");
        }
        members.remove("n");
    }

    private void tools() {
        if (isEmpty("tools")) {
            members.remove("tools");
        }
        JsonNode choice = read("tool_choice");
        if (choice == null) {
            return;
        }
        String word = word(choice);
        if (word.equals("none")) {
            members.remove("tools");
        }
        if (members.containsKey("tools") && !word.isEmpty()) {
            members.put("tool_choice", RawJson.string(word));
        } else if (word.isEmpty() || word.equals("auto") || word.equals("none")) {
            members.remove("tool_choice");
        } else {
            throw InvalidRequest.value("tool_choice", "tool_choice asks for a tool, but there are no tools.");
        }
    }

    /** CodeBuddy takes a word or a function's name, never an object; empty if nothing was chosen. */
    private static String word(JsonNode choice) {
        if (choice.isNull()) {
            return "";
        }
        if (choice.isString() && !choice.stringValue().isEmpty()) {
            return choice.stringValue();
        }
        JsonNode name = choice.path("function").path("name");
        if (choice.path("type").asString("").equals("function")
                && name.isString()
                && !name.stringValue().isEmpty()) {
            return name.stringValue();
        }
        throw InvalidRequest.value(
                "tool_choice", "tool_choice must be \"none\", \"auto\", \"required\" or the choice of one function.");
    }

    /** The newer name wins, because whoever sends both means that one. */
    private void maxTokens() {
        RawJson newer = members.remove("max_completion_tokens");
        if (newer != null && !isNull(newer)) {
            members.put("max_tokens", newer);
        }
    }

    private void effort() {
        String nested = nestedEffort();
        members.remove("reasoning");
        JsonNode effort = read("reasoning_effort");
        if (effort == null || effort.isNull()) {
            members.remove("reasoning_effort");
            if (nested != null && !NO_EFFORT.contains(nested)) {
                members.put("reasoning_effort", RawJson.string(nested));
            }
        } else if (effort.isString() && NO_EFFORT.contains(effort.stringValue())) {
            members.remove("reasoning_effort");
        }
    }

    private @Nullable String nestedEffort() {
        JsonNode reasoning = read("reasoning");
        if (reasoning == null || reasoning.isNull()) {
            return null;
        }
        JsonNode effort = reasoning.path("effort");
        if (!reasoning.isObject() || !(effort.isString() || effort.isNull() || effort.isMissingNode())) {
            throw InvalidRequest.value("reasoning", "reasoning must be an object whose effort is a word.");
        }
        return effort.isString() ? effort.stringValue() : null;
    }

    private boolean isEmpty(String name) {
        RawJson value = members.get(name);
        if (value == null || value.length() > MAX_EMPTY_LENGTH) {
            return false;
        }
        String text = value.text().strip();
        boolean emptyArray = text.startsWith("[")
                && text.endsWith("]")
                && text.substring(1, text.length() - 1).isBlank();
        return text.equals("null") || emptyArray;
    }

    private static boolean isNull(RawJson value) {
        return value.length() <= MAX_EMPTY_LENGTH && value.text().strip().equals("null");
    }

    private @Nullable JsonNode read(String name) {
        RawJson value = members.get(name);
        if (value == null) {
            return null;
        }
        if (value.length() > MAX_RULED_LENGTH) {
            throw InvalidRequest.value(name, name + " is too long.");
        }
        try {
            return Json.tree(value.text());
        } catch (JacksonException e) {
            throw InvalidRequest.value(name, name + " is not JSON.");
        }
    }
}
