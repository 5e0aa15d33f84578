package io.github.codebuddy2api.filestore;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running {@link SavingProgram}. It ends with this object. */
final class SavingChild implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private SavingChild(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    static SavingChild start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                classPath(),
                SavingProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new SavingChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Ours, whether the tests run as modules or not. */
    private static String classPath() {
        Stream<String> paths = Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty());
        return String.join(
                File.pathSeparator,
                Stream.concat(
                                Stream.of(Path.of("target", "test-classes")
                                        .toAbsolutePath()
                                        .toString()),
                                paths)
                        .toList());
    }

    /** The next line it says; null if it is dead. */
    @Nullable String line() {
        try {
            return lines.readLine();
        } catch (IOException broken) {
            return null;
        }
    }

    /** Lets it go on. */
    void go() {
        try {
            OutputStream in = process.getOutputStream();
            in.write('\n');
            in.flush();
        } catch (IOException dead) {
            // It says so by saying nothing.
        }
    }

    /** What it has said can still be read: {@code Process} itself would throw that away. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** The system's number of the thread of that name that began last: one that has ended may still be there for a moment. */
    Optional<String> thread(String name) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return threads.filter(thread -> isCalled(thread, name))
                    .map(thread -> String.valueOf(thread.getFileName()))
                    .max(Comparator.comparing(Long::valueOf));
        }
    }

    private static boolean isCalled(Path thread, String name) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(name);
        } catch (IOException ended) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
