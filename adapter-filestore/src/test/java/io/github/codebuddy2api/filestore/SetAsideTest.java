package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
    private static final String TRASH = ".trash";

    @TempDir
    Path top;

    /** Regression: it came back with the power, and looked like another deleted account if the file had changed since. */
    @Test
    void the_second_name_of_a_file_that_is_back_is_gone_for_good_once_it_was_swept() throws IOException {
        Path directory = Files.createDirectory(top.resolve("creds"));
        Path file = Files.writeString(directory.resolve("a.json"), "{}");
        Path second = Files.createDirectory(directory.resolve(TRASH)).resolve("1785000000_a.json");
        Files.createLink(second, file);
        RecordingDisk disk = new RecordingDisk(top, false);

        new SetAside(TRASH, disk).sweep(directory, Duration.ofDays(7), Instant.ofEpochSecond(1_785_000_001));

        CrashHistory history = disk.history();
        for (int seed = 0; seed < 100; seed++) {
            Path left = Files.createDirectory(top.resolveSibling("left-" + top.getFileName() + seed));
            history.after(history.size(), new Random(seed)).put(left);
            assertThat(left.resolve("creds/a.json")).exists();
            assertThat(left.resolve("creds").resolve(TRASH).resolve("1785000000_a.json"))
                    .doesNotExist();
            MemoryFolders.remove(left);
        }
    }
}
