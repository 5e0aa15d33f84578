package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The power is lost, in thought, after every step of random changes to all that is stored. */
final class PowerLossTest {
    private static final int MOST_CHANGES = 5;
    /** How many of the ways to lose what was not forced are tried at each step. */
    private static final int WAYS = 4;

    @TempDir
    Path slower;

    private final MemoryFolders folders = new MemoryFolders();
    private boolean forgetful;
    private long points;
    private long lives;
    private long disks;
    private final Set<String> kinds = new TreeSet<>();

    @BeforeEach
    void choose_a_place() throws IOException {
        folders.open(slower);
    }

    @AfterEach
    void leave_it_empty() throws IOException {
        folders.close();
    }

    @Test
    @Tag("trust")
    @Tag("P2")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void nothing_that_was_acknowledged_is_lost_with_the_power_and_nothing_is_torn() throws Exception {
        Proof proof = Proof.of(Promise.P2, "power-losses");
        int wanted = proof.amount(2_000, 50_000, 1_000_000);
        proof.show(() -> {
            long first = proof.seed();
            Remnant remnant = null;
            for (long seed = first; points < wanted; seed++) {
                try {
                    remnant = live(seed, lives % 10 == 0 ? null : remnant);
                } catch (Exception | AssertionError failed) {
                    throw new AssertionError(
                            "seed %d, life %d: %s".formatted(first, lives, failed.getMessage()), failed);
                }
                lives++;
            }
            return "%,d simulated power losses in %,d runs of %d kinds of save (seeds %d to %d), %,d different disks left: 0 lost, 0 torn"
                    .formatted(points, lives, kinds.size(), first, first + lives - 1, disks);
        });
    }

    @Test
    void a_disk_that_forgets_what_it_is_told_to_keep_is_found_out() throws IOException {
        forgetful = true;
        long seed = new Random().nextLong();

        assertThatThrownBy(() -> {
                    for (long run = seed; run < seed + 50; run++) {
                        live(run, null);
                    }
                })
                .isInstanceOfAny(AssertionError.class, ConfigException.class);
    }

    /** What a loss of power left, from which the next run starts. */
    private record Remnant(CrashHistory.Remains remains) {}

    /** A run of the stores, and every loss of power within it. Returns one of the disks that were left. */
    private Remnant live(long seed, Remnant from) throws IOException {
        Random random = new Random(seed);
        Path folder = folders.make();
        if (from == null) {
            begin(folder, random);
        } else {
            from.remains().put(folder);
        }
        RecordingDisk disk = new RecordingDisk(folder, forgetful);
        StoredHome home = new StoredHome(folder, disk);
        CrashHistory history = disk.history();
        Set<String> before = home.seen();
        Remnant remnant = null;
        remnant = lose(history, 0, before, before, "opening", random, remnant);
        for (int change = random.nextInt(MOST_CHANGES); change >= 0; change--) {
            int begun = history.size();
            StoredHome.Save kind = StoredHome.Save.any(random);
            home.save(kind, random, (int) (lives * MOST_CHANGES + change));
            kinds.add(kind.name());
            Set<String> after = home.seen();
            remnant = lose(history, begun, before, after, kind.name(), random, remnant);
            before = after;
        }
        MemoryFolders.remove(folder);
        return remnant;
    }

    /** One with something in it, one of the original service, or none. */
    private static void begin(Path folder, Random random) throws IOException {
        int origin = random.nextInt(4);
        if (origin == 0) {
            return;
        }
        Path config = Files.createDirectory(folder.resolve("config"));
        if (origin == 1) {
            Files.writeString(config.resolve("config.json"), "{\"CODEBUDDY_MODELS\": \"m0\"}");
        } else {
            Files.writeString(config.resolve("config.yaml"), "# mine\ncodebuddy:\n  models: [m0]\n");
        }
        Path directory = Files.createDirectory(folder.resolve("creds"));
        Files.writeString(directory.resolve("first.json"), "{\"bearer_token\": \"token-0\", \"more\": [1.50]}");
    }

    /** The power goes before each step of a change, and after the last of them. */
    private Remnant lose(
            CrashHistory history,
            int begun,
            Set<String> before,
            Set<String> after,
            String kind,
            Random random,
            Remnant remnant)
            throws IOException {
        Remnant last = remnant;
        Set<Object> looked = new HashSet<>();
        for (int done = begun; done <= history.size(); done++) {
            boolean acknowledged = done == history.size();
            for (int way = 0; way < WAYS; way++) {
                CrashHistory.Remains remains = history.after(done, random);
                points++;
                if (!looked.add(List.of(acknowledged, remains.fingerprint()))) {
                    continue;
                }
                disks++;
                Path folder = folders.make();
                remains.put(folder);
                StoredHome next = new StoredHome(folder, new RecordingDisk(folder, false));
                Set<String> seen = next.seen();
                String where = "%s, after step %d of %d".formatted(kind, done - begun, history.size() - begun);
                assertThat(next.flaws()).as(where).isEmpty();
                assertThat(StoredHome.isSame(seen, after) || (!acknowledged && StoredHome.isSame(seen, before)))
                        .as("%s: before %s, after %s, but now %s", where, before, after, seen)
                        .isTrue();
                MemoryFolders.remove(folder);
                last = random.nextInt(8) == 0 || last == null ? new Remnant(remains) : last;
            }
        }
        return last;
    }
}
