package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The one source of settings: {@code config/config.yaml} under the home directory. Environment variables have no
 * effect. This reads it as a start does; {@link SettingsFile} is for a program that runs. Immutable; the file's only
 * writer is the process that owns the home directory.
 */
public final class ConfigFile {
    private static final String EXAMPLE = "config.example.yaml";

    private final Path directory;
    private final Path file;
    private final Disk disk;
    private final AtomicFile writer;
    private final ConfigRules rules;
    private final LastGood lastGood;

    /** The file under {@code home}, whose section {@code logging} may say anything; nothing is touched yet. */
    public ConfigFile(Path home) {
        this(home, logging -> {});
    }

    /**
     * The file under {@code home}; nothing is touched yet.
     *
     * @param logging throws {@link ConfigException} if the section {@code logging} cannot be meant
     */
    public ConfigFile(Path home, Consumer<Config.Logging> logging) {
        this(home, logging, new LocalDisk());
    }

    ConfigFile(Path home, Consumer<Config.Logging> logging, Disk disk) {
        Path root = home.toAbsolutePath().normalize();
        this.directory = root.resolve("config");
        this.file = directory.resolve("config.yaml");
        this.disk = disk;
        this.writer = new AtomicFile(disk);
        this.rules = new ConfigRules(root, logging);
        this.lastGood = new LastGood(directory, writer);
    }

    /** Where the file is. */
    public Path path() {
        return file;
    }

    /**
     * What holds.
     *
     * @param config the settings, complete
     * @param created whether the file was missing and has been written: from the copy of its last usable content, from an
     *     old config.json or from the example
     * @param warnings what a person should look at, such as keys without effect; none of them stops the start
     * @param unknownKeys the keys of the file that are none of ours; there is a warning of each
     * @param problems why {@code config.yaml} cannot be used; if not empty, {@code config} is from the copy of its last
     *     usable content
     */
    public record Reading(
            Config config,
            boolean created,
            List<ConfigProblem> warnings,
            List<UnknownKey> unknownKeys,
            List<ConfigProblem> problems) {
        public Reading {
            Objects.requireNonNull(config, "config");
            warnings = List.copyOf(warnings);
            unknownKeys = List.copyOf(unknownKeys);
            problems = List.copyOf(problems);
        }

        private Reading opened(boolean written, List<ConfigProblem> all) {
            return new Reading(config, written, all, unknownKeys, problems);
        }

        private Reading insteadOf(List<ConfigProblem> why) {
            return new Reading(config, false, warnings, unknownKeys, why);
        }

        /** Whether the file itself cannot be used, and a copy of its last usable content holds instead. */
        public boolean isLastGood() {
            return !problems.isEmpty();
        }
    }

    /**
     * Reads the file, after writing it (mode 0600) if there is none: from the copy of its last usable content if there is
     * one, from {@code config.json} of the original service if that is there, else from the example. If it cannot be used, its last usable content holds; the file stays as it
     * is. Blocks on the disk.
     *
     * @throws ConfigException if something in it cannot be meant and there is no usable copy; it lists every such place
     * @throws StoreFailed if the file is missing and cannot be written
     */
    public Reading load() {
        return open().reading();
    }

    /**
     * The same without writing anything, for a program that does not own the home directory.
     *
     * @throws ConfigException if the file is missing or cannot be meant and there is no usable copy
     */
    public Reading peek() {
        return usable().reading();
    }

    LoadedConfig open() {
        List<ConfigProblem> warnings = new ArrayList<>();
        tidy();
        boolean created = createIfMissing(warnings);
        LoadedConfig loaded = usable();
        Reading reading = loaded.reading();
        warnings.addAll(reading.warnings());
        if (!reading.isLastGood()) {
            lastGood.keep(loaded.content()).ifPresent(warnings::add);
        }
        if (Modes.tighten(file) == Modes.Result.STILL_WIDE) {
            warnings.add(ConfigProblem.ofFile(
                    "config.yaml can be read by other users of this machine", "Allow its owner alone: chmod 600"));
        }
        return new LoadedConfig(loaded.content(), reading.opened(created, warnings));
    }

    /** Removes what writes have left behind that a crash ended; it holds the password. */
    private void tidy() {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> left = entries.filter(entry -> AtomicFile.isTemporary(String.valueOf(entry.getFileName())))
                    .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            for (Path temporary : left) {
                disk.delete(temporary);
            }
        } catch (IOException | UncheckedIOException staysBehind) {
            // There is no directory yet, or nothing can be removed from it: what is left does no harm.
        }
    }

    private LoadedConfig usable() {
        Optional<LoadedConfig> copy = lastGood.read(rules);
        try {
            byte[] content = content();
            if (copy.isPresent() && isBlank(content)) {
                throw ConfigWatch.empty();
            }
            return new LoadedConfig(content, rules.read(content));
        } catch (ConfigException unusable) {
            LoadedConfig last = copy.orElseThrow(() -> unusable);
            Reading reading = last.reading();
            return new LoadedConfig(last.content(), reading.insteadOf(unusable.problems()));
        }
    }

    /** Whether there is nothing at all in the file, as some programs leave it for a moment while they save. */
    static boolean isBlank(byte[] content) {
        for (byte b : content) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads settings from bytes instead of the file.
     *
     * @param home what relative paths start from
     * @throws ConfigException if something cannot be meant
     */
    static Reading read(byte[] content, Path home) {
        return new ConfigRules(home, logging -> {}).read(content);
    }

    /** The example with which a first run begins, as it is checked in. */
    public static byte[] example() {
        try (InputStream in = ConfigFile.class.getResourceAsStream(EXAMPLE)) {
            return Objects.requireNonNull(in, EXAMPLE).readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private boolean createIfMissing(List<ConfigProblem> warnings) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        writer.createDirectories(directory, "the directory of config.yaml");
        Optional<LoadedConfig> copy = lastGood.read(rules);
        if (copy.isPresent()) {
            writer.replace(file, copy.get().content(), "config.yaml");
            warnings.add(ConfigProblem.ofFile(
                    "config.yaml was missing and was written again with its last usable content",
                    "Look at the settings; to start afresh, remove .config.last-good.yaml too"));
            return true;
        }
        LegacyConfig legacy = new LegacyConfig(directory.resolve("config.json"), rules);
        Optional<byte[]> migrated = legacy.read(warnings);
        writer.replace(file, migrated.orElseGet(ConfigFile::example), "config.yaml");
        if (migrated.isPresent()) {
            legacy.retire(disk, warnings);
        }
        return true;
    }

    /**
     * The bytes of the file, one more than allowed if it is too long.
     *
     * @throws ConfigException if it is no file or cannot be read
     */
    byte[] content() {
        if (!Files.isRegularFile(file)) {
            throw unreadable("is not a regular file", "Put a file in its place, or remove it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ConfigText.MAX_BYTES + 1);
        } catch (IOException broken) {
            throw unreadable("cannot be read", "Give the user of this service the right to read it");
        }
    }

    private static ConfigException unreadable(String reason, String cure) {
        return new ConfigException(List.of(ConfigProblem.ofFile("the file " + reason, cure)));
    }

    Path directory() {
        return directory;
    }

    ConfigRules rules() {
        return rules;
    }

    Disk disk() {
        return disk;
    }

    LastGood lastGood() {
        return lastGood;
    }
}
