package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for what need not outlive its test, in memory where the machine has such a place. */
final class MemoryFolders implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path top = Path.of("");
    private int made;

    /** Makes them in {@code otherwise} if there is no place in memory. */
    void open(Path otherwise) throws IOException {
        top = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "codebuddy2api") : otherwise;
    }

    /** A new empty one. */
    Path make() throws IOException {
        return Files.createDirectory(top.resolve("folder-" + made++));
    }

    /** A new one with the same in it. */
    Path copy(Path folder) throws IOException {
        Path copy = make();
        SavingProgram.copy(folder, copy);
        return copy;
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws IOException {
        remove(top);
    }
}
