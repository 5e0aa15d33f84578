package io.github.codebuddy2api.proofs;

import java.util.List;
import java.util.stream.Collectors;

/** The report for people: one row per promise, in Markdown. */
final class ReportTable {
    private final Report report;

    ReportTable(Report report) {
        this.report = report;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        out.append("`%s` at %s, on %s.%n%n".formatted(report.command(), report.version(), report.machine()));
        out.append("| | Promise | Asked for | | Found | Command |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Promise promise : Promise.values()) {
            out.append("| %s | %s | %s | %s | %s | `%s` |\n"
                    .formatted(
                            promise,
                            cell(promise.text()),
                            cell(promise.asked()),
                            report.standing(promise),
                            found(report.of(promise)),
                            report.command(promise)));
        }
        return out.toString();
    }

    private static String found(List<Finding> findings) {
        return findings.stream().map(ReportTable::line).collect(Collectors.joining("<br>"));
    }

    private static String line(Finding finding) {
        StringBuilder line = new StringBuilder();
        if (finding.outcome() != Outcome.HOLDS) {
            line.append(finding.name())
                    .append(' ')
                    .append(finding.outcome().words())
                    .append(": ");
        }
        line.append(cell(finding.figure()));
        finding.seed().ifPresent(seed -> line.append(" (seed ").append(seed).append(')'));
        finding.reservations().forEach(what -> line.append("; *without* ").append(cell(what)));
        return line.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
