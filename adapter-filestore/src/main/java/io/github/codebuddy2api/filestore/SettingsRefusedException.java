package io.github.codebuddy2api.filestore;

import java.util.List;
import java.util.stream.Collectors;

/** New settings cannot be meant; nothing was changed. No message holds a secret. */
public final class SettingsRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /** @param problems what is wrong; {@code key} is the flat name; at least one */
    SettingsRefusedException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong: the flat name as the key, the reason and the cure. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
