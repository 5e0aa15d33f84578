package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hidden folder for files that were taken out of use, each as {@code <seconds since 1970>_<its name>}. Moving needs no
 * room on the disk. Not thread-safe.
 */
final class SetAside {
    /** More entries than this are not looked at. */
    static final int MAX_ENTRIES = 10_000;

    private static final Pattern NAME = Pattern.compile("([0-9]{1,12})_(.+)", Pattern.DOTALL);
    private static final int TRIES = 1_000;

    private final String folder;
    private final Disk disk;
    private final AtomicFile writer;

    SetAside(String folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        this.writer = new AtomicFile(disk);
    }

    /** A file in the folder: what it was called, and when it was put there. */
    record Entry(Path file, String name, Instant since) {}

    /**
     * Moves {@code file} from {@code directory} into the folder. Returns when that is on the disk.
     *
     * @throws IOException if it could not be moved; it is where it was then, unless the disk refused that too
     */
    void put(Path directory, String name, Instant now) throws IOException {
        Path into = directory.resolve(folder);
        try {
            writer.createDirectories(into, "The folder " + folder);
        } catch (StoreFailed failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (!Files.isDirectory(into, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(null);
        }
        move(directory.resolve(name), free(into, name, now), directory, into);
    }

    /**
     * Moves an entry back into {@code directory}.
     *
     * @return whether its place was free
     */
    boolean takeBack(Entry entry, Path directory) throws IOException {
        Path place = directory.resolve(entry.name());
        Path from = directory.resolve(folder);
        try {
            writer.give(entry.file(), place);
        } catch (FileAlreadyExistsException taken) {
            if (!isBackAlready(entry, directory)) {
                return false;
            }
        }
        try {
            writer.force(directory); // A file whose old name goes first could lose both with the power.
            disk.delete(entry.file());
            writer.force(from);
        } catch (IOException notForGood) {
            takeAgain(place, entry.file());
            throw notForGood;
        }
        return true;
    }

    /** Whether a crash came between the new name of a file that was taken back and the end of its old one. */
    private static boolean isBackAlready(Entry entry, Path directory) throws IOException {
        Path place = directory.resolve(entry.name());
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(place, entry.file());
    }

    private void takeAgain(Path place, Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            disk.delete(place);
        } else {
            disk.rename(place, file);
        }
    }

    private void move(Path from, Path to, Path fromDirectory, Path toDirectory) throws IOException {
        disk.rename(from, to);
        try {
            writer.force(toDirectory);
            writer.force(fromDirectory);
        } catch (IOException notForGood) {
            disk.rename(to, from);
            throw notForGood;
        }
    }

    private static Path free(Path folder, String name, Instant now) throws IOException {
        for (long second = now.getEpochSecond(), last = second + TRIES; second < last; second++) {
            Path place = folder.resolve(second + "_" + name);
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return place;
            }
        }
        throw new IOException("every name is taken");
    }

    /** The newest entry that had a name like this. */
    Optional<Entry> newest(Path directory, Predicate<String> name) throws IOException {
        return entries(directory).stream()
                .filter(entry -> name.test(entry.name()))
                .max(Comparator.comparing(Entry::since));
    }

    /** Deletes for good what was put there longer than {@code age} ago, and the second name of what is back already. */
    void sweep(Path directory, Duration age, Instant now) throws IOException {
        boolean isAnyBack = false;
        for (Entry entry : entries(directory)) {
            boolean isBack = isBackAlready(entry, directory);
            isAnyBack |= isBack;
            if (isBack || entry.since().plus(age).isBefore(now)) {
                disk.delete(entry.file());
            }
        }
        if (isAnyBack) {
            writer.force(directory.resolve(folder)); // When the file has changed, nobody could tell what this was.
        }
    }

    /** The files in the folder, in no order. */
    List<Entry> entries(Path directory) throws IOException {
        Path from = directory.resolve(folder);
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                boolean ours = name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                if (ours && entries.size() < MAX_ENTRIES) {
                    entries.add(new Entry(file, name.group(2), Instant.ofEpochSecond(Long.parseLong(name.group(1)))));
                }
            }
        } catch (NoSuchFileException gone) {
            return entries;
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return entries;
    }
}
