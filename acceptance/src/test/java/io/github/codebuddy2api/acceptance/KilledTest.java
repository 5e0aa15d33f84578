package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The service is killed at random moments while it saves credentials, its state and its settings. What it had
 * acknowledged is there afterwards, what it had not is there whole or not at all, and it starts again. With
 * {@code -Dkills=2000} there are so many of them, whatever the size of the proof.
 */
final class KilledTest {
    /** Homes at once, since a start hardly uses two processors. */
    private static final int HOMES = 2;

    @Test
    @Tag("trust")
    @Tag("P1")
    @Item(value = 102, note = "12 kills in a build, 80 in ./trust, 2,000 in ./trust --long; any number with -Dkills")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void nothing_is_lost_or_torn_when_the_service_is_killed_while_it_saves() throws Exception {
        Proof proof = Proof.of(Promise.P1, "kills-of-the-service");
        int kills = Integer.getInteger("kills", proof.amount(12, 60, 2_000));
        proof.show(() -> "%,d kill -9 of the packaged service after %,d acknowledged saves: 0 lost, 0 unreadable"
                .formatted(kills, killOften(kills, new Random(proof.seed()))));
    }

    private static int killOften(int kills, Random seeds) throws Exception {
        List<Future<Integer>> homes = new ArrayList<>();
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int home = 0; home < HOMES; home++) {
                    long seed = seeds.nextLong();
                    homes.add(threads.submit(() -> killOften(simulator, seed, kills / HOMES)));
                }
            }
            int acknowledged = 0;
            for (Future<Integer> home : homes) {
                acknowledged += home.get();
            }
            assertThat(acknowledged).isGreaterThan(kills);
            return acknowledged;
        }
    }

    private static int killOften(SimulatedCodeBuddy simulator, long seed, int kills) throws Exception {
        try (KilledHome home = new KilledHome(simulator.uri(), seed)) {
            int acknowledged = 0;
            for (int kill = 0; kill < kills; kill++) {
                try {
                    acknowledged += home.startAndKill();
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("at kill " + kill + " with seed " + seed, e);
                }
            }
            assertThat(home.leftovers())
                    .as("temporary files are removed at the next start")
                    .hasSizeLessThan(10);
            return acknowledged;
        }
    }
}
