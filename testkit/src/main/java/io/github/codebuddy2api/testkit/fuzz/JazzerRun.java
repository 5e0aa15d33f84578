package io.github.codebuddy2api.testkit.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of Jazzer in a process of its own, where everything is on the class path: its agent and our modules do not go
 * together. What it finds on its way is left in {@code target/fuzz}.
 */
record JazzerRun(String name, Class<?> target, Path corpus) {
    private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");
    private static final Path LEFT = Path.of("target/fuzz");
    private static final long GRACE_SECONDS = 240;
    /** The first input loads and instruments classes, which takes long on a busy machine. */
    private static final int HANG_SECONDS = 60;

    private static final int SHOWN_LINES = 60;

    /**
     * Runs it.
     *
     * @return how many inputs it tried
     */
    long of(Duration length, long seed) throws IOException, InterruptedException {
        Path found = Files.createDirectories(LEFT.resolve(name));
        Path log = LEFT.resolve(name + ".log");
        Process jazzer = new ProcessBuilder(command(found, length, seed))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!jazzer.waitFor(length.toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " did not come to an end, see " + log);
            }
        } finally {
            jazzer.destroyForcibly();
        }
        String said = Files.readString(log);
        if (jazzer.exitValue() != 0) {
            throw new AssertionError("a finding in " + name + ", the input is in " + LEFT + ":\n" + end(said));
        }
        Matcher executed = EXECUTED.matcher(said);
        if (!executed.find()) {
            throw new AssertionError(name + " did not count what it did:\n" + end(said));
        }
        return Long.parseLong(executed.group(1));
    }

    private List<String> command(Path found, Duration length, long seed) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.github.codebuddy2api.**",
                "--custom_hook_includes=io.github.codebuddy2api.**",
                "-max_total_time=" + length.toSeconds(),
                "-seed=" + Math.max(1, seed % Integer.MAX_VALUE),
                "-timeout=" + HANG_SECONDS,
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                "-artifact_prefix=" + LEFT + File.separator + name + "-",
                found.toString(),
                corpus.toString());
    }

    private static String classPath() {
        return Stream.of(
                        "target/test-classes",
                        "target/classes",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path", ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String end(String said) {
        List<String> lines = said.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
}
