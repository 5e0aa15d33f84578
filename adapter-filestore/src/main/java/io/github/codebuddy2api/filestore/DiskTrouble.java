package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says in plain words why the disk refused, without the path: a credential's file name can hold an account's name. */
final class DiskTrouble {
    static final String FULL = "the disk is full";

    private static final String QUOTA = "the disk quota is used up";
    private static final String READ_ONLY = "the file system is read-only";

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

    /** The failure to write {@code size} bytes into {@code directory}, as it is told to the one who wanted it. */
    static StoreFailed failure(IOException failed, Path directory, long size, String label) {
        String trouble = ofWrite(failed, directory, size);
        return new StoreFailed(reason(trouble), label + " could not be saved: " + trouble + ".", null);
    }

    /** The kind of failure behind the words. */
    static StoreFailed.Obstacle reason(String trouble) {
        return switch (trouble) {
            case FULL, QUOTA -> StoreFailed.Obstacle.FULL;
            case READ_ONLY -> StoreFailed.Obstacle.READ_ONLY;
            default -> StoreFailed.Obstacle.OTHER;
        };
    }

    static String of(IOException failed) {
        String reason = failed instanceof FileSystemException system ? system.getReason() : failed.getMessage();
        String text = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space") || text.contains("disk full")) {
            return FULL;
        }
        if (text.contains("quota")) {
            return QUOTA;
        }
        if (text.contains("read-only")) {
            return READ_ONLY;
        }
        if (failed instanceof AccessDeniedException || text.contains("permission") || text.contains("not permitted")) {
            return "this user has no right to it";
        }
        if (text.contains("busy")) {
            return "it is mounted as a single file; mount its directory instead";
        }
        if (text.contains("name too long")) {
            return "its name is too long";
        }
        if (text.contains("too many open files")) {
            return "too many files are open";
        }
        return UNKNOWN;
    }
}
