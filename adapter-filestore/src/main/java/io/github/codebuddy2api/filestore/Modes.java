package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Who may read what we keep: files 0600, directories 0700. Where the system has no such modes, nothing happens. */
final class Modes {
    private static final Set<PosixFilePermission> OWNER_FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.copyOf(OWNER_DIRECTORY));

    private Modes() {}

    /** What became of a file's mode. */
    enum Result {
        FINE,
        TIGHTENED,
        STILL_WIDE
    }

    static boolean supported() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    static FileAttribute<?>[] ofNewFile() {
        return supported()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
                : new FileAttribute<?>[0];
    }

    /** Takes every right from everybody but the owner. A link is left alone. */
    static Result tighten(Path file) {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return Result.FINE;
        }
        try {
            var attributes = view.readAttributes();
            if (attributes.isSymbolicLink() || attributes.permissions().stream().noneMatch(OTHERS::contains)) {
                return Result.FINE;
            }
            Set<PosixFilePermission> kept = EnumSet.copyOf(OWNER_FILE);
            kept.retainAll(attributes.permissions());
            Files.setPosixFilePermissions(file, kept);
            return Result.TIGHTENED;
        } catch (IOException | UnsupportedOperationException notOurs) {
            return Result.STILL_WIDE;
        }
    }

    /** Creates what is missing of the path, for the owner alone. */
    static void createDirectories(Path directory, String label) {
        FileAttribute<?>[] mode = supported()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY)}
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(directory, mode);
        } catch (FileAlreadyExistsException occupied) {
            throw new StoreFailed(
                    StoreFailed.Obstacle.OTHER, label + " could not be created: a file is in its place.", null);
        } catch (IOException failed) {
            String trouble = DiskTrouble.of(failed);
            throw new StoreFailed(DiskTrouble.reason(trouble), label + " could not be created: " + trouble + ".", null);
        }
    }
}
