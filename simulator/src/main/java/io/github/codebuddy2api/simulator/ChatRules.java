package io.github.codebuddy2api.simulator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the real service refuses in a chat request, in the order in which it is checked here. */
final class ChatRules {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

    /** The greatest {@code max_tokens} known to be refused as too small. */
    private static final int TOO_FEW_TOKENS = 5;

    private static final Set<String> REFUSE_EFFORT_OFF =
            Set.of("deepseek-v4.1-flash", "deepseek-v4-pro", "primary-model", "gemini-3.5-flash");

    private final Refusals refusals;

    ChatRules(Refusals refusals) {
        this.refusals = refusals;
    }

    /** The refusal of a request whose form is wrong, whatever the model. */
    Optional<Scenario> check(ChatCall call) {
        return stream(call)
                .or(() -> messages(call))
                .or(() -> roles(call))
                .or(() -> contents(call))
                .or(() -> tools(call))
                .or(() -> images(call))
                .or(() -> sequence(call));
    }

    /** The refusal of a request that this model cannot serve. */
    Optional<Scenario> check(ChatCall call, Catalogue.Model model) {
        if (!model.images() && call.images().findAny().isPresent()) {
            return Optional.of(refusals.answer("11133"));
        }
        if (call.images().anyMatch(image -> isBroken(image.at("url").text()))) {
            return Optional.of(refusals.answer("11135"));
        }
        if (call.json().at("reasoning_effort").text().equals("off") && REFUSE_EFFORT_OFF.contains(model.id())) {
            return Optional.of(parameters("reasoning_effort"));
        }
        if (call.json().at("max_tokens") instanceof Json.Numeral(BigDecimal tokens)) {
            if (tokens.compareTo(BigDecimal.valueOf(TOO_FEW_TOKENS)) <= 0) {
                return Optional.of(refusals.answer("integer_below_min_value"));
            }
            if (tokens.compareTo(BigDecimal.valueOf(model.maxOutput())) > 0) {
                return Optional.of(Heads.fixed(400, "application/json", Bytes.empty(), List.of()));
            }
        }
        return Optional.empty();
    }

    private Optional<Scenario> stream(ChatCall call) {
        return when(!call.json().at("stream").isTrue(), "11101", "Non-stream chat request is currently not supported");
    }

    private Optional<Scenario> messages(ChatCall call) {
        if (!call.json().at("model").isText() || call.messages().isEmpty()) {
            return Optional.of(parameters("model or messages"));
        }
        boolean system = ChatCall.role(call.messages().getFirst()).equals("system");
        return when(!system, "11128", "first message is not system prompt");
    }

    private Optional<Scenario> roles(ChatCall call) {
        boolean known = call.messages().stream().allMatch(m -> ROLES.contains(ChatCall.role(m)));
        return when(!known, "11128", "message role is not supported");
    }

    private Optional<Scenario> contents(ChatCall call) {
        for (Json message : call.messages()) {
            boolean assistant = ChatCall.role(message).equals("assistant");
            boolean more = message.at("tool_calls").items().size()
                            + message.at("reasoning_content").text().length()
                    > 0;
            boolean image = message.at("content").items().stream()
                    .anyMatch(part -> !part.at("type").text().equals("text"));
            boolean tool = ChatCall.role(message).equals("tool");
            if (ChatCall.textOf(message).isEmpty() && !tool && !image && !(assistant && more)) {
                return Optional.of(refusals.answer("11151"));
            }
        }
        return Optional.empty();
    }

    private Optional<Scenario> tools(ChatCall call) {
        Json choice = call.json().at("tool_choice");
        if (call.json().has("tool_choice") && !choice.isText()) {
            return Optional.of(parameters("tool_choice"));
        }
        if (call.json().has("tools") && call.tools().isEmpty()) {
            return Optional.of(parameters("tools"));
        }
        boolean functions = call.tools().stream()
                .allMatch(tool -> tool.at("type").text().equals("function")
                        && !tool.at("function").at("name").text().isEmpty());
        return functions ? Optional.empty() : Optional.of(parameters("tools"));
    }

    private Optional<Scenario> images(ChatCall call) {
        boolean objects = call.images().allMatch(image -> image.at("url").isText());
        return when(!objects, "11101", "Parse message failed: invalid image_url content");
    }

    /** Every tool message answers an open call, and no call stays open. */
    private Optional<Scenario> sequence(ChatCall call) {
        Set<String> open = new HashSet<>();
        for (Json message : call.messages()) {
            if (ChatCall.role(message).equals("tool")) {
                if (!open.remove(message.at("tool_call_id").text())) {
                    return Optional.of(refusals.answer("11148"));
                }
            } else if (!open.isEmpty()) {
                return Optional.of(refusals.answer("11148"));
            }
            message.at("tool_calls").items().forEach(c -> open.add(c.at("id").text()));
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(refusals.answer("11148"));
    }

    /** Whether the data is not that of an image; addresses are believed. */
    private static boolean isBroken(String url) {
        if (!url.startsWith("data:")) {
            return !url.startsWith("https://");
        }
        int comma = url.indexOf(";base64,");
        if (!url.startsWith("data:image/") || comma < 0) {
            return true;
        }
        try {
            byte[] data = Base64.getDecoder().decode(url.substring(comma + 8));
            String start = new String(data, 0, Math.min(data.length, 12), StandardCharsets.ISO_8859_1);
            return Stream.of("\u0089PNG", "\u00ff\u00d8\u00ff", "GIF8", "RIFF").noneMatch(start::startsWith);
        } catch (IllegalArgumentException notBase64) {
            return true;
        }
    }

    private Scenario parameters(String field) {
        return refusals.answer("11101", "Unmarshal chat params failed: " + field);
    }

    private Optional<Scenario> when(boolean wrong, String code, String words) {
        return wrong ? Optional.of(refusals.answer(code, words)) : Optional.empty();
    }
}
