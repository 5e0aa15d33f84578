package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a service the only one of its home: everything in it has one writer. The system takes the lock back however the
 * process ends; the file stays, and is empty then, because removing it could take a new owner's lock away.
 */
final class HomeLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HomeLock.class);
    private static final String NAME = ".service.lock";
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final int MAX_ADDRESS_BYTES = 512;

    private final @Nullable FileChannel file;

    private HomeLock(@Nullable FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock in the folder of the configuration, which is made if it is missing: in a container it is one of the
     * few places that can be written. Where it cannot, there is a warning and no lock.
     *
     * @throws StoreFailed if another service has it, or the file cannot be made though the folder can be written
     */
    static HomeLock take(Path home) {
        Path folder = home.resolve("config");
        try {
            Files.createDirectories(folder, modes(folder, "rwx------"));
            Path file = folder.resolve(NAME);
            FileChannel channel = FileChannel.open(file, OPTIONS, modes(file, "rw-------"));
            return lock(channel, home);
        } catch (IOException broken) {
            if (broken instanceof AccessDeniedException || !Files.isWritable(folder)) {
                LOG.warn("{} cannot be written: see to it that no second service runs with --home {}", folder, home);
                return new HomeLock(null);
            }
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
            channel.truncate(0);
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

    /** Notes where the service of this home listens, for as long as it does; without a lock nothing is noted. */
    void tell(String address) {
        if (file == null) {
            return;
        }
        try {
            file.write(ByteBuffer.wrap(address.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException full) {
            LOG.warn("where the service listens cannot be noted, so `health` asks where config.yaml says");
        }
    }

    /** Where the service of this home listens, if it has noted that. */
    static Optional<URI> address(Path home) {
        try (InputStream in = Files.newInputStream(home.resolve("config").resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
            URI noted = new URI(new String(in.readNBytes(MAX_ADDRESS_BYTES), StandardCharsets.US_ASCII));
            return Optional.of(noted).filter(address -> address.getHost() != null && address.getPort() > 0);
        } catch (IOException | URISyntaxException nothingNoted) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try (FileChannel closing = file) {
            closing.truncate(0);
        } catch (IOException gone) {
            LOG.debug("the lock of the home was gone before the service was");
        }
    }
}
