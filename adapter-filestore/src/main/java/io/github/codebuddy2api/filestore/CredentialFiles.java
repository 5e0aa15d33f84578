package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.CredentialDirectory.Listing;
import io.github.codebuddy2api.filestore.CredentialDirectory.Seen;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The credential files of one directory: every {@code *.json} directly inside, by file name. Files that come, change or
 * go are noticed when somebody asks, at most once a second; a file that is no credential is skipped with a reason.
 * The directory itself may be a link, since its owner named it; nothing in it is followed. Thread-safe; no lock is held, and one caller at a time looks at the disk while the others get the list as it was.
 */
public final class CredentialFiles implements CredentialStore {
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    /** A large directory is looked at more rarely, so that looking takes at most about a twentieth of the time. */
    private static final int PAUSE_PER_LOOK = 20;

    private final CredentialDirectory directory;
    private final Time time;
    private final Consumer<CredentialScan> listener;
    private final AtomicBoolean looking = new AtomicBoolean();
    /** Written by the one caller who looks; read by all. */
    private volatile State state;

    /**
     * The credentials in {@code directory}, which is created (mode 0700) if it is missing and read at once.
     *
     * @param listener hears of every look that changed something, on the thread of the caller who looked
     * @throws StoreFailed if the directory cannot be created
     */
    public CredentialFiles(Path directory, Time time, Consumer<CredentialScan> listener) {
        Modes.createDirectories(directory, "The directory of the credential files");
        this.directory = new CredentialDirectory(directory);
        this.time = time;
        this.listener = listener;
        this.state = new State(Map.of(), List.of(), List.of(), null, time.nanoTime(), Duration.ZERO);
        look();
    }

    /** What the last look found. */
    private record State(
            Map<String, Seen> files,
            List<Credential> credentials,
            List<SkippedFile> skipped,
            @Nullable String trouble,
            long lookedAt,
            Duration pause) {}

    @Override
    public List<Credential> all() {
        lookIfDue();
        return state.credentials();
    }

    @Override
    public List<Credential> allNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Credential add(NewCredential credential) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean replace(Credential credential) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(CredentialId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean restore(CredentialId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void noteRefresh(CredentialId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forgetRefresh(CredentialId id) {}

    @Override
    public Set<CredentialId> unfinishedRefreshes() {
        return Set.of();
    }

    /** The files that are not used, by file name; the same list as long as nothing changed. */
    public List<SkippedFile> skipped() {
        lookIfDue();
        return state.skipped();
    }

    private void lookIfDue() {
        if (!isDue() || !looking.compareAndSet(false, true)) {
            return;
        }
        try {
            if (isDue()) {
                look();
            }
        } finally {
            looking.set(false);
        }
    }

    private boolean isDue() {
        State now = state;
        return time.nanoTime() - now.lookedAt() >= now.pause().toNanos();
    }

    private void look() {
        long begun = time.nanoTime();
        State before = state;
        Map<String, Seen> files = before.files();
        String trouble = null;
        try {
            Listing listing = directory.list();
            files = files(listing, before.files());
            trouble = listing.tooMany()
                    ? "it has more than " + CredentialDirectory.MAX_FILES + " files; the last ones by name are ignored"
                    : null;
        } catch (NoSuchFileException gone) {
            files = Map.of();
            trouble = "it does not exist any more";
        } catch (IOException unreadable) {
            trouble = "it cannot be listed: " + DiskTrouble.of(unreadable);
        }
        state = next(before, files, trouble, begun);
        report(before, state);
    }

    private Map<String, Seen> files(Listing listing, Map<String, Seen> before) {
        Instant now = time.instant();
        Map<String, Seen> files = new LinkedHashMap<>();
        listing.files().forEach((name, file) -> {
            Seen seen = directory.look(name, file, before.get(name), now);
            if (seen != null) {
                files.put(name, seen);
            }
        });
        return files;
    }

    /** Equal lists stay the very same: callers compare by identity. */
    private State next(State before, Map<String, Seen> files, @Nullable String trouble, long begun) {
        List<Credential> credentials = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>();
        for (Seen seen : files.values()) {
            if (seen.credential() != null) {
                credentials.add(seen.credential());
            }
            if (seen.skipped() != null) {
                skipped.add(seen.skipped());
            }
        }
        long ended = time.nanoTime();
        Duration pause = Duration.ofNanos(Math.max(LEAST_PAUSE.toNanos(), PAUSE_PER_LOOK * (ended - begun)));
        return new State(
                files,
                credentials.equals(before.credentials()) ? before.credentials() : List.copyOf(credentials),
                skipped.equals(before.skipped()) ? before.skipped() : List.copyOf(skipped),
                trouble,
                ended,
                pause);
    }

    private void report(State before, State now) {
        int tightened = turned(before, now, Modes.Result.TIGHTENED);
        int stillOpen = turned(before, now, Modes.Result.STILL_WIDE);
        boolean changed = !now.credentials().equals(before.credentials())
                || !now.skipped().equals(before.skipped())
                || tightened + stillOpen > 0
                || !Objects.equals(now.trouble(), before.trouble());
        if (changed) {
            List<SkippedFile> newlySkipped = now.skipped().stream()
                    .filter(file -> !before.skipped().contains(file))
                    .toList();
            listener.accept(
                    new CredentialScan(now.credentials().size(), newlySkipped, tightened, stillOpen, now.trouble()));
        }
    }

    private static int turned(State before, State now, Modes.Result mode) {
        return (int) now.files().entrySet().stream()
                .filter(file -> file.getValue().mode() == mode)
                .filter(file -> {
                    Seen earlier = before.files().get(file.getKey());
                    return earlier == null || earlier.mode() != mode;
                })
                .count();
    }
}
