package io.github.codebuddy2api.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the build has put the product. */
final class Packaged {
    private static final Path ACCEPTANCE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();

    private Packaged() {}

    /** The folder of this module. */
    static Path acceptance() {
        return ACCEPTANCE;
    }

    /** The top of the checkout. */
    static Path top() {
        return ACCEPTANCE.getParent();
    }

    /** The folder with the jars of the service, which is its module path. */
    static Path lib() {
        Path lib = top().resolve("app/target/codebuddy2api/lib");
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException(
                    "package the product first: ./mvnw -pl app,simulator -am -DskipTests package");
        }
        return lib;
    }

    /** The folder with the simulator's jar, which is no part of the service. */
    static Path simulator() {
        return lib().resolveSibling("simulator");
    }

    /** The command line that runs the simulator, to which options can be added. */
    static List<String> simulatorCommand() {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                simulator().toString(),
                "--module",
                "io.github.codebuddy2api.simulator/io.github.codebuddy2api.simulator.SimulatorMain");
    }

    /** A program of the JDK that runs the tests. */
    static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static String java() {
        return jdk("java");
    }

    /** The command line that runs the service with these arguments, started as quickly as the launcher does it. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(plainCommand(arguments));
        command.addAll(1, StartCache.options());
        return command;
    }

    /** The same without the cache of {@link StartCache}. */
    static List<String> plainCommand(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                // A service here lives for seconds; only hashing is worth the better code.
                arguments[0].equals("hash-password") ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                "-Dcodebuddy2api.simulator=" + simulator(),
                "--module-path",
                lib().toString(),
                "--module",
                "io.github.codebuddy2api.app/io.github.codebuddy2api.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
