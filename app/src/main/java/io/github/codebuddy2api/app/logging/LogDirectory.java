package io.github.codebuddy2api.app.logging;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of the log. Everything made here is for its owner alone. Nothing here is interruptible: a caller whose
 * thread is interrupted must not close the log for everybody.
 */
final class LogDirectory {
    private static final int MAX_SAME_MOMENT = 10_000;
    private static final int HEAD_BYTES = 64;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final ZoneId zone;

    LogDirectory(Path folder, ZoneId zone) {
        this.folder = folder;
        this.zone = zone;
    }

    Path folder() {
        return folder;
    }

    ZoneId zone() {
        return zone;
    }

    private Path live() {
        return folder.resolve(LogNames.LIVE);
    }

    /**
     * The file that is written.
     *
     * @param created its first moment
     * @param size in bytes
     * @param torn whether its last line is not ended
     */
    record Live(Path path, Instant created, long size, boolean torn) {}

    /** Makes the log file if there is none, and says how it stands. */
    Live prepare(Instant now) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder, attributes(posix, OWNER_FOLDER));
        Path file = live();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(file, attributes(posix, OWNER_FILE));
            return new Live(file, now, 0, false);
        }
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new IOException("something else has the name of the log file");
        }
        if (posix) {
            tighten(file);
        }
        return found.size() == 0 ? new Live(file, now, 0, false) : describe(file, found, now);
    }

    private static void tighten(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(OWNER_FILE)) {
            view.setPermissions(OWNER_FILE);
        }
    }

    /** Not every file system knows when a file was made, and copying one forgets it; the first line does not. */
    private Live describe(Path file, BasicFileAttributes found, Instant now) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[(int) Math.min(HEAD_BYTES, content.length())];
            content.readFully(head);
            content.seek(content.length() - 1);
            boolean torn = content.read() != '\n';
            Instant created = LogLine.moment(new String(head, StandardCharsets.ISO_8859_1), zone)
                    .orElse(found.creationTime().toInstant());
            return new Live(file, created.isAfter(now) ? now : created, found.size(), torn);
        }
    }

    /** Adds to a file's end. */
    static OutputStream open(Path file) throws IOException {
        File unbuffered = file.toFile();
        return new FileOutputStream(unbuffered, true);
    }

    /** Gives the log file its name for good, and returns it; nothing if there is no such file any more. */
    Optional<Path> retire(Instant created) throws IOException {
        for (int number = 1; number <= MAX_SAME_MOMENT; number++) {
            Path target = folder.resolve(LogNames.rotated(created, zone, number));
            if (isFree(target)) {
                return moved(target);
            }
        }
        throw new IOException("too many log files of the same moment");
    }

    private Optional<Path> moved(Path target) throws IOException {
        try {
            return Optional.of(Files.move(live(), target));
        } catch (NoSuchFileException removed) {
            // Somebody took the file away: then there is nothing to keep.
            return Optional.empty();
        }
    }

    private boolean isFree(Path target) {
        return !Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && Compression.suffixes().stream()
                        .noneMatch(suffix -> Files.exists(
                                target.resolveSibling(target.getFileName() + suffix), LinkOption.NOFOLLOW_LINKS));
    }

    /** What is needed to make a file for its owner alone. */
    FileAttribute<?>[] forOwner() {
        return attributes(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), OWNER_FILE);
    }

    private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Why something failed, without a path. */
    static String reason(IOException failure) {
        String message = failure.getMessage();
        if (failure instanceof FileSystemException named) {
            return named.getReason() == null ? failure.getClass().getSimpleName() : named.getReason();
        }
        if (failure instanceof FileNotFoundException && message != null) {
            return message.substring(message.lastIndexOf('(') + 1).replace(")", "");
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
