package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fault matrix, 5.5: an editor saves without end, by renaming and in place, and nobody who asks notices. */
final class EditorStormTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 500_000;

    @Test
    @Tag("trust")
    @Tag("P13")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void saves_without_end_are_read_at_most_once_a_second_and_the_last_one_wins() throws Exception {
        Proof proof = Proof.of(Promise.P13, "saves-of-an-editor");
        int saves = proof.amount(1_500, 10_000, 100_000);
        proof.show(() -> storm(saves));
    }

    private static String storm(int saves) throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                ServiceUnderTest service = ServiceUnderTest.start(Setup.with(simulator.uri())
                        .codebuddy("rotation_count: 1", "system_message: message 1")
                        .sections("logging: {level: DEBUG}"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String original = Files.readString(service.home().configFile());
            AtomicBoolean over = new AtomicBoolean();
            Future<Meanwhile> asked = threads.submit(() -> askUntil(over, service));
            long begun = System.nanoTime();
            try {
                for (int save = 1; save <= saves; save++) {
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
                        Integer.toString(saves)::equals);
            } finally {
                over.set(true);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();

            assertThat(asked.get().streams()).as("streams").isPositive();
            long reloads = service.process()
                    .output()
                    .lines()
                    .filter(EditorStormTest::isReload)
                    .count();
            assertThat(reloads).isBetween(1L, seconds + 2);
            return "%,d saves in %d s: %d reloads, the last content in force; %d streams and %d answers with the settings meanwhile: 0 broken, 0 mixed"
                    .formatted(
                            saves,
                            seconds,
                            reloads,
                            asked.get().streams(),
                            asked.get().settings());
        }
    }

    /** How much was asked for meanwhile. */
    private record Meanwhile(int streams, int settings) {}

    /** Streams one answer after another, and asks for the settings between them. */
    private static Meanwhile askUntil(AtomicBoolean over, ServiceUnderTest service) throws IOException {
        int streams = 0;
        while (!over.get()) {
            RawResponse response = Calls.to(service).chat("sim-pace-5-20", true);
            assertThat(response.status()).as("%s", response).isEqualTo(200);
            assertThat(SseText.read(response.text()).done()).isTrue();
            JsonNode settings = Calls.to(service).get("/api/settings").json().path("settings");
            assertThat(settings.path("CODEBUDDY_SYSTEM_MESSAGE").asText())
                    .isEqualTo("message "
                            + settings.path("CODEBUDDY_ROTATION_COUNT").asText());
            streams++;
        }
        return new Meanwhile(streams, streams);
    }

    /** Saves by renaming or in place, in turn. */
    private static void save(AppHome home, String original, int number) throws IOException {
        String changed = original.replace("rotation_count: 1\n", "rotation_count: " + number + "\n")
                .replace("system_message: message 1\n", "system_message: message " + number + "\n");
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
