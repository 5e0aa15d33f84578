package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk whose machine loses its power before the n-th step. What was not forced may be lost: of the changes to
 * directories any number of the last ones, as in a file system with a journal, and of a file's content any part of it.
 */
final class CrashDisk implements Disk {
    /** The end of the program; nothing may catch it and go on. */
    static final class Crashed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A change to a directory that is not on the disk yet. */
    private record Change(Set<Path> directories, Undo undo) {}

    private interface Undo {
        void run() throws IOException;
    }

    private final Disk disk = new LocalDisk();
    private final Path limbo;
    private final Random random;
    private final List<Change> changes = new ArrayList<>();
    private final Map<FileChannel, Path> open = new HashMap<>();
    private final Set<Object> unforced = new HashSet<>();
    private int left = Integer.MAX_VALUE;
    private boolean crashed;

    /** @param limbo a directory for what was deleted and may come back */
    CrashDisk(Path limbo, long seed) {
        this.limbo = limbo;
        this.random = new Random(seed);
    }

    /** Counts from here on. */
    void arm(int nth) {
        left = nth;
    }

    boolean hasCrashed() {
        return crashed;
    }

    /** The power goes now. */
    void crash(Path directory) throws IOException {
        crashed = true;
        for (int lost = random.nextInt(changes.size() + 1); lost > 0; lost--) {
            changes.removeLast().undo().run();
        }
        tear(directory);
    }

    private void tear(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (unforced.contains(key(file)) && random.nextInt(4) > 0) {
                    byte[] content = Files.readAllBytes(file);
                    byte[] torn = new byte[random.nextInt(content.length + 1)];
                    if (random.nextBoolean()) {
                        System.arraycopy(content, 0, torn, 0, torn.length);
                    }
                    Files.write(file, torn);
                }
            }
        }
    }

    private void step() {
        if (crashed || --left == 0) {
            crashed = true;
            throw new Crashed();
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private void changed(Undo undo, Path... files) {
        Set<Path> directories = new HashSet<>();
        for (Path file : files) {
            directories.add(file.getParent());
        }
        changes.add(new Change(directories, undo));
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        step();
        FileChannel channel = disk.create(file);
        open.put(channel, file);
        unforced.add(key(file));
        changed(() -> Files.delete(file), file);
        return channel;
    }

    @Override
    public void write(FileChannel channel, ByteBuffer content) throws IOException {
        step();
        disk.write(channel, content);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        step();
        unforced.remove(key(open.get(channel)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            Path kept = setAside(to);
            disk.rename(from, to);
            changed(
                    () -> {
                        disk.rename(to, from);
                        disk.rename(kept, to);
                    },
                    from,
                    to);
        } else {
            disk.rename(from, to);
            changed(() -> disk.rename(to, from), from, to);
        }
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        step();
        disk.link(file, name);
        changed(() -> Files.delete(name), name);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step();
        int last = changes.size() - 1;
        while (last >= 0 && !changes.get(last).directories().contains(directory)) {
            last--;
        }
        changes.subList(0, last + 1).clear();
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path other = otherName(file);
        if (other == null) {
            Path kept = setAside(file);
            changed(() -> disk.rename(kept, file), file);
        } else {
            disk.delete(file);
            changed(() -> disk.link(other, file), file);
        }
    }

    /** Another name of the file in its directory or the one above, or null. */
    private static Path otherName(Path file) throws IOException {
        Path other = otherName(file, file.getParent());
        return other == null ? otherName(file, file.getParent().getParent()) : other;
    }

    private static Path otherName(Path file, Path directory) throws IOException {
        Object key = key(file);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path other : files) {
                if (!other.equals(file) && key.equals(key(other))) {
                    return other;
                }
            }
        }
        return null;
    }

    private Path setAside(Path file) throws IOException {
        Path kept = limbo.resolve(Integer.toString(changes.size()) + "-" + random.nextLong());
        disk.rename(file, kept);
        return kept;
    }
}
