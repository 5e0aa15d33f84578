package io.github.codebuddy2api.app;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A person who gives the answers of a list, and then is not there any more. */
final class ScriptedTerminal implements Terminal {
    private final Deque<String> answers;
    private final List<String> lines = new ArrayList<>();

    ScriptedTerminal(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public void say(String line) {
        lines.add(line);
    }

    @Override
    public Optional<String> ask(String question) {
        lines.add(question);
        return Optional.ofNullable(answers.poll());
    }

    /** All that was shown. */
    String shown() {
        return String.join("\n", lines);
    }
}
