package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.StoreFailed.Obstacle;
import io.github.codebuddy2api.filestore.CredentialSave.Desk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every step of every kind of save fails once, and every step from one on fails. */
final class CredentialDiskTest {
    private static final Map<String, Obstacle> REASONS = Map.of(
            "No space left on device", Obstacle.FULL,
            "Read-only file system", Obstacle.READ_ONLY,
            "Input/output error", Obstacle.OTHER);
    private static final int MOST_STEPS = 40;

    @TempDir
    Path home;

    private int homes;

    @ParameterizedTest
    @EnumSource
    void a_step_that_fails_leaves_the_old_or_the_new_and_nothing_else(CredentialSave save) throws IOException {
        for (Map.Entry<String, Obstacle> reason : REASONS.entrySet()) {
            int failures = 0;
            for (int nth = 1; oneFails(save, new NthFailureDisk(0, false, reason.getKey()), nth, reason); nth++) {
                failures++;
                assertThat(failures).isLessThan(MOST_STEPS);
            }
            assertThat(failures).as("it has steps").isGreaterThan(2);
        }
    }

    private boolean oneFails(CredentialSave save, NthFailureDisk disk, int nth, Map.Entry<String, Obstacle> reason)
            throws IOException {
        CredentialFilesBench bench = bench();
        List<String> treeBefore = bench.tree();
        Desk desk = new Desk(bench, disk);
        disk.arm(nth);
        boolean refused = isRefused(save, desk, reason.getValue());
        boolean failed = disk.hasFailed();
        disk.arm(0);

        Set<String> seen = desk.seen();
        assertThat(seen).as("%s, step %d", save, nth).isIn(CredentialSave.BEFORE, save.after());
        assertThat(new Desk(bench, new LocalDisk()).seen())
                .as("memory and disk agree: %s, step %d", save, nth)
                .isEqualTo(seen);
        assertThat(bench.tree()).noneMatch(AtomicFile::isTemporary);
        if (refused && seen.equals(CredentialSave.BEFORE)) {
            assertThat(bench.tree()).as("%s, step %d", save, nth).isEqualTo(treeBefore);
        }
        if (!refused) {
            assertThat(seen).isEqualTo(save.after());
        } else if (seen.equals(CredentialSave.BEFORE)) {
            save.run(desk);
            assertThat(desk.seen()).as("the next try").isEqualTo(save.after());
        }
        return failed;
    }

    @ParameterizedTest
    @EnumSource
    void a_disk_that_fails_for_good_leaves_the_old_or_the_new(CredentialSave save) throws IOException {
        boolean failed = true;
        for (int nth = 1; failed; nth++) {
            assertThat(nth).isLessThan(MOST_STEPS);
            CredentialFilesBench bench = bench();
            NthFailureDisk disk = new NthFailureDisk(0, true);
            disk.arm(Integer.MAX_VALUE);
            Desk desk = new Desk(bench, disk);
            disk.arm(nth);
            isRefused(save, desk, Obstacle.FULL);
            failed = disk.hasFailed();

            assertThat(new Desk(bench, new LocalDisk()).seen())
                    .as("%s, from step %d on", save, nth)
                    .isIn(CredentialSave.BEFORE, save.after());
        }
    }

    private static boolean isRefused(CredentialSave save, Desk desk, Obstacle obstacle) {
        try {
            save.run(desk);
            return false;
        } catch (StoreFailed refused) {
            assertThat(refused.obstacle()).isEqualTo(obstacle);
            assertThat(refused).hasMessageNotContaining("json").hasNoCause();
            return true;
        }
    }

    private CredentialFilesBench bench() throws IOException {
        homes++;
        return Desk.bench(Files.createDirectory(home.resolve("home-" + homes)), new LocalDisk());
    }
}
