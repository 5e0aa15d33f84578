package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second gateway off a directory: two would use up each other's refresh tokens. The lock is the system's own, on
 * the file {@code .lock}, so it ends with the process however that ends; the file stays. Thread-safe.
 */
public final class HomeLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final @Nullable FileChannel channel;

    private HomeLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks the directory, which is created (mode 0700) if it is missing. Where files cannot be locked, or nothing can
     * be written anyway, the answer is a lock that is not held.
     *
     * @throws StoreFailed if another program holds the lock, or the directory cannot be created
     */
    public static HomeLock take(Path directory) {
        Modes.createDirectories(directory, "The directory " + directory.getFileName());
        return open(directory.resolve(NAME)).map(HomeLock::locked).orElseGet(() -> new HomeLock(null));
    }

    private static Optional<FileChannel> open(Path file) {
        try {
            return Optional.of(FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    Modes.ofNewFile()));
        } catch (IOException notWritable) {
            return Optional.empty();
        }
    }

    private static HomeLock locked(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new HomeLock(channel);
            }
        } catch (OverlappingFileLockException heldByUs) {
            close(channel);
            throw taken();
        } catch (IOException notSupported) {
            close(channel);
            return new HomeLock(null);
        }
        close(channel);
        throw taken();
    }

    private static StoreFailed taken() {
        return new StoreFailed(
                StoreFailed.Obstacle.OTHER,
                "Another CodeBuddy2API already uses this directory: stop it first, or give this one another home.",
                null);
    }

    /** Whether nobody else can take it now. */
    public boolean isHeld() {
        return channel != null && channel.isOpen();
    }

    @Override
    public void close() {
        if (channel != null) {
            close(channel);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException notClosed) {
            // The lock ends with the process at the latest.
        }
    }
}
