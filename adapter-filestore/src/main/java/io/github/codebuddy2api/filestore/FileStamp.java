package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells one content of a directory entry from another without reading it.
 *
 * @param key the system's own name of the file, if it has one
 * @param changedAt when content or attributes last changed, as far as the system knows
 * @param kind what the entry is
 */
record FileStamp(@Nullable Object key, long size, FileTime modifiedAt, FileTime changedAt, Kind kind) {
    /** A file changed more recently than this may change again without a new time: clocks of file systems are coarse. */
    private static final Duration COARSENESS = Duration.ofSeconds(2);

    /** What an entry is, without following it. */
    enum Kind {
        FILE,
        LINK,
        /** One of several names of a file; the others may be outside the directory. */
        SHARED_FILE,
        OTHER
    }

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Map<String, Object> unix =
                file.getFileSystem().supportedFileAttributeViews().contains("unix")
                        ? Files.readAttributes(file, "unix:nlink,ctime", LinkOption.NOFOLLOW_LINKS)
                        : Map.of();
        FileTime changed = unix.get("ctime") instanceof FileTime time ? time : basic.lastModifiedTime();
        boolean shared = unix.get("nlink") instanceof Integer names && names > 1;
        return new FileStamp(basic.fileKey(), basic.size(), basic.lastModifiedTime(), changed, kind(basic, shared));
    }

    private static Kind kind(BasicFileAttributes basic, boolean shared) {
        if (basic.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (!basic.isRegularFile()) {
            return Kind.OTHER;
        }
        return shared ? Kind.SHARED_FILE : Kind.FILE;
    }

    /** Whether an equal stamp later means an equal content. */
    boolean isSettled(Instant now) {
        return changedAt.toInstant().plus(COARSENESS).isBefore(now);
    }
}
