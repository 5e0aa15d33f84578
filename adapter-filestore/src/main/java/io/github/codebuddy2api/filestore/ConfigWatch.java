package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.ConfigFile.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when somebody has saved {@code config.yaml}, in whatever way: by renaming, in place, or on the other side of
 * a mount. It has no thread: whoever runs one calls {@link #check} now and then. The file is looked at once a second at
 * most, and a content counts only when two looks in a row find it, so that a file that is just being written is not
 * taken for the truth; saves in between count, even if they begin with the same bytes. Not thread-safe: one caller.
 */
public final class ConfigWatch {
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_READS = Duration.ofSeconds(10).toNanos();

    private final SettingsFile settings;
    private final Time time;
    private final Path path;
    private long lookedAt;
    private long readAt;
    private @Nullable FileStamp stamp;
    private String awaited = "";
    private @Nullable FileStamp awaitedStamp;
    private String refused = "";

    /** Watches the file of these settings. */
    public ConfigWatch(SettingsFile settings, Time time) {
        this.settings = settings;
        this.time = time;
        this.path = settings.file().path();
        this.lookedAt = time.nanoTime() - BETWEEN_LOOKS;
        this.readAt = time.nanoTime() - BETWEEN_READS;
    }

    /** What a look has found. */
    public sealed interface Outcome {}

    /** Nothing new. */
    public record Unchanged() implements Outcome {}

    /**
     * The file was saved and can be used; it is in force in the {@link SettingsFile} already.
     *
     * @param reading what it says
     */
    public record Changed(Reading reading) implements Outcome {}

    /**
     * The file cannot be used, or is gone; what was in force stays so. Told once for each such content.
     *
     * @param problems what is wrong, with lines
     */
    public record Broken(List<ConfigProblem> problems) implements Outcome {
        public Broken {
            problems = List.copyOf(problems);
        }
    }

    /** Looks at the file, if it is time to. Blocks on the disk; throws nothing. */
    public Outcome check() {
        long now = time.nanoTime();
        if (now - lookedAt < BETWEEN_LOOKS) {
            return new Unchanged();
        }
        lookedAt = now;
        FileStamp before = stamp();
        boolean same = before != null && before.equals(stamp) && before.isSettled(time.instant());
        if (same && awaited.isEmpty() && now - readAt < BETWEEN_READS) {
            return new Unchanged();
        }
        stamp = before;
        readAt = now;
        return read();
    }

    private Outcome read() {
        try {
            byte[] content = settings.file().content();
            return found(ContentVersion.of(content), content);
        } catch (ConfigException unreadable) {
            return found(String.valueOf(unreadable.getMessage()), null);
        }
    }

    private Outcome found(String version, byte @Nullable [] content) {
        if (version.equals(settings.version())) {
            awaited = "";
            refused = "";
            return settings.reject(List.of()) ? new Changed(settings.current()) : new Unchanged();
        }
        if (version.equals(refused)) {
            awaited = "";
            return new Unchanged();
        }
        if (!version.equals(awaited) || !Objects.equals(stamp, awaitedStamp)) {
            awaited = version;
            awaitedStamp = stamp;
            return new Unchanged();
        }
        awaited = "";
        return settled(version, content);
    }

    private Outcome settled(String version, byte @Nullable [] content) {
        try {
            byte[] whole = content == null ? settings.file().content() : content;
            if (ConfigFile.isBlank(whole)) {
                throw empty();
            }
            Reading reading = settings.file().rules().read(whole);
            refused = "";
            return settings.adopt(whole, reading) ? new Changed(reading) : new Unchanged();
        } catch (ConfigException broken) {
            refused = version;
            return settings.reject(broken.problems()) ? new Broken(broken.problems()) : new Unchanged();
        }
    }

    /** A file without anything in it is one that was cut off, unless it never was otherwise. */
    static ConfigException empty() {
        return new ConfigException(List.of(
                ConfigProblem.ofFile("the file is empty", "Restore it, or put a comment into it if that is meant")));
    }

    private @Nullable FileStamp stamp() {
        try {
            return FileStamp.of(path.toRealPath());
        } catch (IOException gone) {
            return null;
        }
    }
}
