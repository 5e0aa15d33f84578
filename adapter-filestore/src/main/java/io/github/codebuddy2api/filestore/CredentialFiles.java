package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.UnusableCredential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The credential files of one directory: every {@code *.json} directly inside, by file name. Files that come, change or
 * go are noticed when somebody asks, at most once a second; a file that is no credential is skipped with a reason.
 * The directory itself may be a link, since its owner named it; nothing in it is followed. Thread-safe: one caller at a
 * time looks or writes, and meanwhile {@link #all()} gives the others the list as it was.
 */
public final class CredentialFiles implements CredentialStore {
    private final CredentialLooks looks;
    private final CredentialChanges changes;
    /** Held over I/O, so that each file has one writer; no request waits for it. */
    private final ReentrantLock alone = new ReentrantLock();

    /**
     * The credentials in the directory that {@code directory} names, which is created (mode 0700) if it is missing and
     * read at once. When it names another one, the next look is at that.
     *
     * @param listener hears of every look that changed something, on the thread of the caller who looked
     * @throws StoreFailed if the directory cannot be created
     */
    public CredentialFiles(Supplier<Path> directory, Time time, Consumer<CredentialScan> listener) {
        this(directory, time, listener, new LocalDisk());
    }

    /** The same for a directory that stays the same. */
    public CredentialFiles(Path directory, Time time, Consumer<CredentialScan> listener) {
        this(() -> directory, time, listener);
    }

    /**
     * The same for a program that runs beside the one that the directory belongs to: it tidies nothing up, because the
     * other may be in the middle of writing.
     */
    public static CredentialFiles beside(Path directory, Time time) {
        return new CredentialFiles(() -> directory, time, new LocalDisk());
    }

    private CredentialFiles(Supplier<Path> directory, Time time, Disk disk) {
        AtomicFile writer = new AtomicFile(disk);
        writer.createDirectories(directory.get(), CredentialChanges.DIRECTORY);
        this.looks = new CredentialLooks(directory, writer, time, scan -> {});
        this.changes = new CredentialChanges(looks, disk, time);
        looks.look();
    }

    CredentialFiles(Supplier<Path> directory, Time time, Consumer<CredentialScan> listener, Disk disk) {
        AtomicFile writer = new AtomicFile(disk);
        writer.createDirectories(directory.get(), CredentialChanges.DIRECTORY);
        this.looks = new CredentialLooks(directory, writer, time, listener);
        this.changes = new CredentialChanges(looks, disk, time);
        changes.sweepTrash();
        looks.begin(new CredentialTidying(new SetAside(CredentialChanges.QUARANTINE, disk), disk, time));
    }

    @Override
    public List<Credential> all() {
        lookIfDue();
        return looks.state().credentials();
    }

    @Override
    public List<Credential> allNow() {
        return alone(() -> {
            looks.look();
            return looks.state().credentials();
        });
    }

    @Override
    public Credential add(NewCredential credential) {
        return alone(() -> changes.add(credential));
    }

    @Override
    public boolean replace(Credential credential) {
        return alone(() -> changes.replace(credential));
    }

    @Override
    public boolean rename(CredentialId id, @Nullable CredentialLabel label) {
        return alone(() -> changes.rename(id, label));
    }

    @Override
    public boolean delete(CredentialId id) {
        return alone(() -> changes.delete(id));
    }

    @Override
    public boolean restore(CredentialId id) {
        return alone(() -> changes.restore(id));
    }

    @Override
    public void noteRefresh(CredentialId id) {
        alone(() -> {
            changes.noteRefresh(id);
            return id;
        });
    }

    @Override
    public void forgetRefresh(CredentialId id) {
        alone(() -> {
            changes.forgetRefresh(id);
            return id;
        });
    }

    @Override
    public Set<CredentialId> unfinishedRefreshes() {
        return alone(changes::unfinishedRefreshes);
    }

    /**
     * The files that are not used, by file name, after those that were moved to {@code .quarantine}; the same list as
     * long as nothing changed.
     */
    public List<SkippedFile> skipped() {
        lookIfDue();
        return looks.state().skipped();
    }

    @Override
    public List<UnusableCredential> unusable() {
        return skipped().stream()
                .map(file -> new UnusableCredential(file.name(), file.reason()))
                .toList();
    }

    private void lookIfDue() {
        if (!looks.isDue() || !alone.tryLock()) {
            return;
        }
        try {
            if (looks.isDue()) {
                looks.look();
            }
        } finally {
            alone.unlock();
        }
    }

    private <T> T alone(Supplier<T> work) {
        alone.lock();
        try {
            return work.get();
        } finally {
            alone.unlock();
        }
    }
}
