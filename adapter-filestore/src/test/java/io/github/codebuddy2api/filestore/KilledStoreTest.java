package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that does nothing but save is killed at random moments. */
final class KilledStoreTest {
    /** Homes at once, since a start hardly uses two processors. */
    private static final int HOMES = 2;

    private static final int MOST_UNHARMED = 12;
    private static final long LEAST_SPREAD_NANOS = 1_000_000;

    @TempDir
    Path top;

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger within = new AtomicInteger();

    @Test
    @Tag("trust")
    @Tag("P1")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void nothing_is_lost_or_torn_when_a_program_is_killed_while_it_saves() throws Exception {
        Proof proof = Proof.of(Promise.P1, "kills-of-a-program-that-saves");
        int kills = proof.amount(6, 30, 8_000);
        proof.show(() -> {
            List<Future<?>> homes = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int home = 0; home < HOMES; home++) {
                    Path folder = Files.createDirectory(top.resolve("home-" + home));
                    Random random = new Random(proof.seed() + home);
                    homes.add(threads.submit(() -> killOften(folder, kills / HOMES, random)));
                }
            }
            for (Future<?> home : homes) {
                home.get();
            }
            return "%,d kill -9 of a program that saves, %,d of them within a save, after %,d acknowledged saves: 0 lost, 0 unreadable"
                    .formatted(kills / HOMES * HOMES, within.get(), acknowledged.get());
        });
    }

    private @Nullable Void killOften(Path folder, int kills, Random random) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        for (int kill = 0; kill < kills; kill++) {
            Path copy = Files.createDirectory(folder.resolve("copy"));
            long seed = random.nextInt();
            try (SavingChild child =
                    SavingChild.start("without-end", home.toString(), copy.toString(), Long.toString(seed))) {
                Told told = killWithin(child, random);
                child.awaitEnd();
                check(home, told, "kill %d with seed %d".formatted(kill, seed));
            }
            MemoryFolders.remove(copy);
        }
        return null;
    }

    /**
     * What the program said last.
     *
     * @param seen what was there after the last save that was done
     * @param next what was to be there after the one that was under way, if one was
     */
    private record Told(
            @Nullable Set<String> seen, @Nullable Set<String> next) {}

    private Told killWithin(SavingChild child, Random random) throws InterruptedException {
        int unharmed = random.nextInt(MOST_UNHARMED);
        Told told = new Told(null, null);
        Thread killer = null;
        long begun = 0;
        long lasted = 0;
        int done = 0;
        for (String line = child.line(); line != null; line = child.line()) {
            if (line.equals("done")) {
                told = new Told(told.next(), null);
                lasted = System.nanoTime() - begun;
                acknowledged.incrementAndGet();
                done++;
            } else if (line.startsWith("seen ")) {
                told = new Told(words(line), null);
            } else {
                told = new Told(told.seen(), words(line));
                begun = System.nanoTime();
            }
            if (done == unharmed && killer == null && line.startsWith("next ")) {
                long moment = (long) (random.nextDouble() * (2 * lasted + LEAST_SPREAD_NANOS));
                killer = Thread.ofVirtual().start(() -> {
                    LockSupport.parkNanos(moment);
                    child.kill();
                });
            }
        }
        assertThat(killer).as("it was killed, it did not end").isNotNull();
        if (killer != null) {
            killer.join();
        }
        return told;
    }

    private static Set<String> words(String line) {
        return Set.of(line.substring(line.indexOf(' ') + 1).split("\t", -1));
    }

    private void check(Path folder, Told told, String where) throws IOException {
        StoredHome home = new StoredHome(folder, new RecordingDisk(folder, false));
        Set<String> seen = home.seen();
        Set<String> next = told.next();
        Set<String> before = told.seen();
        assertThat(home.flaws()).as(where).isEmpty();
        assertThat(before != null && StoredHome.isSame(seen, before) || next != null && StoredHome.isSame(seen, next))
                .as("%s: %s, but now %s", where, told, seen)
                .isTrue();
        if (next != null) {
            within.incrementAndGet();
        }
    }
}
