package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the simulator as a process of its own, on the module path. */
final class SimulatorMainTest {
    private static final String MODULE = "io.github.codebuddy2api.simulator";

    @Test
    void it_tells_its_address_serves_its_script_and_ends_with_its_standard_input(@TempDir Path folder)
            throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "for m\njson 418 {\"a\":1}\n");
        Path ready = folder.resolve("ready");
        Process process = run("--script", script.toString(), "--ready-file", ready.toString(), "--until-stdin-closes");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String address = out.readLine();

            assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+");
            assertThat(ready).hasContent(address);
            Calls.Answer answer = new Calls(URI.create(address)).chat(Peer.chatBody("m", ""));
            assertThat(answer.status()).isEqualTo(418);

            process.outputWriter(StandardCharsets.UTF_8).close();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_wrong_option_is_told_and_ends_it() throws Exception {
        Process process = run("--prot", "1");
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(errors.readLine()).contains("there is no option --prot", "--help");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void help_names_every_option_that_the_readme_names() throws Exception {
        Process process = run("--help");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String help = String.join("\n", out.lines().toList());
            List<String> options = Files.readAllLines(Path.of("README.md")).stream()
                    .filter(line -> line.startsWith("| `--"))
                    .map(line -> line.replaceAll("^\\| `(--[a-z-]+).*", "$1"))
                    .toList();

            assertThat(options).hasSizeGreaterThan(6);
            assertThat(options).allSatisfy(option -> assertThat(help).contains(option));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-p",
                Path.of("target", "classes").toString(),
                "-m",
                MODULE + "/" + SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
