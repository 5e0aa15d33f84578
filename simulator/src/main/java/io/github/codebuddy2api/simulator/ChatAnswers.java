package io.github.codebuddy2api.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Believable answers of models that exist. */
final class ChatAnswers {
    private static final int QUESTION_SHOWN = 80;
    private static final double CREDIT_PER_TOKEN = 0.0001;

    private final Duration pace;

    ChatAnswers(Duration pace) {
        this.pace = pace;
    }

    /** The answer a model gives to this request. */
    Scenario answer(ChatCall call, Catalogue.Model model) {
        List<Bytes> events = new ArrayList<>();
        int reasoning = 0;
        if (model.thinksUnasked() || !call.json().at("reasoning_effort").text().isEmpty()) {
            List<String> thoughts = words("The user asks something. A short answer will do. ");
            thoughts.forEach(thought -> events.add(ChatEvents.reasoning(model.id(), thought)));
            reasoning = thoughts.size();
        }
        if (wantsTools(call)) {
            List<Bytes> calls = ToolAnswers.events(call, model.id());
            events.addAll(calls);
            return stream(call, events, "tool_calls", usage(call, model, calls.size(), reasoning));
        }
        List<String> words = words(text(call, model));
        int allowed = call.json().at("max_tokens") instanceof Json.Numeral most
                ? most.value().intValue()
                : words.size();
        List<String> said = words.subList(0, Math.min(words.size(), allowed));
        said.forEach(word -> events.add(ChatEvents.text(model.id(), word)));
        String finish = said.size() < words.size() ? "length" : "stop";
        return stream(call, events, finish, usage(call, model, said.size(), reasoning));
    }

    /** The last text of the user said back word by word. */
    Scenario echo(ChatCall call) {
        List<String> words = words(call.lastText("user"));
        List<Bytes> events =
                words.stream().map(word -> ChatEvents.text("echo", word)).toList();
        return stream(call, events, "stop", ChatEvents.usageOf(promptTokens(call), words.size(), 0, 0));
    }

    private static boolean wantsTools(ChatCall call) {
        boolean asked = ChatCall.role(call.messages().getLast()).equals("user");
        return asked
                && !call.tools().isEmpty()
                && !call.json().at("tool_choice").text().equals("none");
    }

    private static String text(ChatCall call, Catalogue.Model model) {
        Json last = call.messages().getLast();
        if (ChatCall.role(last).equals("tool")) {
            return "The tool says: " + shortened(ChatCall.textOf(last));
        }
        if (call.images().findAny().isPresent()) {
            return "A red square.";
        }
        return "This is " + model.id() + ", simulated. You wrote: " + shortened(call.lastText("user"));
    }

    private Scenario stream(ChatCall call, List<Bytes> events, String finish, Json usage) {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream());
        for (Bytes event : events) {
            steps.add(new Step.Chunk(event));
            if (pace.isPositive()) {
                steps.add(new Step.Pause(pace));
            }
        }
        steps.add(new Step.Chunk(ChatEvents.finish(call.model(), finish)));
        if (call.wantsUsage()) {
            steps.add(new Step.Chunk(ChatEvents.usage(call.model(), usage)));
        }
        steps.add(new Step.Chunk(ChatEvents.done()));
        steps.add(new Step.LastChunk(List.of()));
        return new Scenario(steps);
    }

    private static Json usage(ChatCall call, Catalogue.Model model, int said, int reasoning) {
        int completion = said + reasoning;
        int prompt = promptTokens(call);
        double credit = Math.round((prompt + completion) * CREDIT_PER_TOKEN * model.factor() * 1e6) / 1e6;
        return ChatEvents.usageOf(prompt, completion, reasoning, credit);
    }

    private static int promptTokens(ChatCall call) {
        return call.messages().stream()
                .mapToInt(m -> 4 + ChatCall.textOf(m).length() / 4)
                .sum();
    }

    private static String shortened(String text) {
        int points = Math.min(text.codePointCount(0, text.length()), QUESTION_SHOWN);
        return text.substring(0, text.offsetByCodePoints(0, points));
    }

    /** The text cut after its blanks; joined again it is the same text. */
    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<= )(?! )"));
    }
}
