package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Editors save in every way, piece by piece, while others read the settings without a pause. */
final class ReloadStormTest {
    private static final int READERS = 2;
    private static final int MOST_MILLIS_BETWEEN_PIECES = 300;

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private Path file = Path.of("");
    private int changes;
    private Instant changedAt = Instant.MIN;

    @BeforeEach
    void start() throws IOException {
        file = Files.createDirectories(home.resolve("config")).resolve("config.yaml");
        Files.writeString(file, text(1));
    }

    /** All values go together; its first lines alone are a configuration too, with other values. */
    private static String text(int number) {
        return """
                server: {port: %d}
                codebuddy:
                  rotation_count: %d
                  models: [m%d]
                gateway: {max_attempts: %d}
                """.formatted(10_000 + number, number, number, 1 + number % 9);
    }

    @Test
    @Tag("trust")
    @Tag("P13")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void nobody_ever_reads_settings_of_two_saves() throws Exception {
        Proof proof = Proof.of(Promise.P13, "reads-during-saves")
                .without("a save that pauses between two pieces for more than a second, where the first piece is a "
                        + "configuration by itself: nobody can tell it from a whole one");
        int saves = proof.amount(150, 1_000, 10_000);
        int reads = proof.amount(100_000, 1_000_000, 10_000_000);
        proof.show(() -> {
            SettingsFile settings = SettingsFile.open(home, logging -> {});
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Long>> readers = new ArrayList<>();
            long read = 0;
            Instant begun = time.instant();
            try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
                for (int reader = 0; reader < READERS; reader++) {
                    readers.add(threads.submit(() -> readUntil(over, settings, reads / READERS)));
                }
                try {
                    storm(settings, saves, new Random(proof.seed()));
                } finally {
                    over.set(true);
                }
                for (Future<Long> reader : readers) {
                    read += reader.get();
                }
            }
            assertThat(settings.config().codebuddy().rotationCount())
                    .as("the last one")
                    .isEqualTo(saves);
            return "%,d reads during %,d saves in pieces, in place or by renaming: 0 mixed settings; %,d reloads in %,d simulated s, none within a second of another"
                    .formatted(
                            read,
                            saves,
                            changes,
                            Duration.between(begun, time.instant()).toSeconds());
        });
    }

    private static long readUntil(AtomicBoolean over, SettingsFile settings, int atLeast) {
        long read = 0;
        while (!over.get() || read < atLeast) {
            Config config = settings.config();
            int number = config.codebuddy().rotationCount();
            boolean whole = config.server().port() == 10_000 + number
                    && config.codebuddy().models().equals(List.of("m" + number))
                    && config.gateway().maxAttempts() == 1 + number % 9;
            if (!whole) {
                throw new AssertionError("settings of two saves: " + config);
            }
            read++;
        }
        return read;
    }

    private void storm(SettingsFile settings, int saves, Random random) throws IOException {
        ConfigWatch watch = new ConfigWatch(settings, time);
        for (int number = 2; number <= saves; number++) {
            save(watch, text(number), random);
            if (random.nextInt(8) == 0) {
                later(watch, 1_000 + random.nextInt(2_000));
            }
        }
        later(watch, 1_000);
        later(watch, 1_000);
        later(watch, 1_000);
    }

    private void save(ConfigWatch watch, String text, Random random) throws IOException {
        if (random.nextBoolean()) {
            Path beside = file.resolveSibling(".config.yaml.swp");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            List<Integer> ends = new ArrayList<>();
            for (int piece = random.nextInt(4); piece > 0; piece--) {
                boolean line = random.nextBoolean();
                int end = random.nextInt(text.length());
                ends.add(line ? text.indexOf('\n', end) + 1 : end);
            }
            for (int end : ends.stream().sorted().toList()) {
                write(text.substring(0, end));
                later(watch, random.nextInt(MOST_MILLIS_BETWEEN_PIECES));
            }
            write(text);
        }
        later(watch, random.nextInt(MOST_MILLIS_BETWEEN_PIECES));
    }

    /** The file's own time follows the test's, since a storm of days passes here in seconds. */
    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(time.instant()));
    }

    private void later(ConfigWatch watch, int millis) {
        time.advance(Duration.ofMillis(1 + millis));
        if (watch.check() instanceof ConfigWatch.Changed) {
            changes++;
            assertThat(changedAt.plusSeconds(1)).isBeforeOrEqualTo(time.instant());
            changedAt = time.instant();
        }
    }
}
