package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs {@code deploy/test/run}: the script that puts the service into Docker, against a pretend docker. */
final class DeploymentScriptTest {
    private static final Path TOP = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .normalize()
            .getParent();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void the_docker_script_passes_its_own_tests() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/bash")) && Files.isDirectory(Path.of("/proc")),
                "needs Linux and bash");

        Process tests = new ProcessBuilder(TOP.resolve("deploy/test/run").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).contains(" passed, 0 failed");
    }
}
