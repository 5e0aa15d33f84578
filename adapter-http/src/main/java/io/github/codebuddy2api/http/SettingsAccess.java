package io.github.codebuddy2api.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings under their flat names, for the one who owns them. Thread-safe; every call may block on a disk. A call
 * that cannot store what it was given throws {@code GatewayException.StoreFailed}, and nothing has changed then.
 *
 * @implSpec a secret's text is a mask, and the mask given back means that it stays as it is
 */
public interface SettingsAccess {
    /** Every setting there is, in the order in which a person should see them. */
    List<Setting> all();

    /** What is set now: a text for each setting. */
    Snapshot current();

    /**
     * Changes some settings, all of them or none. Names that are not known are ignored.
     *
     * @param texts the new texts by flat name
     * @param version if given, the change is made only if this is still the version
     */
    Outcome change(Map<String, String> texts, Optional<String> version);

    /** What was saved before, newest first. */
    List<Backup> history();

    /**
     * What {@link #restore} would change.
     *
     * @param number of a backup in {@link #history}
     */
    Comparison compare(int number);

    /** Where the settings are kept, for a person to look; relative to his folder. */
    String file();

    /**
     * Puts a backup in the place of what is set now.
     *
     * @param number of a backup in {@link #history}
     * @param version if given, the change is made only if this is still the version
     */
    Outcome restore(int number, Optional<String> version);

    /** How a setting's text is to be read. */
    enum Type {
        TEXT,
        SECRET,
        INTEGER,
        FLAG,
        CHOICE,
        LIST,
        DURATION,
        SIZE,
        RULES,
        ALIASES
    }

    /** What settings that belong together are about. */
    enum Group {
        SERVER,
        ACCOUNTS,
        MODELS,
        REQUESTS,
        KEYWORDS,
        LOGGING,
        STATISTICS,
        CLIENT
    }

    /** The smallest and the largest number allowed. */
    record Range(int least, int most) {}

    /**
     * A setting.
     *
     * @param name its flat name, such as {@code CODEBUDDY_PORT}
     * @param label what to call it before a person
     * @param group what it is about, with others
     * @param type how its text is to be read
     * @param restart whether a change takes effect only with the next start
     * @param sensitive whether it cannot be changed here unless the owner's file allows it
     * @param range what a number may be; null if it is no number
     * @param options what may be chosen; empty if it is no choice
     * @param byDefault its text when nothing is set
     * @param hint a sentence about what may be written; may be empty
     */
    record Setting(
            String name,
            String label,
            Group group,
            Type type,
            @Nullable Range range,
            boolean restart,
            boolean sensitive,
            List<String> options,
            String byDefault,
            String hint) {
        public Setting {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(type, "type");
            options = List.copyOf(options);
            Objects.requireNonNull(byDefault, "byDefault");
            Objects.requireNonNull(hint, "hint");
        }
    }

    /**
     * What is set at one moment.
     *
     * @param texts by flat name
     * @param version changes whenever anything changes; printable, without quotes
     * @param awaitingRestart the settings that differ from those at the start and wait for the next one
     * @param trouble why what stands in the file is not what is in force, one line each; empty if it is
     * @param unknown what was written that is no setting, each with what was probably meant
     */
    record Snapshot(
            Map<String, String> texts,
            String version,
            List<String> awaitingRestart,
            List<String> trouble,
            List<String> unknown) {
        public Snapshot {
            texts = Map.copyOf(texts);
            Objects.requireNonNull(version, "version");
            awaitingRestart = List.copyOf(awaitingRestart);
            trouble = List.copyOf(trouble);
            unknown = List.copyOf(unknown);
        }

        @Override
        public String toString() {
            return "Snapshot[" + texts.size() + " settings, version " + version + "]";
        }
    }

    /**
     * What was set before.
     *
     * @param number names it for {@link #restore}
     * @param savedAt when it was replaced
     */
    record Backup(int number, Instant savedAt) {
        public Backup {
            Objects.requireNonNull(savedAt, "savedAt");
        }
    }

    /** How a backup differs from what is set now. */
    sealed interface Comparison {
        /**
         * It can be restored.
         *
         * @param changes what would be different then; empty if nothing
         */
        record Changes(Backup backup, List<Change> changes) implements Comparison {
            public Changes {
                Objects.requireNonNull(backup, "backup");
                changes = List.copyOf(changes);
            }
        }

        /**
         * It cannot be meant.
         *
         * @param problems at least one
         */
        record Unusable(List<Problem> problems) implements Comparison {
            public Unusable {
                problems = List.copyOf(problems);
            }
        }

        /** There is no such backup. */
        record NoSuchBackup() implements Comparison {}
    }

    /**
     * A setting that would have another text.
     *
     * @param name its flat name
     * @param from its present text
     * @param to its other text
     */
    record Change(String name, String from, String to) {
        public Change {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public String toString() {
            return "Change[" + name + "]";
        }
    }

    /** What became of a change. */
    sealed interface Outcome {
        /**
         * It is stored and in force.
         *
         * @param version the new version
         * @param restartRequired the settings among it that take effect only with the next start
         * @param ignored the names that are not known
         */
        record Changed(String version, List<String> restartRequired, List<String> ignored) implements Outcome {
            public Changed {
                Objects.requireNonNull(version, "version");
                restartRequired = List.copyOf(restartRequired);
                ignored = List.copyOf(ignored);
            }
        }

        /**
         * Some of it cannot be meant; nothing has changed.
         *
         * @param problems at least one
         */
        record Invalid(List<Problem> problems) implements Outcome {
            public Invalid {
                problems = List.copyOf(problems);
                if (problems.isEmpty()) {
                    throw new IllegalArgumentException("something must be wrong");
                }
            }
        }

        /**
         * Some of it cannot be changed here; nothing has changed.
         *
         * @param names the flat names of those settings, at least one
         */
        record ReadOnly(List<String> names) implements Outcome {
            public ReadOnly {
                names = List.copyOf(names);
                if (names.isEmpty()) {
                    throw new IllegalArgumentException("some setting must be read-only");
                }
            }
        }

        /**
         * What stands in the file cannot be meant, so nothing is written over it; nothing has changed.
         *
         * @param reason one sentence about where and what to do
         */
        record FileInvalid(String reason) implements Outcome {
            public FileInvalid {
                Objects.requireNonNull(reason, "reason");
            }
        }

        /** The settings were changed since that version; nothing has changed. */
        record Stale() implements Outcome {}

        /** There is no such backup. */
        record NoSuchBackup() implements Outcome {}
    }

    /**
     * Why a setting was refused.
     *
     * @param name its flat name
     * @param message one sentence about what to write instead; it does not repeat what was written
     */
    record Problem(String name, String message) {
        public Problem {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(message, "message");
        }
    }
}
