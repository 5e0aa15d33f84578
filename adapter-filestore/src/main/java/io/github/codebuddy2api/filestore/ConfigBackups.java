package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The contents that {@code config.yaml} had before: {@code config.yaml.1} is the newest. */
final class ConfigBackups {
    /** How many are kept. */
    static final int KEPT = 5;

    private static final String LABEL = "The backup of config.yaml";

    private final Path directory;
    private final Path file;
    private final Disk disk;
    private final AtomicFile writer;

    ConfigBackups(Path directory, Path file, Disk disk) {
        this.directory = directory;
        this.file = file;
        this.disk = disk;
        this.writer = new AtomicFile(disk);
    }

    /**
     * Keeps the content as number 1 and moves the others on, up to the first free number: what an earlier failure left
     * free costs no backup. Nothing happens if the content is number 1 already.
     */
    void keep(byte[] content) {
        if (Arrays.equals(content, content(1).orElse(null))) {
            return;
        }
        try {
            for (int number = firstFree() - 1; number >= 1; number--) {
                disk.rename(numbered(number), numbered(number + 1));
            }
        } catch (IOException failed) {
            throw DiskTrouble.failure(failed, directory, content.length, LABEL);
        }
        writer.replace(numbered(1), content, LABEL);
    }

    /** The last number if none is free. */
    private int firstFree() {
        int number = 1;
        while (number < KEPT && Files.exists(numbered(number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return number;
    }

    /** Those that are there, the newest first. */
    List<ConfigBackup> list() {
        List<ConfigBackup> backups = new ArrayList<>();
        for (int number = 1; number <= KEPT; number++) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(numbered(number), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()) {
                    backups.add(new ConfigBackup(
                            number, attributes.lastModifiedTime().toInstant(), attributes.size()));
                }
            } catch (IOException notThere) {
                // A number without a file is no backup.
            }
        }
        return backups;
    }

    Optional<byte[]> content(int number) {
        Path backup = numbered(number);
        if (number < 1 || number > KEPT || !Files.isRegularFile(backup, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(backup)) {
            return Optional.of(in.readNBytes(ConfigText.MAX_BYTES + 1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
