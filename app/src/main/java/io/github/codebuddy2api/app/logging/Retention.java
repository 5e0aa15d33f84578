package io.github.codebuddy2api.app.logging;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long old log files are kept. */
sealed interface Retention {
    /** An old log file and when its last line was written. */
    record OldFile(Path path, Instant modified) {}

    /** Which of the old files go. */
    default List<OldFile> expired(List<OldFile> files, Instant now) {
        return switch (this) {
            case Forever forever -> List.of();
            case Age age ->
                files.stream()
                        .filter(file -> file.modified().isBefore(now.minus(age.most())))
                        .toList();
            case Newest newest ->
                files.stream()
                        .sorted(Comparator.comparing(OldFile::modified)
                                .thenComparing(OldFile::path)
                                .reversed())
                        .skip(newest.files())
                        .toList();
        };
    }

    /** Nothing is deleted. */
    record Forever() implements Retention {}

    /** Files whose last line is older than this go. */
    record Age(Duration most) implements Retention {
        public Age {
            if (!most.isPositive()) {
                throw new IllegalArgumentException("an age is positive");
            }
        }
    }

    /** So many of the newest old files stay; the file being written does not count. */
    record Newest(int files) implements Retention {
        public Newest {
            if (files < 0) {
                throw new IllegalArgumentException("a count is not negative");
            }
        }
    }

    /** A period or a number of files. */
    static Retention parse(@Nullable String text) throws UnusableValueException {
        if (text == null || Words.isNothing(text)) {
            return new Forever();
        }
        if (text.strip().matches("[0-9]{1,6}")) {
            return new Newest(Integer.parseInt(text.strip()));
        }
        Optional<Duration> age = Measures.duration(text);
        if (age.isEmpty() || !age.get().isPositive()) {
            throw new UnusableValueException(
                    "it is neither a period nor a number of files",
                    "Write a period (7 days), a number of files without a word (10), or none to keep all");
        }
        return new Age(age.get());
    }
}
