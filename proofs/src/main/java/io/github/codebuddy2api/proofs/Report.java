package io.github.codebuddy2api.proofs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one run of {@code ./trust} found.
 *
 * @param version the commit that was proven
 * @param command what was run
 * @param machine where
 */
record Report(String version, String command, String machine, List<Finding> findings) {
    private static final Pattern ASKED = Pattern.compile(".* (P\\d+)( .*)?");

    /**
     * A report of these findings, and of each proof of {@code expected} that is not among them. That all are is itself
     * what P27 promises.
     */
    static Report of(
            String version, String command, String machine, List<Finding> findings, List<ProofList.Entry> expected) {
        Matcher asked = ASKED.matcher(command);
        boolean isOfAll = !asked.matches();
        List<Finding> missing = expected.stream()
                .filter(entry -> isOfAll || entry.promise().name().equals(asked.group(1)))
                .filter(entry -> findings.stream().noneMatch(finding -> finding.isOf(entry)))
                .map(Finding::missing)
                .toList();
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(missing);
        if (isOfAll) {
            all.add(oneCommand(version, findings, missing));
        }
        return new Report(version, command, machine, all);
    }

    private static Finding oneCommand(String version, List<Finding> findings, List<Finding> missing) {
        String figure = "%d proofs".formatted(findings.size());
        String names = missing.stream().map(Finding::name).collect(Collectors.joining(", "));
        return new Finding(
                Promise.P27,
                "one-command",
                Size.LONG,
                missing.isEmpty() ? Outcome.HOLDS : Outcome.FAILS,
                missing.isEmpty() ? figure : figure + ", without " + names,
                false,
                OptionalLong.empty(),
                version.endsWith("-dirty") ? List.of("a clean clone: files were changed after the commit") : List.of(),
                findings.stream().map(Finding::took).reduce(Duration.ZERO, Duration::plus));
    }

    List<Finding> of(Promise promise) {
        return findings.stream().filter(finding -> finding.promise() == promise).toList();
    }

    boolean isBroken() {
        return findings.stream().anyMatch(finding -> finding.outcome() != Outcome.HOLDS);
    }

    /** The worst of what was found about a promise, in words. */
    String standing(Promise promise) {
        List<Finding> found = of(promise);
        if (found.isEmpty()) {
            return "not tried";
        }
        Outcome worst = found.stream().map(Finding::outcome).reduce(Outcome.HOLDS, Report::worse);
        boolean isWhole = found.stream().allMatch(Finding::isWhole);
        return worst == Outcome.HOLDS && !isWhole ? "holds as far as tried" : worst.words();
    }

    private static Outcome worse(Outcome a, Outcome b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** What repeats the proofs of a promise. */
    String command(Promise promise) {
        if (promise == Promise.P27) {
            return "./trust";
        }
        return (command.contains("--long") ? "./trust --long " : "./trust ") + promise;
    }
}
