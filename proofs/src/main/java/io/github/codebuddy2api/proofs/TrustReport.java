package io.github.codebuddy2api.proofs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes one report of what all proofs found: {@code trust-report.json} and a table, {@code trust-report.md}. */
public final class TrustReport {
    private TrustReport() {}

    /**
     * Reads {@code target/trust} of every module below the top folder and writes both files there. Ends with status 1
     * if a promise does not hold or a proof did not come to an end.
     *
     * @param args the top folder, the version proven (a commit), the command that ran
     */
    public static void main(String[] args) throws IOException {
        Path top = Path.of(args[0]);
        Report report = Report.of(args[1], args[2], machine(), findings(top), ProofList.all());
        Files.writeString(top.resolve("trust-report.json"), new ReportJson(report).text());
        String table = new ReportTable(report).text();
        Files.writeString(top.resolve("trust-report.md"), table);
        PrintStream out = System.out;
        out.print(table);
        out.flush();
        if (report.isBroken()) {
            System.exit(1);
        }
    }

    static List<Finding> findings(Path top) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(top)) {
            for (Path folder :
                    modules.map(module -> module.resolve("target/trust")).toList()) {
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> found = Files.list(folder)) {
                        found.filter(file -> file.toString().endsWith(Finding.SUFFIX))
                                .forEach(files::add);
                    }
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            findings.add(Finding.read(file));
        }
        findings.sort(Comparator.comparing(Finding::promise).thenComparing(Finding::name));
        return findings;
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return "%d cores, %s %s, JDK %s"
                .formatted(
                        runtime.availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"));
    }
}
