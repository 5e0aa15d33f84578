package io.github.codebuddy2api.app;

import io.github.codebuddy2api.filestore.ConfigException;
import io.github.codebuddy2api.filestore.ConfigProblem;
import io.github.codebuddy2api.filestore.SettingGroup;
import io.github.codebuddy2api.filestore.SettingKey;
import io.github.codebuddy2api.filestore.SettingKeys;
import io.github.codebuddy2api.filestore.SettingType;
import io.github.codebuddy2api.filestore.SettingsFile;
import io.github.codebuddy2api.filestore.SettingsReadOnlyException;
import io.github.codebuddy2api.filestore.SettingsRefusedException;
import io.github.codebuddy2api.filestore.SettingsStaleException;
import io.github.codebuddy2api.filestore.UnknownKey;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.SettingsAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Connects the routes for settings with the file, and lets what is saved hold at once. */
final class SettingsPort implements SettingsAccess {
    private static final String PASSWORD = "CODEBUDDY_PASSWORD";

    private final SettingsFile file;
    private final Function<String, ServerPassword> judge;
    private final Runnable update;

    /**
     * @param judge what a password would be worth if it were set
     * @param update puts what the file says in force
     */
    SettingsPort(SettingsFile file, Function<String, ServerPassword> judge, Runnable update) {
        this.file = file;
        this.judge = judge;
        this.update = update;
    }

    @Override
    public List<Setting> all() {
        return file.keys().all().stream().map(SettingsPort::setting).toList();
    }

    private static Setting setting(SettingKey key) {
        return new Setting(
                key.name(),
                key.label(),
                group(key.group()),
                type(key.type()),
                key.type() instanceof SettingType.Whole whole ? new Range(whole.least(), whole.most()) : null,
                key.restart(),
                key.sensitive(),
                key.type() instanceof SettingType.Choice choice ? choice.options() : List.of(),
                key.byDefault(),
                hint(key.type()));
    }

    private static Group group(SettingGroup group) {
        return switch (group) {
            case SERVER -> Group.SERVER;
            case ACCOUNTS -> Group.ACCOUNTS;
            case MODELS -> Group.MODELS;
            case REQUESTS -> Group.REQUESTS;
            case KEYWORDS -> Group.KEYWORDS;
            case LOGGING -> Group.LOGGING;
            case STATISTICS -> Group.STATISTICS;
            case CLIENT -> Group.CLIENT;
        };
    }

    private static Type type(SettingType type) {
        return switch (type) {
            case SettingType.Text text -> Type.TEXT;
            case SettingType.Hidden hidden -> Type.SECRET;
            case SettingType.Whole whole -> Type.INTEGER;
            case SettingType.Flag flag -> Type.FLAG;
            case SettingType.Choice choice -> Type.CHOICE;
            case SettingType.Words words -> Type.LIST;
            case SettingType.Length length -> Type.DURATION;
            case SettingType.Size size -> Type.SIZE;
            case SettingType.Rules rules -> Type.RULES;
            case SettingType.Aliases aliases -> Type.ALIASES;
        };
    }

    private static String hint(SettingType type) {
        return switch (type) {
            case SettingType.Text text -> "";
            case SettingType.Hidden hidden -> "Leave the asterisks to keep it.";
            case SettingType.Whole whole -> "A whole number from " + whole.least() + " to " + whole.most() + ".";
            case SettingType.Flag flag -> "true or false.";
            case SettingType.Choice choice -> "";
            case SettingType.Words words -> "Separated by commas.";
            case SettingType.Length length -> "Such as 500ms, 120s, 2m, 1h or 7d.";
            case SettingType.Size size -> "Such as 16 MiB, 10 MB or plain bytes.";
            case SettingType.Rules rules -> "A JSON list of {\"from\": ..., \"to\": ...}.";
            case SettingType.Aliases aliases -> "A JSON object: each alias with the model it stands for.";
        };
    }

    @Override
    public Snapshot current() {
        SettingsFile.Snapshot now = file.snapshot();
        return new Snapshot(
                now.values(),
                now.version(),
                file.awaitingRestart(),
                file.trouble().stream().map(ConfigProblem::toString).toList(),
                file.unknownKeys().stream().map(SettingsPort::line).toList());
    }

    private static String line(UnknownKey unknown) {
        return unknown.nearest()
                .map(meant -> unknown.name() + " -> did you mean " + meant + "?")
                .orElse(unknown.name());
    }

    @Override
    public String file() {
        return file.place();
    }

    @Override
    public Outcome change(Map<String, String> texts, Optional<String> version) {
        String password = texts.getOrDefault(PASSWORD, "");
        if (!password.equals(SettingKeys.MASK) && judge.apply(password) instanceof ServerPassword.Insecure insecure) {
            // It would lock the server for the very owner who sets it.
            return new Outcome.Invalid(List.of(new Problem(PASSWORD, insecure.reason())));
        }
        return outcome(() -> file.change(texts, version.orElse(null)));
    }

    @Override
    public List<Backup> history() {
        return file.backups().stream()
                .map(backup -> new Backup(backup.number(), backup.savedAt()))
                .toList();
    }

    @Override
    public Comparison compare(int number) {
        Optional<Backup> backup =
                history().stream().filter(one -> one.number() == number).findFirst();
        if (backup.isEmpty()) {
            return new Comparison.NoSuchBackup();
        }
        try {
            return new Comparison.Changes(
                    backup.get(),
                    file.differences(number).stream()
                            .map(difference -> new Change(difference.name(), difference.from(), difference.to()))
                            .toList());
        } catch (SettingsRefusedException unusable) {
            return new Comparison.Unusable(problems(unusable.problems()));
        }
    }

    @Override
    public Outcome restore(int number, Optional<String> version) {
        if (file.backups().stream().noneMatch(backup -> backup.number() == number)) {
            return new Outcome.NoSuchBackup();
        }
        return outcome(() -> file.restore(number, version.orElse(null)));
    }

    private Outcome outcome(Supplier<SettingsFile.Change> step) {
        try {
            SettingsFile.Change change = step.get();
            update.run();
            SettingsWatch.tellWaiting(change.awaitingRestart());
            return new Outcome.Changed(change.version(), change.awaitingRestart(), change.ignored());
        } catch (SettingsRefusedException refused) {
            return new Outcome.Invalid(problems(refused.problems()));
        } catch (ConfigException unusable) {
            return new Outcome.FileInvalid("config.yaml cannot be used as it is: correct it, or restore a backup. "
                    + SettingsWatch.lines(unusable.problems()));
        } catch (SettingsReadOnlyException guarded) {
            return new Outcome.ReadOnly(guarded.names());
        } catch (SettingsStaleException changed) {
            return new Outcome.Stale();
        }
    }

    private static List<Problem> problems(List<ConfigProblem> problems) {
        return problems.stream().map(SettingsPort::problem).toList();
    }

    /** Without a flat name it is about the file as it stands. */
    private static Problem problem(ConfigProblem problem) {
        boolean ofFile = problem.line() > 0 || problem.key().isEmpty();
        return ofFile
                ? new Problem("config.yaml", problem.toString())
                : new Problem(problem.key(), problem.reason() + ". " + problem.cure() + ".");
    }
}
