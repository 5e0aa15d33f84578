package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.CredentialDirectory.Listing;
import io.github.codebuddy2api.filestore.CredentialDirectory.Seen;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the credential directory held when somebody last looked. Reading it is thread-safe; whoever looks must be alone,
 * which the caller sees to.
 */
final class CredentialLooks {
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    /** A large directory is looked at more rarely, so that looking takes at most about a twentieth of the time. */
    private static final int PAUSE_PER_LOOK = 20;

    private final Supplier<Path> path;
    private final AtomicFile writer;
    private final Time time;
    private final Consumer<CredentialScan> listener;
    /** Written by the one caller who looks; read by all. */
    private volatile State state;

    CredentialLooks(Supplier<Path> path, AtomicFile writer, Time time, Consumer<CredentialScan> listener) {
        this.path = path;
        this.writer = writer;
        this.time = time;
        this.listener = listener;
        this.state = State.nothing(new CredentialDirectory(path.get()), time.nanoTime());
    }

    /**
     * What the last look found.
     *
     * @param files all files that were looked at; never changed
     * @param quarantined what was taken out of use at the start
     */
    record State(
            CredentialDirectory directory,
            SortedMap<String, Seen> files,
            List<SkippedFile> quarantined,
            List<Credential> credentials,
            List<SkippedFile> skipped,
            @Nullable String trouble,
            long lookedAt,
            Duration pause) {
        private static State nothing(CredentialDirectory directory, long now) {
            return new State(directory, none(), List.of(), List.of(), List.of(), null, now, Duration.ZERO);
        }

        /** Where the files are. */
        Path path() {
            return directory.path();
        }
    }

    State state() {
        return state;
    }

    /** Whether it is time to look again, or the directory is another one now. */
    boolean isDue() {
        State now = state;
        return time.nanoTime() - now.lookedAt() >= now.pause().toNanos()
                || !now.path().equals(path.get());
    }

    /** The first look, at which the directory is tidied up. */
    void begin(CredentialTidying tidying) {
        Path directory = state.path();
        CredentialTidying.Result tidied = tidying.tidy(directory);
        look(state, tidied);
    }

    /** Looks at the whole directory. */
    void look() {
        State before = state;
        Path now = path.get();
        if (before.path().equals(now)) {
            look(before, new CredentialTidying.Result(0, 0, before.quarantined()));
            return;
        }
        State other = State.nothing(new CredentialDirectory(now), before.lookedAt());
        try {
            writer.createDirectories(now, "It");
        } catch (StoreFailed failed) {
            // Listing it fails next, and that is what is told.
        }
        look(
                new State(
                        other.directory(),
                        other.files(),
                        other.quarantined(),
                        before.credentials(),
                        before.skipped(),
                        before.trouble(),
                        before.lookedAt(),
                        before.pause()),
                new CredentialTidying.Result(0, 0, List.of()));
    }

    private void look(State before, CredentialTidying.Result tidied) {
        long begun = time.nanoTime();
        SortedMap<String, Seen> files = before.files();
        String trouble = null;
        try {
            Listing listing = before.directory().list();
            files = files(before.directory(), listing, before.files());
            trouble = listing.tooMany()
                    ? "it has more than " + CredentialDirectory.MAX_FILES + " files; the last ones by name are ignored"
                    : null;
        } catch (NoSuchFileException gone) {
            files = none();
            trouble = "it does not exist any more";
        } catch (IOException unreadable) {
            trouble = "it cannot be listed: " + DiskTrouble.of(unreadable);
        }
        long ended = time.nanoTime();
        Duration pause = Duration.ofNanos(Math.max(LEAST_PAUSE.toNanos(), PAUSE_PER_LOOK * (ended - begun)));
        enter(before, files, tidied, new Moment(trouble, ended, pause));
    }

    private SortedMap<String, Seen> files(CredentialDirectory directory, Listing listing, Map<String, Seen> before) {
        Instant now = time.instant();
        SortedMap<String, Seen> files = new TreeMap<>();
        listing.files().forEach((name, file) -> {
            Seen seen = directory.look(name, file, before.get(name), now);
            if (seen != null) {
                files.put(name, seen);
            }
        });
        return files;
    }

    /** Looks at one file, which we have just changed for example. */
    void lookAt(String name) {
        State before = state;
        SortedMap<String, Seen> files = new TreeMap<>(before.files());
        Path file = before.path().resolve(name);
        Seen seen = before.directory().look(name, file, before.files().get(name), time.instant());
        if (seen == null) {
            files.remove(name);
        } else {
            files.put(name, seen);
        }
        enter(
                before,
                files,
                new CredentialTidying.Result(0, 0, before.quarantined()),
                new Moment(before.trouble(), before.lookedAt(), before.pause()));
    }

    /** When a look ended, and what it says of the directory as a whole. */
    private record Moment(@Nullable String trouble, long lookedAt, Duration pause) {}

    /** Equal lists stay the very same: callers compare by identity. */
    private void enter(State before, SortedMap<String, Seen> files, CredentialTidying.Result tidied, Moment moment) {
        List<Credential> credentials = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>(tidied.quarantined());
        for (Seen seen : files.values()) {
            Stream.ofNullable(seen.credential()).forEach(credentials::add);
            Stream.ofNullable(seen.skipped()).forEach(skipped::add);
        }
        state = new State(
                before.directory(),
                Collections.unmodifiableSortedMap(files),
                tidied.quarantined(),
                credentials.equals(before.credentials()) ? before.credentials() : List.copyOf(credentials),
                skipped.equals(before.skipped()) ? before.skipped() : List.copyOf(skipped),
                moment.trouble(),
                moment.lookedAt(),
                moment.pause());
        report(before, state, tidied);
    }

    private void report(State before, State now, CredentialTidying.Result tidied) {
        int tightened = turned(before, now, Modes.Result.TIGHTENED);
        int stillOpen = turned(before, now, Modes.Result.STILL_WIDE);
        boolean changed = !now.credentials().equals(before.credentials())
                || !now.skipped().equals(before.skipped())
                || tightened + stillOpen + tidied.swept() + tidied.moved() > 0
                || !Objects.equals(now.trouble(), before.trouble());
        if (changed) {
            List<SkippedFile> newlySkipped = now.skipped().stream()
                    .filter(file -> !before.skipped().contains(file))
                    .toList();
            listener.accept(new CredentialScan(
                    now.credentials().size(),
                    newlySkipped,
                    tightened,
                    stillOpen,
                    tidied.swept(),
                    tidied.moved(),
                    now.trouble()));
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

    private static SortedMap<String, Seen> none() {
        return Collections.unmodifiableSortedMap(new TreeMap<>());
    }
}
