package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of {@code docs/advisories.md} that has a line for every part of a release. */
final class AdvisoryLedger {
    private static final Pattern LINE = Pattern.compile(
            "\\| `(?<name>[^`]+)` \\| (?<version>\\S+) \\| (?<reviewed>\\d{4}-\\d{2}-\\d{2}) \\| .+ \\|");

    private AdvisoryLedger() {}

    /**
     * What was found out about one part.
     *
     * @param name Maven's group and artifact, or npm's name; {@code *} at its end stands for anything
     */
    record Line(String name, String version, LocalDate reviewed) {
        boolean covers(String part, String partVersion) {
            boolean named =
                    name.endsWith("*") ? part.startsWith(name.substring(0, name.length() - 1)) : part.equals(name);
            return named && version.equals(partVersion);
        }
    }

    static List<Line> read(Path page) throws IOException {
        List<Line> lines = LINE.matcher(Files.readString(page))
                .results()
                .map(AdvisoryLedger::line)
                .toList();
        if (lines.isEmpty()) {
            throw new AssertionError(page + " has no line like | `name` | version | date | what is known |");
        }
        return lines;
    }

    /** How many advisories stand there of which nobody knows what they concern. */
    static long unknown(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.contains("| Unknown"))
                .mapToLong(line -> line.substring(0, line.indexOf('|', 1)).split(",").length)
                .sum();
    }

    private static Line line(MatchResult found) {
        return new Line(found.group("name"), found.group("version"), LocalDate.parse(found.group("reviewed")));
    }
}
