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

/**
 * The one source of settings: {@code config/config.yaml} under the home directory. Environment variables have no
 * effect. Immutable; the file's only writer is the process that owns the home directory.
 */
public final class ConfigFile {
    private static final String EXAMPLE = "config.example.yaml";

    private final Path home;
    private final Path directory;
    private final Path file;
    private final AtomicFile writer;

    /** The file under {@code home}; nothing is touched yet. */
    public ConfigFile(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.directory = this.home.resolve("config");
        this.file = directory.resolve("config.yaml");
        this.writer = new AtomicFile(new LocalDisk());
    }

    /** Where the file is. */
    public Path path() {
        return file;
    }

    /**
     * What the file says. Blocks on the disk.
     *
     * @param config the settings, complete
     * @param created whether the file was missing and has been written from the example
     * @param warnings what a person should look at, such as keys without effect; none of them stops the start
     */
    public record Reading(Config config, boolean created, List<ConfigProblem> warnings) {
        public Reading {
            Objects.requireNonNull(config, "config");
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads the file, after writing it from the example (mode 0600) if there is none.
     *
     * @throws ConfigException if something in it cannot be meant; it lists every such place
     * @throws StoreFailed if the file is missing and cannot be written
     */
    public Reading load() {
        boolean created = createIfMissing();
        Reading reading = read(content(), home);
        List<ConfigProblem> warnings = new ArrayList<>(reading.warnings());
        if (Modes.tighten(file) == Modes.Result.STILL_WIDE) {
            warnings.add(ConfigProblem.ofFile(
                    "config.yaml can be read by other users of this machine", "Allow its owner alone: chmod 600"));
        }
        return new Reading(reading.config(), created, warnings);
    }

    /**
     * Reads settings from bytes instead of the file.
     *
     * @param home what relative paths start from
     * @throws ConfigException if something cannot be meant
     */
    static Reading read(byte[] content, Path home) {
        ConfigValues values = new ConfigValues(YamlReader.read(ConfigText.decode(content)));
        ConfigReader reader = new ConfigReader(values, home);
        Config config = reader.read();
        return new Reading(config, false, values.finish());
    }

    /** The example with which a first run begins, as it is checked in. */
    public static byte[] example() {
        try (InputStream in = ConfigFile.class.getResourceAsStream(EXAMPLE)) {
            return Objects.requireNonNull(in, EXAMPLE).readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private boolean createIfMissing() {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Modes.createDirectories(directory, "the directory of config.yaml");
        writer.replace(file, example(), "config.yaml");
        return true;
    }

    private byte[] content() {
        if (!Files.isRegularFile(file)) {
            throw unreadable("is not a regular file", "Put a file in its place, or remove it to start afresh");
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
}
