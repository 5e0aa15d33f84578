package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The fault matrix, 5.5: an editor saves without end, by renaming and in place, and nobody who asks notices. */
final class EditorStormTest {
    private static final int SAVES = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 500_000;

    @Test
    void ten_thousand_saves_are_read_at_most_once_a_second_and_the_last_one_wins(TestReporter reporter)
            throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                ServiceUnderTest service = ServiceUnderTest.start(Setup.with(simulator.uri())
                        .codebuddy("rotation_count: 1")
                        .sections("logging: {level: DEBUG}"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String original = Files.readString(service.home().configFile());
            AtomicBoolean over = new AtomicBoolean();
            Future<Integer> streams = threads.submit(() -> askUntil(over, service));
            long begun = System.nanoTime();
            try {
                for (int save = 1; save <= SAVES; save++) {
                    save(service.home(), original, save);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                Eventually.get(
                        "the last content",
                        LIMIT,
                        () -> Calls.to(service)
                                .get("/api/settings")
                                .json()
                                .at("/settings/CODEBUDDY_ROTATION_COUNT")
                                .asText(),
                        Integer.toString(SAVES)::equals);
            } finally {
                over.set(true);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();

            assertThat(streams.get()).as("streams").isPositive();
            long reloads = service.process()
                    .output()
                    .lines()
                    .filter(EditorStormTest::isReload)
                    .count();
            reporter.publishEntry("reloads in " + seconds + " s", Long.toString(reloads));
            assertThat(reloads).isBetween(1L, seconds + 2);
        }
    }

    /** Streams one answer after another, and a call without streaming between them; returns how many. */
    private static int askUntil(AtomicBoolean over, ServiceUnderTest service) throws IOException {
        int streams = 0;
        while (!over.get()) {
            RawResponse response = Calls.to(service).chat("sim-pace-5-20", true);
            assertThat(response.status()).as("%s", response).isEqualTo(200);
            assertThat(SseText.read(response.text()).done()).isTrue();
            RawResponse models = Calls.to(service).get("/codebuddy/v1/models");
            assertThat(models.status()).as("%s", models).isEqualTo(200);
            streams++;
        }
        return streams;
    }

    /** Saves by renaming or in place, in turn. */
    private static void save(AppHome home, String original, int number) throws IOException {
        String changed = original.replace("rotation_count: 1\n", "rotation_count: " + number + "\n");
        if (number % 2 == 0) {
            Files.writeString(home.configFile(), changed);
        } else {
            Path beside = home.configFile().resolveSibling(".config.yaml.swp");
            Files.writeString(beside, changed);
            Files.move(beside, home.configFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Every reading is told, whether its content could be used or not. */
    private static boolean isReload(String line) {
        return line.contains("config.yaml");
    }
}
