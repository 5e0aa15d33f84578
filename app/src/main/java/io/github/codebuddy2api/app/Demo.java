package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away home with a pretend CodeBuddy behind it. The simulator is a child process that ends when its standard
 * input closes, so it cannot outlive us however we end.
 */
final class Demo implements AutoCloseable {
    /** Set by the launcher: the folder with the simulator's jar, which is no part of the service. */
    static final String SIMULATOR_PROPERTY = "codebuddy2api.simulator";

    private static final String SIMULATOR =
            "io.github.codebuddy2api.simulator/io.github.codebuddy2api.simulator.SimulatorMain";
    private static final int PASSWORD_BYTES = 12;
    private static final int ACCOUNTS = 2;
    private static final long STOP_SECONDS = 5;

    private final Process simulator;
    private final Path home;
    private final Secret password;

    private Demo(Process simulator, Path home, Secret password) {
        this.simulator = simulator;
        this.home = home;
        this.password = password;
    }

    /**
     * Starts the simulator and writes the home.
     *
     * @throws IOException if either fails; nothing is left behind then
     */
    static Demo start() throws IOException {
        String modules = System.getProperty(SIMULATOR_PROPERTY);
        if (modules == null) {
            throw new IOException("the demo needs the simulator: start it with ./codebuddy2api demo");
        }
        Path home = Files.createTempDirectory("codebuddy2api-demo");
        Process simulator = null;
        try {
            simulator = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:-UsePerfData",
                            "-Xmx128m",
                            "--module-path",
                            modules,
                            "--module",
                            SIMULATOR,
                            "--port",
                            "0",
                            "--until-stdin-closes")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Secret password = Secret.of("demo-" + randomHex());
            writeHome(home, urlOf(simulator), password);
            return new Demo(simulator, home, password);
        } catch (IOException | RuntimeException e) {
            stop(simulator);
            delete(home);
            throw e;
        }
    }

    /** The app home to serve from. */
    Path home() {
        return home;
    }

    /** What a client sends as its key. It is made up for this one run, so it may be shown. */
    Secret password() {
        return password;
    }

    private static String urlOf(Process simulator) throws IOException {
        BufferedReader lines = simulator.inputReader(StandardCharsets.UTF_8);
        String url = lines.readLine();
        if (url == null) {
            throw new IOException("the simulator ended before it listened");
        }
        return url.strip();
    }

    private static void writeHome(Path home, String upstream, Secret password) throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        Path credentials = Files.createDirectories(home.resolve(".codebuddy_creds"));
        writePrivately(config.resolve("config.yaml"), """
                server:
                  password: "%s"
                codebuddy:
                  api_endpoint: "%s"
                  allowed_endpoints: ["%s"]
                """.formatted(password.reveal(), upstream, upstream));
        for (int i = 1; i <= ACCOUNTS; i++) {
            writePrivately(credentials.resolve("codebuddy_demo_" + i + ".json"), """
                    {"bearer_token": "demo-token-%d", "user_id": "demo-user-%d"}
                    """.formatted(i, i));
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static String randomHex() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        stop(simulator);
        delete(home);
    }

    private static void stop(@Nullable Process simulator) {
        if (simulator == null) {
            return;
        }
        try {
            simulator.getOutputStream().close();
            if (!simulator.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                simulator.destroy();
            }
        } catch (IOException e) {
            simulator.destroy();
        } catch (InterruptedException e) {
            simulator.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // It lies in the system's folder for temporary files and holds nothing real.
        }
    }
}
