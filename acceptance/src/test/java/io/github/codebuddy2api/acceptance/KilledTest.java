package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * The service is killed at random moments while it saves credentials, its state and its settings. What it had
 * acknowledged is there afterwards, what it had not is there whole or not at all, and it starts again. With
 * {@code -Dkills=2000} there are more of them.
 */
final class KilledTest {
    private static final int KILLS = Integer.getInteger("kills", 200);

    /** Homes at once, since a start hardly uses two processors. */
    private static final int HOMES = 2;

    @Test
    @Item(value = 102, note = "200 kills; more with -Dkills=2000")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void nothing_is_lost_or_torn_when_the_service_is_killed_while_it_saves(TestReporter reporter) throws Exception {
        Random seeds = new Random();
        List<Future<Integer>> homes = new ArrayList<>();
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int home = 0; home < HOMES; home++) {
                    long seed = seeds.nextLong();
                    homes.add(threads.submit(() -> killOften(simulator, seed)));
                }
            }
            int acknowledged = 0;
            for (Future<Integer> home : homes) {
                acknowledged += home.get();
            }
            reporter.publishEntry("acknowledged changes", Integer.toString(acknowledged));
            assertThat(acknowledged).isGreaterThan(KILLS);
        }
    }

    private static int killOften(SimulatedCodeBuddy simulator, long seed) throws Exception {
        try (KilledHome home = new KilledHome(simulator.uri(), seed)) {
            int acknowledged = 0;
            for (int kill = 0; kill < KILLS / HOMES; kill++) {
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
