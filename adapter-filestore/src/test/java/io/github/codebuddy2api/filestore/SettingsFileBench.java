package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.SettingsFile.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings in a home of a test. */
final class SettingsFileBench {
    private SettingsFileBench() {}

    static Path file(Path home) {
        return home.resolve("config").resolve("config.yaml");
    }

    /** The settings of a home whose file holds {@code yaml}. */
    static SettingsFile settings(Path home, String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(file(home), yaml);
        return SettingsFile.open(home, SettingsFileBench::grammar);
    }

    /** Stands for the grammar of the log that the program supplies. */
    static void grammar(Config.Logging logging) {
        if ("never ever".equals(logging.rotation())) {
            throw new ConfigException(
                    List.of(new ConfigProblem(0, 0, "logging.rotation", "cannot be that", "Write something else")));
        }
    }

    static Change change(SettingsFile settings, String name, String text) {
        return settings.change(Map.of(name, text), null);
    }
}
