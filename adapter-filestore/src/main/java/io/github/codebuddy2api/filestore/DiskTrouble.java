package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says in plain words why the disk refused, without the path: a credential's file name can hold an account's name. */
final class DiskTrouble {
    static final String FULL = "the disk is full";

    private static final String UNKNOWN = "the disk reported an error";

    private DiskTrouble() {}

    /** Why a write failed. Asks the disk for its free space too: the system's own words may be in any language. */
    static String ofWrite(IOException failed, Path directory, long size) {
        String trouble = of(failed);
        return trouble.equals(UNKNOWN) && isFull(directory, size) ? FULL : trouble;
    }

    private static boolean isFull(Path directory, long size) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < size;
        } catch (IOException unknown) {
            return false;
        }
    }

    static String of(IOException failed) {
        String reason = failed instanceof FileSystemException system ? system.getReason() : failed.getMessage();
        String text = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space") || text.contains("disk full")) {
            return FULL;
        }
        if (text.contains("quota")) {
            return "the disk quota is used up";
        }
        if (text.contains("read-only")) {
            return "the file system is read-only";
        }
        if (failed instanceof AccessDeniedException || text.contains("permission") || text.contains("not permitted")) {
            return "this user has no right to it";
        }
        if (text.contains("busy")) {
            return "it is mounted as a single file; mount its directory instead";
        }
        if (text.contains("too many open files")) {
            return "too many files are open";
        }
        return UNKNOWN;
    }
}
