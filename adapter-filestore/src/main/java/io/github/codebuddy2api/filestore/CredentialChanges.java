package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.CredentialDirectory.Content;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes, moves and notes credential files; after each change the directory is looked at. Not thread-safe. */
final class CredentialChanges {
    static final String DIRECTORY = "The directory of the credential files";
    static final String QUARANTINE = ".quarantine";

    private static final String TRASH = ".trash";
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String LABEL = "The credential";

    private final CredentialLooks looks;
    private final Time time;
    private final AtomicFile writer;
    private final SetAside trash;
    private final RefreshNotes notes;
    private final CredentialJson json = new CredentialJson();
    /** What the credentials under refresh were when their refresh began. */
    private final Map<CredentialId, Begun> refreshing = new HashMap<>();

    CredentialChanges(CredentialLooks looks, Disk disk, Time time) {
        this.looks = looks;
        this.time = time;
        this.writer = new AtomicFile(disk);
        this.trash = new SetAside(TRASH, disk);
        this.notes = new RefreshNotes(disk);
    }

    /** A refresh that was noted: where the credential's file was, and what it held. */
    private record Begun(Path directory, Credential credential) {}

    Credential add(NewCredential credential) {
        Instant now = time.instant();
        byte[] content = bytes(CredentialDraft.of(credential, now));
        looks.look();
        int count = looks.state().files().size();
        if (count >= CredentialDirectory.MAX_FILES) {
            throw new StoreFailed(
                    StoreFailed.Obstacle.FULL,
                    LABEL + " could not be saved: there are " + CredentialDirectory.MAX_FILES + " files already.",
                    null);
        }
        writer.createDirectories(directory(), DIRECTORY);
        Path file =
                writer.create(directory(), CredentialFileNames.of(credential, count, inTrash(), now), content, LABEL);
        String name = String.valueOf(file.getFileName());
        looks.lookAt(name);
        return stored(new CredentialId(CredentialDirectory.id(name)))
                .orElseThrow(() -> failed("it could not be read back"));
    }

    /** The names of what was deleted lately: an owner may still see that, and what he does to it must not hit another. */
    private Set<String> inTrash() {
        try {
            return trash.entries(directory()).stream().map(SetAside.Entry::name).collect(Collectors.toSet());
        } catch (IOException unreadable) {
            return Set.of(); // It is no reason to add nothing more, and nothing can be deleted into it either.
        }
    }

    boolean replace(Credential credential) {
        Optional<Credential> known = find(credential.id());
        Begun begun = refreshing.get(credential.id());
        if (begun == null && known.isEmpty()) {
            requireThere(directory());
            forgetRefresh(credential.id());
            return false;
        }
        // Where the refresh began, the refresh token is used up: the new one belongs there, whatever is in use now.
        Path directory = begun == null ? directory() : begun.directory();
        Credential base = begun == null ? known.orElseThrow() : begun.credential();
        boolean there;
        try {
            there = write(new CredentialDirectory(directory), base, credential);
        } finally {
            if (directory.equals(directory())) {
                looks.lookAt(base.name());
            }
        }
        forgetRefresh(credential.id());
        return there;
    }

    /** A directory that is gone or cannot be listed, an unmounted one for example, does not say that a file is gone. */
    private static void requireThere(Path directory) {
        try {
            new CredentialDirectory(directory).list();
        } catch (NoSuchFileException gone) {
            throw failed("its directory does not exist");
        } catch (IOException unreadable) {
            throw DiskTrouble.failure(unreadable, directory, 0, LABEL);
        }
    }

    private boolean write(CredentialDirectory directory, Credential base, Credential credential) {
        Path file = directory.path().resolve(base.name());
        ObjectNode changed;
        try {
            Content content = directory.read(base.name());
            if (isNewer(content.credential(), base, credential)) {
                return true;
            }
            Credential there = content.credential();
            Credential wanted =
                    credential.with(CredentialRewrite.merged(base.account(), there.account(), credential.account()));
            changed = CredentialRewrite.rewritten(content.object(), there, wanted, time.instant());
        } catch (NoSuchFileException gone) {
            requireThere(directory.path());
            return false;
        } catch (NotCredential changedByOthers) {
            changed = afresh(file, credential, changedByOthers);
        } catch (IOException unreadable) {
            throw DiskTrouble.failure(unreadable, directory.path(), 0, LABEL);
        }
        writer.replace(file, bytes(changed), LABEL);
        return true;
    }

    /**
     * Whether another program has put something into the file since {@code base} was read that must not be overwritten:
     * a newer token, or another person's.
     */
    private static boolean isNewer(Credential there, Credential base, Credential credential) {
        if (there.accessToken().equals(base.accessToken())
                || there.accessToken().equals(credential.accessToken())) {
            return false;
        }
        String uid = there.account().uid();
        boolean another = uid != null
                && base.account().uid() != null
                && !uid.equals(base.account().uid());
        return another || isLater(there, credential);
    }

    private static boolean isLater(Credential there, Credential credential) {
        Instant issued = there.tokens().issuedAt();
        Instant ours = credential.tokens().issuedAt();
        if (issued != null && ours != null) {
            return issued.isAfter(ours);
        }
        Instant end = there.tokens().expiresAt();
        Instant ourEnd = credential.tokens().expiresAt();
        return end != null && ourEnd != null && end.isAfter(ourEnd);
    }

    /** A file that was torn a while ago is written anew; one that is torn this moment is somebody's unfinished work. */
    private ObjectNode afresh(Path file, Credential credential, NotCredential why) {
        try {
            if (why.isTorn() && FileStamp.of(file).isSettled(time.instant())) {
                ObjectNode draft = CredentialDraft.of(
                        new NewCredential(credential.tokens(), credential.account(), NewCredential.Origin.LOGIN, null),
                        time.instant());
                return CredentialRewrite.labelled(draft, credential.label());
            }
        } catch (IOException unreadable) {
            throw DiskTrouble.failure(unreadable, directory(), 0, LABEL);
        }
        throw failed("another program changed its file, and now " + why.getMessage());
    }

    /** A file that is no credential this moment is left alone: it is somebody's unfinished work, or torn. */
    boolean rename(CredentialId id, @Nullable CredentialLabel label) {
        Optional<Credential> known = find(id);
        if (known.isEmpty()) {
            requireThere(directory());
            return false;
        }
        String name = known.get().name();
        try {
            ObjectNode object = new CredentialDirectory(directory()).read(name).object();
            writer.replaceOrKeep(directory().resolve(name), bytes(CredentialRewrite.labelled(object, label)), LABEL);
            return true;
        } catch (NoSuchFileException gone) {
            requireThere(directory());
            return false;
        } catch (NotCredential changedByOthers) {
            throw failed("another program changed its file, and now " + changedByOthers.getMessage());
        } catch (IOException unreadable) {
            throw DiskTrouble.failure(unreadable, directory(), 0, LABEL);
        } finally {
            looks.lookAt(name);
        }
    }

    boolean delete(CredentialId id) {
        Optional<Credential> known = find(id);
        if (known.isEmpty()) {
            return false;
        }
        String name = known.get().name();
        try {
            sweepTrash();
            trash.put(directory(), name, time.instant());
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException refused) {
            String trouble = DiskTrouble.ofWrite(refused, directory(), 0);
            throw new StoreFailed(DiskTrouble.reason(trouble), LABEL + " could not be deleted: " + trouble + ".", null);
        } finally {
            looks.lookAt(name);
        }
        forgetRefresh(id);
        return true;
    }

    boolean restore(CredentialId id) {
        sweepTrash();
        try {
            Optional<SetAside.Entry> entry = trash.newest(
                    directory(), name -> CredentialDirectory.id(name).equals(id.value()));
            boolean restored = entry.isPresent() && trash.takeBack(entry.get(), directory());
            entry.ifPresent(back -> looks.lookAt(back.name()));
            return restored;
        } catch (IOException refused) {
            String trouble = DiskTrouble.ofWrite(refused, directory(), 0);
            throw new StoreFailed(
                    DiskTrouble.reason(trouble), LABEL + " could not be brought back: " + trouble + ".", null);
        }
    }

    void sweepTrash() {
        try {
            trash.sweep(directory(), KEPT, time.instant());
        } catch (IOException notNow) {
            // Nobody waits for it, and the next call tries again.
        }
    }

    void noteRefresh(CredentialId id) {
        Credential credential = find(id).orElseThrow(() -> new StoreFailed(
                StoreFailed.Obstacle.OTHER,
                "The note of a refresh could not be saved: the credential is not stored any more.",
                null));
        notes.put(directory(), credential);
        refreshing.put(id, new Begun(directory(), credential));
    }

    void forgetRefresh(CredentialId id) {
        Begun begun = refreshing.remove(id);
        if (CredentialDirectory.isId(id.value())) {
            notes.remove(begun == null ? directory() : begun.directory(), id);
        }
    }

    Set<CredentialId> unfinishedRefreshes() {
        Map<CredentialId, String> noted = notes.all(directory());
        return looks.state().credentials().stream()
                .filter(credential -> RefreshNotes.isAbout(noted.get(credential.id()), credential))
                .map(Credential::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Credential> find(CredentialId id) {
        Optional<Credential> known = stored(id);
        if (known.isEmpty()) {
            looks.look();
            return stored(id);
        }
        return known;
    }

    private Optional<Credential> stored(CredentialId id) {
        return looks.state().credentials().stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst();
    }

    private byte[] bytes(ObjectNode object) {
        byte[] bytes = json.write(object, Map.of());
        if (bytes.length > CredentialJson.MAX_BYTES) {
            throw failed("its file would be larger than 1 MiB");
        }
        return bytes;
    }

    private static StoreFailed failed(String reason) {
        return new StoreFailed(StoreFailed.Obstacle.OTHER, LABEL + " could not be saved: " + reason + ".", null);
    }

    private Path directory() {
        return looks.state().path();
    }
}
