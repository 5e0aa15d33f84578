package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a service the only one of its home: everything in it has one writer. The system takes the lock back however the
 * process ends; the empty file stays, because removing it could take a new owner's lock away.
 */
final class HomeLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HomeLock.class);
    private static final String NAME = ".service.lock";
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final FileChannel file;

    private HomeLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock in the folder of the configuration, which is made if it is missing: in a container it is one of the
     * few places that can be written.
     *
     * @throws StoreFailed if another service has it, or the file cannot be made
     */
    static HomeLock take(Path home) {
        Path folder = home.resolve("config");
        try {
            Files.createDirectories(folder, modes(folder, "rwx------"));
            Path file = folder.resolve(NAME);
            FileChannel channel = FileChannel.open(file, OPTIONS, modes(file, "rw-------"));
            return lock(channel, home);
        } catch (IOException broken) {
            throw new StoreFailed(
                    StoreFailed.Obstacle.OTHER,
                    "%s cannot be written (%s): give the user of this service the right to."
                            .formatted(folder, broken.getClass().getSimpleName()),
                    broken);
        }
    }

    private static HomeLock lock(FileChannel channel, Path home) throws IOException {
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException ours) {
            // Another service in this very process has it.
        } catch (IOException unsupported) {
            LOG.warn("this folder cannot be locked: see to it that no second service runs with --home {}", home);
            taken = true;
        }
        if (taken) {
            return new HomeLock(channel);
        }
        channel.close();
        throw new StoreFailed(
                StoreFailed.Obstacle.OTHER,
                "another CodeBuddy2API runs with %s already: stop it, or give this one another --home.".formatted(home),
                null);
    }

    private static FileAttribute<?>[] modes(Path place, String mode) {
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException gone) {
            LOG.debug("the lock of the home was gone before the service was");
        }
    }
}
