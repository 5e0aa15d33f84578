package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file as a whole: after a crash at any moment it holds the old content or the new, never a mixture. The
 * temporary file stands beside it under a name that starts with a dot and ends in {@code .tmp}, which every reader here
 * skips. There must be one writer per file. An interrupt does not stop a write; it is still there afterwards.
 */
final class AtomicFile {
    private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

    private final Disk disk;

    AtomicFile(Disk disk) {
        this.disk = disk;
    }

    /** Whether a file of this name was left behind by a write that a crash ended. */
    static boolean isTemporary(String name) {
        return TEMPORARY.matcher(name).matches();
    }

    /**
     * Replaces the file, or creates it, with mode 0600. Returns when the new content is on the disk. Blocks.
     *
     * @param label what a person calls the file; stands in the message of a failure, so it must not hold an account's
     *     name
     * @throws StoreFailed if a step failed; the temporary file is gone. Unless the very last step was the one, syncing
     *     the directory, the old content is untouched
     */
    void replace(Path target, byte[] content, String label) {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IllegalArgumentException("a file must be inside a directory");
        }
        Path temporary = temporary(directory);
        try {
            write(temporary, content);
            disk.rename(temporary, target);
            force(directory);
        } catch (IOException failed) {
            remove(temporary);
            throw DiskTrouble.failure(failed, directory, content.length, label);
        }
    }

    /**
     * As {@link #replace}, but after a failure of the very last step the old content is put back, as far as the disk
     * lets it: for what the caller is told did not happen.
     */
    void replaceOrKeep(Path target, byte[] content, String label) {
        byte[] before = content(target);
        try {
            replace(target, content, label);
        } catch (StoreFailed failed) {
            takeBack(target, content, before, label);
            throw failed;
        }
    }

    private void takeBack(Path target, byte[] content, byte @Nullable [] before, String label) {
        try {
            if (!Arrays.equals(content, content(target))) {
                return;
            }
            if (before != null) {
                replace(target, before, label);
                return;
            }
            disk.delete(target);
            Path directory = target.toAbsolutePath().getParent();
            if (directory != null) {
                force(directory);
            }
        } catch (IOException | StoreFailed stillFailing) {
            // The first failure is the one to report.
        }
    }

    private static byte @Nullable [] content(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readAllBytes(file) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /**
     * Creates a file with mode 0600 under the first of the names that is free; what has one of the names is untouched,
     * even if it came this moment. Returns when the content is on the disk. Blocks.
     *
     * @param names the names to try, in this order
     * @throws StoreFailed if a step failed, or every name is taken; there is no new file then
     */
    Path create(Path directory, Iterator<String> names, byte[] content, String label) {
        Path temporary = temporary(directory);
        Path target = null;
        try {
            write(temporary, content);
            target = name(temporary, directory, names);
            disk.delete(temporary);
            force(directory);
            return target;
        } catch (IOException failed) {
            remove(temporary);
            if (target != null) {
                remove(target);
            }
            throw DiskTrouble.failure(failed, directory, content.length, label);
        }
    }

    private Path name(Path temporary, Path directory, Iterator<String> names) throws IOException {
        IOException last = new IOException("no name was given");
        while (names.hasNext()) {
            Path target = directory.resolve(names.next());
            try {
                give(temporary, target);
                return target;
            } catch (FileAlreadyExistsException taken) {
                last = taken;
            }
        }
        throw last;
    }

    /**
     * Gives the file the name {@code target} in one step that overwrites nothing. Its old name may still be there too:
     * deleting that is up to the caller.
     *
     * @throws FileAlreadyExistsException if the name is taken
     */
    void give(Path file, Path target) throws IOException {
        try {
            disk.link(file, target);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // Some file systems know no second names: there is no way then that both overwrites nothing and is one
            // step.
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(null);
            }
            disk.rename(file, target);
        }
    }

    private static Path temporary(Path directory) {
        return directory.resolve("." + UUID.randomUUID() + ".tmp");
    }

    private void write(Path temporary, byte[] content) throws IOException {
        shielded(() -> {
            try (FileChannel channel = disk.create(temporary)) {
                disk.write(channel, ByteBuffer.wrap(content));
                disk.force(channel);
            } catch (ClosedByInterruptException interrupted) {
                disk.delete(temporary);
                throw interrupted;
            }
        });
    }

    /**
     * Creates what is missing of the path, for the owner alone. Returns when it is on the disk: what is in a directory
     * whose own name is lost with the power is lost too.
     *
     * @throws StoreFailed if it is not there now, or the disk refused to keep it
     */
    void createDirectories(Path directory, String label) {
        List<Path> above = new ArrayList<>();
        Path missing = directory.toAbsolutePath();
        for (Path parent = missing.getParent(); parent != null && !Files.exists(missing); parent = parent.getParent()) {
            above.add(parent);
            missing = parent;
        }
        Modes.createDirectories(directory, label);
        try {
            for (Path parent : above) {
                force(parent);
            }
        } catch (AccessDeniedException notOurs) {
            // Its owner lets us enter it and not open it: there is no way to ask.
        } catch (IOException failed) {
            throw DiskTrouble.failure(failed, directory, 0, label);
        }
    }

    /** Returns when the directory's entries are on the disk. */
    void force(Path directory) throws IOException {
        shielded(() -> disk.forceDirectory(directory));
    }

    /** A step of a write. */
    private interface Step {
        void run() throws IOException;
    }

    /** An interrupt closes a channel under its writer: the step is done again, and the interrupt kept for later. */
    private static void shielded(Step step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    step.run();
                    return;
                } catch (ClosedByInterruptException again) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void remove(Path file) {
        try {
            disk.delete(file);
        } catch (IOException staysBehind) {
            // A stray temporary file does no harm: readers skip it, and the first failure is the one to report.
        }
    }
}
