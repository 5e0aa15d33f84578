package io.github.codebuddy2api.app.logging;

import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigException;
import io.github.codebuddy2api.filestore.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code logging}, understood.
 *
 * @param level what is written
 * @param rotation when a new file is begun
 * @param retention how long old files are kept
 * @param compression how old files are packed
 */
public record LogSettings(LogLevel level, Rotation rotation, Retention retention, Compression compression) {
    public LogSettings {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(rotation, "rotation");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(compression, "compression");
    }

    /**
     * What the words of the configuration mean. Pure: nothing is touched, so it also serves to check settings that are
     * not to be applied yet.
     *
     * @throws ConfigException naming every value that cannot be meant, its key and its cure
     */
    public static LogSettings read(Config.Logging words) {
        List<ConfigProblem> problems = new ArrayList<>();
        LogLevel level = read("level", words.level(), LogLevel::parse, problems);
        Rotation rotation = read("rotation", text(words.rotation()), RotationGrammar::parse, problems);
        Retention retention = read("retention", text(words.retention()), Retention::parse, problems);
        Compression compression = read("compression", text(words.compression()), Compression::parse, problems);
        if (level == null || rotation == null || retention == null || compression == null) {
            throw new ConfigException(problems);
        }
        return new LogSettings(level, rotation, retention, compression);
    }

    private static String text(@Nullable String words) {
        return words == null ? "" : words;
    }

    private interface Grammar<T> {
        T parse(String text) throws UnusableValueException;
    }

    private static <T> @Nullable T read(String name, String text, Grammar<T> grammar, List<ConfigProblem> problems) {
        try {
            return grammar.parse(text);
        } catch (UnusableValueException unusable) {
            problems.add(unusable.problem("logging." + name, text));
            return null;
        }
    }
}
