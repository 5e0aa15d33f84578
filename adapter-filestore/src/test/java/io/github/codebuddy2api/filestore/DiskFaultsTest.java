package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.StoreFailed.Obstacle;
import io.github.codebuddy2api.filestore.StoredHome.Save;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every step of every kind of save meets every fault of the disk. */
final class DiskFaultsTest {
    private static final Map<String, Obstacle> FAULTS = Map.of(
            "No space left on device", Obstacle.FULL,
            "Read-only file system", Obstacle.READ_ONLY,
            "Input/output error", Obstacle.OTHER);
    private static final int MOST_STEPS = 60;
    private static final int NUMBER = 7;

    @TempDir
    Path slower;

    private final MemoryFolders folders = new MemoryFolders();
    private Path template = Path.of("");
    private int tried;
    private int refused;
    private int notTakenBack;

    @BeforeEach
    void fill_a_home() throws IOException {
        folders.open(slower);
        template = folders.make();
        StoredHome.fill(template);
    }

    @AfterEach
    void leave_it_empty() throws IOException {
        folders.close();
    }

    @Test
    @Tag("trust")
    @Tag("P3")
    void memory_disk_and_what_the_caller_is_told_agree_whichever_step_fails() throws Exception {
        Proof proof = Proof.of(Promise.P3, "disk-faults")
                .without("a disk that fails for good between the new name of a file and the syncing of its directory: "
                        + "the caller is told of the failure and the new content may stay; likewise tokens of a refresh, which stay "
                        + "in use");
        Map<String, Obstacle> faults =
                proof.size() == Size.GATE ? Map.of("No space left on device", Obstacle.FULL) : FAULTS;
        proof.show(() -> {
            for (Map.Entry<String, Obstacle> fault : faults.entrySet()) {
                for (Save kind : Save.values()) {
                    failAtEachStep(kind, fault, false);
                    failAtEachStep(kind, fault, true);
                }
            }
            assertThat(notTakenBack).isLessThan(tried / 5);
            return "%d faults × %d kinds of save × every step, once and for good: %d failures, %d told, 0 divergences, but %d of the last kind named"
                    .formatted(faults.size(), Save.values().length, tried, refused, notTakenBack);
        });
    }

    private void failAtEachStep(Save kind, Map.Entry<String, Obstacle> fault, boolean forGood) throws IOException {
        Set<String> after = saved(kind);
        for (int nth = 1; ; nth++) {
            assertThat(nth).isLessThan(MOST_STEPS);
            NthFailureDisk disk = new NthFailureDisk(Integer.MAX_VALUE, forGood, fault.getKey());
            Path folder = folders.copy(template);
            StoredHome home = new StoredHome(folder, disk);
            Set<String> before = home.seen();
            disk.arm(nth);
            boolean told = isRefused(home, kind, fault.getValue());
            if (!disk.hasFailed()) {
                MemoryFolders.remove(folder);
                return;
            }
            disk.arm(Integer.MAX_VALUE);
            tried++;
            refused += told ? 1 : 0;
            compare(
                    "%s, %s at step %d".formatted(kind, fault.getKey(), nth),
                    home,
                    new Views(before, after),
                    told,
                    forGood);
            MemoryFolders.remove(folder);
        }
    }

    private record Views(Set<String> before, Set<String> after) {}

    private void compare(String where, StoredHome home, Views views, boolean told, boolean forGood) throws IOException {
        Set<String> memory = home.seen();
        StoredHome next = new StoredHome(home.folder, new LocalDisk());
        Set<String> disk = next.seen();
        assertThat(next.flaws()).as(where).isEmpty();
        // New tokens are the only ones left: if they are on the disk, they stay, whatever the caller is told.
        boolean refreshed = where.startsWith(Save.REFRESH.name()) && StoredHome.isSame(disk, views.after());
        Set<String> expected = told && !refreshed ? views.before() : views.after();
        if (!refreshed && forGood && told && StoredHome.isSame(disk, views.after())) {
            notTakenBack++;
        } else {
            assertThat(StoredHome.isSame(disk, expected))
                    .as(
                            "%s: told %s, before %s, after %s, but the disk has %s",
                            where, told, views.before(), views.after(), disk)
                    .isTrue();
            assertThat(memory).as(where).isEqualTo(disk);
        }
    }

    private Set<String> saved(Save kind) throws IOException {
        Path folder = folders.copy(template);
        StoredHome home = new StoredHome(folder, new LocalDisk());
        home.save(kind, new Random(0), NUMBER);
        return home.seen();
    }

    private static boolean isRefused(StoredHome home, Save kind, Obstacle obstacle) throws IOException {
        try {
            home.save(kind, new Random(0), NUMBER);
            return false;
        } catch (StoreFailed failed) {
            assertThat(failed.obstacle()).isEqualTo(obstacle);
            return true;
        }
    }
}
