package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.filestore.CredentialSave.Desk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes before every single step of every kind of save, and right after it. */
final class CredentialCrashTest {
    private static final int SEEDS = 3;
    private static final int MOST_STEPS = 40;

    private final long seed = System.nanoTime();

    @TempDir
    Path home;

    private int homes;

    @ParameterizedTest
    @EnumSource
    void a_crash_at_any_step_loses_nothing_and_tears_nothing(CredentialSave save) throws IOException {
        System.out.println("CredentialCrashTest seed " + seed);
        Set<Set<String>> outcomes = new HashSet<>();
        for (long run = seed; run < seed + SEEDS; run++) {
            boolean crashed = true;
            for (int nth = 1; crashed; nth++) {
                assertThat(nth).isLessThan(MOST_STEPS);
                Crash crash = new Crash(run);
                crashed = crash.at(nth, save);
                Set<String> seen = crash.afterwards();
                outcomes.add(seen);
                assertThat(seen)
                        .as("%s, step %d, seed %d", save, nth, run)
                        .isIn(crashed ? Set.of(CredentialSave.BEFORE, save.after()) : Set.of(save.after()));
            }
        }
        assertThat(outcomes).as("some saves are lost and some are not").hasSize(2);
    }

    @Test
    void a_refresh_that_may_have_used_up_the_token_is_always_known_of() throws IOException {
        for (long run = seed; run < seed + SEEDS; run++) {
            boolean crashed = true;
            for (int nth = 1; crashed; nth++) {
                Crash crash = new Crash(run);
                crash.desk.files.noteRefresh(crash.desk.stored().id());
                crashed = crash.at(nth, CredentialSave.REPLACE);
                assertThat(crash.afterwards())
                        .as("step %d, seed %d", nth, run)
                        .isIn(Set.of("state 0", "a", "old", "unfinished"), CredentialSave.REPLACE.after());
            }
        }
    }

    @Test
    void a_deleted_credential_can_be_brought_back_wherever_the_crash_was() throws IOException {
        for (long run = seed; run < seed + SEEDS; run++) {
            boolean crashed = true;
            for (int nth = 1; crashed; nth++) {
                Crash crash = new Crash(run);
                var id = crash.desk.stored().id();
                crashed = crash.at(nth, CredentialSave.DELETE);
                CredentialFiles files = crash.bench.files(new CrashDisk(crash.limbo, 0));
                boolean there = CredentialFilesBench.tokens(files).contains("old");
                assertThat(there || files.restore(id))
                        .as("step %d, seed %d", nth, run)
                        .isTrue();
                assertThat(CredentialFilesBench.tokens(files)).containsExactlyInAnyOrder("a", "old");
            }
        }
    }

    @Test
    void a_crash_while_tidying_up_leaves_it_to_the_next_start() throws IOException {
        for (long run = seed; run < seed + SEEDS; run++) {
            boolean crashed = true;
            for (int nth = 1; crashed; nth++) {
                Crash crash = new Crash(run);
                crash.bench.put("codebuddy_torn.json", "{\"bearer_to");
                crash.bench.put(".0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f.tmp", "x");
                crash.bench.settle();
                long now = crash.bench.time.instant().getEpochSecond();
                crashed = crash.atStart(nth);
                assertThat(crash.afterwards()).isEqualTo(CredentialSave.BEFORE);
                assertThat(crash.bench.tree())
                        .as("step %d, seed %d", nth, run)
                        .contains(".quarantine/" + now + "_codebuddy_torn.json")
                        .noneMatch(AtomicFile::isTemporary);
            }
        }
    }

    @Test
    void a_disk_that_forgets_to_force_is_found_out() throws IOException {
        boolean torn = false;
        for (long run = seed; run < seed + 40 && !torn; run++) {
            Crash crash = new Crash(run);
            Path target = crash.bench.directory.resolve("stored.json");
            Path temporary = crash.bench.directory.resolve(".x.tmp");
            try (var channel = crash.disk.create(temporary)) {
                crash.disk.write(channel, ByteBuffer.wrap(Files.readAllBytes(target)));
            }
            crash.disk.rename(temporary, target);
            crash.disk.forceDirectory(crash.bench.directory);
            crash.disk.crash(crash.bench.directory);
            torn = !CredentialFilesBench.tokens(crash.bench.files()).contains("old");
        }
        assertThat(torn).as("the crash can tear what was not forced").isTrue();
    }

    /** One life of the directory, and its end. */
    private final class Crash {
        private final CredentialFilesBench bench;
        private final Path limbo;
        private final CrashDisk disk;
        private final Desk desk;

        Crash(long run) throws IOException {
            homes++;
            Path at = Files.createDirectory(home.resolve("home-" + homes));
            this.limbo = Files.createDirectory(at.resolve("limbo"));
            this.bench = Desk.bench(at, new CrashDisk(limbo, run));
            this.disk = new CrashDisk(limbo, run);
            this.desk = new Desk(bench, disk);
        }

        /** Whether the power went before the save was done; otherwise it goes right after it. */
        boolean at(int nth, CredentialSave save) throws IOException {
            return run(nth, () -> save.run(desk));
        }

        boolean atStart(int nth) throws IOException {
            return run(nth, () -> bench.files(disk));
        }

        private boolean run(int nth, Runnable work) throws IOException {
            disk.arm(nth);
            boolean crashed = false;
            try {
                work.run();
            } catch (CrashDisk.Crashed gone) {
                crashed = true;
            }
            disk.crash(bench.directory);
            return crashed;
        }

        Set<String> afterwards() throws IOException {
            Desk next = new Desk(bench, new CrashDisk(limbo, 0));
            assertThat(next.skipped())
                    .filteredOn(file -> !file.name().equals("codebuddy_torn.json"))
                    .isEmpty();
            assertThat(bench.tree()).noneMatch(AtomicFile::isTemporary);
            assertThat(bench.text("a.json")).isEqualTo(CredentialFilesBench.token("a"));
            return next.seen();
        }
    }
}
