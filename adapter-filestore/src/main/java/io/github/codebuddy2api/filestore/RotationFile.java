package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.RotationStore;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The owner's choices in {@code manager_state.json}, beside the credential files: the original's file, with members more
 * that the original passes over (surface contract, B.5). Members we do not know are kept. Thread-safe.
 */
public final class RotationFile implements RotationStore {
    private static final String LABEL = "The choice of the credential";

    private final Supplier<Path> directory;
    private final CredentialStore credentials;
    private final Time time;
    private final Consumer<String> warnings;
    private final AtomicFile writer;
    private final SetAside quarantine;
    private final CredentialJson json = new CredentialJson();
    /** Held over I/O, so that the file has one writer; no request waits for it. */
    private final ReentrantLock alone = new ReentrantLock();

    /**
     * The file in the directory that {@code directory} names.
     *
     * @param credentials tells which file is which credential
     * @param warnings hears, in a sentence that is safe to log, of a file that cannot be read
     */
    public RotationFile(Supplier<Path> directory, CredentialStore credentials, Time time, Consumer<String> warnings) {
        this(directory, credentials, time, warnings, new LocalDisk());
    }

    RotationFile(
            Supplier<Path> directory, CredentialStore credentials, Time time, Consumer<String> warnings, Disk disk) {
        this.directory = directory;
        this.credentials = credentials;
        this.time = time;
        this.warnings = warnings;
        this.writer = new AtomicFile(disk);
        this.quarantine = new SetAside(CredentialChanges.QUARANTINE, disk);
    }

    @Override
    public RotationState load() {
        alone.lock();
        try {
            return read(directory.get())
                    .map(file -> RotationShape.read(file, credentials.all()))
                    .orElse(RotationState.INITIAL);
        } catch (NotCredential broken) {
            warnings.accept(CredentialDirectory.STATE_FILE + " is not used: " + broken.getMessage());
            return RotationState.INITIAL;
        } catch (IOException unreadable) {
            warnings.accept(CredentialDirectory.STATE_FILE + " cannot be read: " + DiskTrouble.of(unreadable));
            return RotationState.INITIAL;
        } finally {
            alone.unlock();
        }
    }

    @Override
    public void save(RotationState state) {
        List<Credential> stored = credentials.all();
        alone.lock();
        try {
            Path at = directory.get();
            writer.createDirectories(at, CredentialChanges.DIRECTORY);
            ObjectNode file = before(at);
            RotationShape.write(file, state, stored, time.instant());
            writer.replaceOrKeep(at.resolve(CredentialDirectory.STATE_FILE), json.write(file, Map.of()), LABEL);
        } finally {
            alone.unlock();
        }
    }

    /** What is there so far. What cannot be read is put aside, so that its owner can look at it. */
    private ObjectNode before(Path at) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        try {
            return read(at).orElse(nothing);
        } catch (NotCredential broken) {
            putAside(at);
            return nothing;
        } catch (IOException unreadable) {
            throw DiskTrouble.failure(unreadable, at, 0, LABEL);
        }
    }

    private void putAside(Path at) {
        try {
            quarantine.put(at, CredentialDirectory.STATE_FILE, time.instant());
        } catch (IOException refused) {
            throw DiskTrouble.failure(refused, at, 0, LABEL);
        }
    }

    private Optional<ObjectNode> read(Path at) throws IOException, NotCredential {
        Path file = at.resolve(CredentialDirectory.STATE_FILE);
        try {
            FileStamp.Kind kind = FileStamp.of(file).kind();
            if (kind != FileStamp.Kind.FILE) {
                throw new NotCredential("it is not a file of its own");
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(json.read(in.readNBytes(CredentialJson.MAX_BYTES + 1)));
            }
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
