package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.spi.RestStore;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The rests in {@code .rests}, beside the credential files: hidden and not called {@code .json}, so that no program takes
 * it for a credential. It holds no token, only fingerprints. Thread-safe.
 */
public final class RestFile implements RestStore {
    static final String NAME = ".rests";
    private static final String LABEL = "The list of resting credentials";

    private final Supplier<Path> directory;
    private final Consumer<String> warnings;
    private final AtomicFile writer;
    private final CredentialJson json = new CredentialJson();
    /** Held over I/O, so that the file has one writer; no request waits for it. */
    private final ReentrantLock alone = new ReentrantLock();

    /**
     * The file in the directory that {@code directory} names.
     *
     * @param warnings hears, in a sentence that is safe to log, of a file that cannot be read
     */
    public RestFile(Supplier<Path> directory, Consumer<String> warnings) {
        this(directory, warnings, new LocalDisk());
    }

    RestFile(Supplier<Path> directory, Consumer<String> warnings, Disk disk) {
        this.directory = directory;
        this.warnings = warnings;
        this.writer = new AtomicFile(disk);
    }

    @Override
    public List<StoredRest> load() {
        alone.lock();
        try {
            return read(directory.get().resolve(NAME));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (NotCredential broken) {
            warnings.accept("the list of resting credentials is not used: " + broken.getMessage());
            return List.of();
        } catch (IOException unreadable) {
            warnings.accept("the list of resting credentials cannot be read: " + DiskTrouble.of(unreadable));
            return List.of();
        } finally {
            alone.unlock();
        }
    }

    private List<StoredRest> read(Path file) throws IOException, NotCredential {
        if (FileStamp.of(file).kind() != FileStamp.Kind.FILE) {
            throw new NotCredential("it is not a file of its own");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return RestShape.read(json.read(in.readNBytes(CredentialJson.MAX_BYTES + 1)));
        }
    }

    /** A folder that is gone is not made again for this: it may come back, and then the credentials with it. */
    @Override
    public void save(List<StoredRest> rests) {
        alone.lock();
        try {
            Path at = directory.get();
            if (!Files.isDirectory(at)) {
                throw new StoreFailed(StoreFailed.Obstacle.OTHER, LABEL + " has no folder to be in.", null);
            }
            if (!rests.isEmpty() || Files.exists(at.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
                writer.replace(at.resolve(NAME), json.write(RestShape.write(rests), Map.of()), LABEL);
            }
        } finally {
            alone.unlock();
        }
    }
}
