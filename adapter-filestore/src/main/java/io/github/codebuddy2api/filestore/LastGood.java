package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A copy of the configuration as it was when it could last be used, kept beside it for the day when it cannot. */
final class LastGood {
    private static final String NAME = ".config.last-good.yaml";

    private final Path file;
    private final AtomicFile writer;

    LastGood(Path directory, AtomicFile writer) {
        this.file = directory.resolve(NAME);
        this.writer = writer;
    }

    /** Keeps the content unless it is kept already. A failure is the warning it returns: nothing depends on it yet. */
    Optional<ConfigProblem> keep(byte[] content) {
        try {
            if (!Arrays.equals(content, content().orElse(null))) {
                writer.replace(file, content, "The copy of config.yaml");
            }
            return Optional.empty();
        } catch (StoreFailed failed) {
            return Optional.of(ConfigProblem.ofFile(
                    "no copy of the last usable config.yaml could be kept", "Make its directory writable"));
        }
    }

    /** The copy, if there is one that can still be used. */
    Optional<LoadedConfig> read(ConfigRules rules) {
        try {
            return content().map(content -> new LoadedConfig(content, rules.read(content)));
        } catch (ConfigException unusable) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> content() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(ConfigText.MAX_BYTES + 1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
