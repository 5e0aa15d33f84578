package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A folder with programs for Node and the packages they need. */
record NodeFolder(Path path) {
    private static final int INSTALL_LIMIT_SECONDS = 100;

    /** Installs the packages, anew only if the lock file has changed. */
    void install() throws IOException, InterruptedException {
        Path lock = path.resolve("package-lock.json");
        Path installed = path.resolve("node_modules/installed-lock.json");
        if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
            execute(INSTALL_LIMIT_SECONDS, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The standard output of a command that ended well. */
    String execute(int limitSeconds, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Result result = run(limitSeconds, environment, command);
        assertThat(result.exitCode())
                .as(String.join(" ", command) + "\n" + result.complaints())
                .isZero();
        return result.output();
    }

    /** Runs a command, however it ends. */
    Result run(int limitSeconds, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path complaints = Files.createTempFile("node", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(path.toFile()).redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<Process> guard = process.onExit().completeOnTimeout(process, limitSeconds, TimeUnit.SECONDS);
        CompletableFuture<Void> unused = guard.thenAccept(NodeFolder::endWithChildren);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        String said = Files.readString(complaints);
        Files.delete(complaints);
        return new Result(exitCode, output, said);
    }

    private static void endWithChildren(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    record Result(int exitCode, String output, String complaints) {}
}
