package io.github.codebuddy2api.filestore;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration file cannot be meant as it is written. The message lists every problem that was found, each with
 * its line and its cure, and no secret.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /** @param problems what is wrong, in the order of the file; at least one */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n  ", "config.yaml cannot be used:\n  ", "")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an exception needs a problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
