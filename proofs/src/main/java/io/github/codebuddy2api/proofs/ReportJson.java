package io.github.codebuddy2api.proofs;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report for programs. */
final class ReportJson {
    private final Report report;

    ReportJson(Report report) {
        this.report = report;
    }

    String text() {
        String promises =
                Arrays.stream(Promise.values()).map(this::promise).collect(Collectors.joining(",\n", "[\n", "\n  ]"));
        return "{\n  \"version\": %s,\n  \"command\": %s,\n  \"machine\": %s,\n  \"promises\": %s\n}\n"
                .formatted(quoted(report.version()), quoted(report.command()), quoted(report.machine()), promises);
    }

    private String promise(Promise promise) {
        String proofs = report.of(promise).stream().map(ReportJson::proof).collect(Collectors.joining(", ", "[", "]"));
        return "    {\"id\": %s, \"promise\": %s, \"asked\": %s, \"standing\": %s, \"command\": %s, \"proofs\": %s}"
                .formatted(
                        quoted(promise.name()),
                        quoted(promise.text()),
                        quoted(promise.asked()),
                        quoted(report.standing(promise)),
                        quoted(report.command(promise)),
                        proofs);
    }

    private static String proof(Finding finding) {
        String seed = finding.seed().isPresent() ? Long.toString(finding.seed().getAsLong()) : "null";
        return "{\"name\": %s, \"outcome\": %s, \"size\": %s, \"figure\": %s, \"seed\": %s, \"without\": %s, \"seconds\": %d}"
                .formatted(
                        quoted(finding.name()),
                        quoted(finding.outcome().words()),
                        quoted(finding.size().name().toLowerCase(Locale.ROOT)),
                        quoted(finding.figure()),
                        seed,
                        texts(finding.reservations()),
                        finding.took().toSeconds());
    }

    private static String texts(Collection<String> texts) {
        return texts.stream().map(ReportJson::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
