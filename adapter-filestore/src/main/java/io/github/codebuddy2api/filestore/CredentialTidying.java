package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done once, before anything else runs: temporary files that a crash left are removed, and credential files of
 * ours that a write left torn a while ago are moved to {@code .quarantine}. While we run nothing is moved, because
 * another program may be in the middle of writing.
 */
final class CredentialTidying {
    private static final int MAX_SHOWN = 100;
    private static final String REASON = "it was torn, and was moved to .quarantine";

    private final SetAside quarantine;
    private final Disk disk;
    private final Time time;

    CredentialTidying(SetAside quarantine, Disk disk, Time time) {
        this.quarantine = quarantine;
        this.disk = disk;
        this.time = time;
    }

    /**
     * What was done.
     *
     * @param swept how many temporary files are gone
     * @param moved how many files were moved
     * @param quarantined what is in quarantine now
     */
    record Result(int swept, int moved, List<SkippedFile> quarantined) {}

    Result tidy(Path directory) {
        int swept = 0;
        int moved = 0;
        for (Path file : files(directory)) {
            String name = String.valueOf(file.getFileName());
            if (AtomicFile.isTemporary(name)) {
                swept += remove(file) ? 1 : 0;
            }
        }
        CredentialDirectory credentials = new CredentialDirectory(directory);
        for (Path file : files(directory)) {
            String name = String.valueOf(file.getFileName());
            if (CredentialFileNames.isOurs(name) && isTorn(credentials, file, name)) {
                moved += move(directory, file, name) ? 1 : 0;
            }
        }
        return new Result(swept, moved, quarantined(directory));
    }

    private static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(files::add);
        } catch (IOException | DirectoryIteratorException unreadable) {
            // The look that follows tells what is wrong with the directory.
        }
        return files;
    }

    private boolean remove(Path file) {
        try {
            disk.delete(file);
            return true;
        } catch (IOException staysBehind) {
            // Readers skip it, and the next start tries again.
            return false;
        }
    }

    private boolean isTorn(CredentialDirectory credentials, Path file, String name) {
        try {
            if (FileStamp.of(file).isSettled(time.instant())) {
                credentials.read(name);
            }
            return false;
        } catch (NotCredential unusable) {
            return unusable.isTorn();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private boolean move(Path directory, Path file, String name) {
        try {
            Modes.tighten(file);
            quarantine.put(directory, name, time.instant());
            return true;
        } catch (IOException staysThere) {
            // It is skipped where it is.
            return false;
        }
    }

    private List<SkippedFile> quarantined(Path directory) {
        try {
            return quarantine.entries(directory).stream()
                    .map(entry -> CredentialDirectory.skippedFile(entry.name(), REASON))
                    .distinct()
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .limit(MAX_SHOWN)
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
