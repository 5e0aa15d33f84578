package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Replaces a file as a whole: after a crash at any moment it holds the old content or the new, never a mixture. The
 * temporary file stands beside it under a name that starts with a dot and ends in {@code .tmp}, which every reader here
 * skips. There must be one writer per file.
 */
final class AtomicFile {
    private final Disk disk;

    AtomicFile(Disk disk) {
        this.disk = disk;
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
        Path temporary = directory.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            write(temporary, content);
            disk.rename(temporary, target);
            disk.forceDirectory(directory);
        } catch (IOException failed) {
            remove(temporary);
            String trouble = DiskTrouble.ofWrite(failed, directory, content.length);
            throw new StoreFailed(DiskTrouble.reason(trouble), label + " could not be saved: " + trouble + ".", null);
        }
    }

    private void write(Path temporary, byte[] content) throws IOException {
        try (FileChannel channel = disk.create(temporary)) {
            disk.write(channel, ByteBuffer.wrap(content));
            disk.force(channel);
        }
    }

    private void remove(Path temporary) {
        try {
            disk.delete(temporary);
        } catch (IOException staysBehind) {
            // A stray temporary file does no harm: readers skip it, and the first failure is the one to report.
        }
    }
}
