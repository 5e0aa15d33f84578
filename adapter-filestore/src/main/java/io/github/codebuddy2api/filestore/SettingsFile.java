package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.filestore.ConfigFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a program that runs: read as flat texts, changed all or nothing, written into {@code config.yaml} where
 * they stand, with the five contents before kept beside it. Comments, order and unknown keys of the file survive a change.
 * A file that cannot be used is never overwritten by a change, only by {@link #restore}. What is in force changes only
 * after it is on the disk. Thread-safe: changes happen one at a time, reading never waits. The file must be in a
 * directory that can be written: a file that is mounted by itself cannot be replaced, and the change is refused.
 */
public final class SettingsFile {
    private final ConfigFile file;
    private final SettingKeys keys = new SettingKeys();
    private final SettingsEditor editor;
    private final ConfigBackups backups;
    private final AtomicFile writer;
    private final Reading opening;

    /** Held over the disk: it makes this the one writer of the file. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile LoadedConfig inForce;
    private volatile List<ConfigProblem> trouble;

    private SettingsFile(ConfigFile file) {
        this.file = file;
        this.editor = new SettingsEditor(keys, file.rules());
        this.backups = new ConfigBackups(file.directory(), file.path(), file.disk());
        this.writer = new AtomicFile(file.disk());
        this.inForce = file.open();
        this.opening = inForce.reading();
        this.trouble = opening.problems();
    }

    /**
     * Reads the settings under {@code home} as {@link ConfigFile#load} does. Blocks on the disk.
     *
     * @param logging throws {@link ConfigException} if the section {@code logging} cannot be meant
     * @throws ConfigException if something in the file cannot be meant and there is no usable copy
     * @throws StoreFailed if the file is missing and cannot be written
     */
    public static SettingsFile open(Path home, Consumer<Config.Logging> logging) {
        return open(new ConfigFile(home, logging));
    }

    static SettingsFile open(ConfigFile file) {
        return new SettingsFile(file);
    }

    /** What was read at the start. */
    public Reading opening() {
        return opening;
    }

    /** What is in force now. */
    public Config config() {
        return inForce.reading().config();
    }

    /** Every setting there is. */
    public SettingKeys keys() {
        return keys;
    }

    /** Why {@code config.yaml} as it stands on the disk is not what is in force; empty if it is. */
    public List<ConfigProblem> trouble() {
        return trouble;
    }

    /** The keys of what is in force that are none of ours. */
    public List<UnknownKey> unknownKeys() {
        return inForce.reading().unknownKeys();
    }

    /** Where the file is, from the home directory on. */
    public String place() {
        Path home = file.rules().home();
        return home.relativize(file.path()).toString().replace('\\', '/');
    }

    /** The settings that differ from those at the start and wait for the next one, by flat name. */
    public List<String> awaitingRestart() {
        return editor.different(opening.config(), config()).stream()
                .filter(SettingKey::restart)
                .map(SettingKey::name)
                .toList();
    }

    /**
     * The settings at one moment.
     *
     * @param values flat texts by flat name, in the order of {@link SettingKeys#all}; lists with commas, rules and aliases
     *     as JSON, a password as {@link SettingKeys#MASK}
     * @param version changes whenever the file's content does; 32 hexadecimal digits
     */
    public record Snapshot(Map<String, String> values, String version) {
        public Snapshot {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** What is in force now, as flat texts. */
    public Snapshot snapshot() {
        LoadedConfig now = inForce;
        return new Snapshot(editor.texts(now.reading().config()), now.version());
    }

    /**
     * How a change went.
     *
     * @param config what is in force now
     * @param version as in {@link Snapshot}, of what is in force now
     * @param changed flat names of the settings with another value than before; empty if nothing was written
     * @param ignored the names that are no settings
     * @param awaitingRestart flat names of the settings that wait for the next start
     */
    public record Change(
            Config config, String version, List<String> changed, List<String> ignored, List<String> awaitingRestart) {
        public Change {
            changed = List.copyOf(changed);
            ignored = List.copyOf(ignored);
            awaitingRestart = List.copyOf(awaitingRestart);
        }
    }

    /**
     * Changes some settings, all of them or none. A text that means the present value changes nothing, and so does the
     * mask of a password. The empty text unsets a password and the policies of the log. Blocks on the disk.
     *
     * @param texts flat texts by flat name; see {@link SettingType}
     * @param expectedVersion the version that the caller has seen, of the file or, if that cannot be used, of what is in
     *     force; null if he does not care
     * @throws SettingsStaleException if the file's content is another one
     * @throws SettingsRefusedException if a text cannot be meant
     * @throws SettingsReadOnlyException if a sensitive setting was to change and the file does not allow it
     * @throws ConfigException if the file as it stands cannot be meant; correct it there, or restore a backup
     * @throws StoreFailed if the disk refused; the file and what is in force are as before
     */
    public Change change(Map<String, String> texts, @Nullable String expectedVersion) {
        List<String> ignored = new ArrayList<>();
        Map<SettingKey, String> wanted = wanted(texts, ignored);
        writing.lock();
        try {
            byte[] present = present(expectedVersion);
            if (ConfigFile.isBlank(present) && !ConfigFile.isBlank(inForce.content())) {
                throw ConfigWatch.empty();
            }
            ConfigText text = ConfigText.of(present);
            SettingsEditor.Edited edited = editor.edit(text.text(), wanted);
            if (!edited.changed().isEmpty()) {
                save(present, text.encode(edited.text()), edited);
            }
            return change(edited.changed(), ignored);
        } finally {
            writing.unlock();
        }
    }

    private Map<SettingKey, String> wanted(Map<String, String> texts, List<String> ignored) {
        Map<SettingKey, String> wanted = new LinkedHashMap<>();
        texts.forEach((name, text) -> keys.named(name)
                .ifPresentOrElse(
                        key -> {
                            if (!(key.type() instanceof SettingType.Hidden && text.equals(SettingKeys.MASK))) {
                                wanted.put(key, text);
                            }
                        },
                        () -> ignored.add(name)));
        return wanted;
    }

    /** What is on the disk; what is in force if the file is gone. */
    private byte[] present(@Nullable String expectedVersion) {
        boolean gone = !Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS);
        byte[] present = gone ? inForce.content() : file.content();
        if (expectedVersion != null && !isSeen(expectedVersion, present)) {
            throw new SettingsStaleException();
        }
        return present;
    }

    /** Of a file that cannot be used nobody is told the version, but of what is in force instead. */
    private boolean isSeen(String expectedVersion, byte[] present) {
        return expectedVersion.equals(ContentVersion.of(present))
                || expectedVersion.equals(version()) && !isUsable(present);
    }

    private boolean isUsable(byte[] present) {
        if (ConfigFile.isBlank(present)) {
            return ConfigFile.isBlank(inForce.content());
        }
        try {
            file.rules().read(present);
            return true;
        } catch (ConfigException broken) {
            return false;
        }
    }

    private void save(byte[] present, byte[] content, SettingsEditor.Edited edited) {
        if (content.length > ConfigText.MAX_BYTES) {
            throw new SettingsRefusedException(edited.changed().stream()
                    .map(key -> new ConfigProblem(0, 0, key.name(), "would make config.yaml too large", "Write less"))
                    .toList());
        }
        Reading reading = file.rules().read(content);
        if (!reading.config().equals(edited.config())) {
            throw new StoreFailed(
                    StoreFailed.Obstacle.OTHER,
                    "config.yaml could not be saved: it would not be read as it is meant.",
                    null);
        }
        write(present, content, reading);
    }

    private void write(byte[] present, byte[] content, Reading reading) {
        backups.keep(present);
        Path target = target();
        try {
            writer.replace(target, content, "config.yaml");
        } catch (StoreFailed failed) {
            takeBack(target, present, content);
            throw failed;
        }
        file.lastGood().keep(content);
        inForce = new LoadedConfig(content, reading);
        trouble = List.of();
    }

    /** A link stays one: what it points to is replaced. */
    private Path target() {
        try {
            return Files.isSymbolicLink(file.path()) ? file.path().toRealPath() : file.path();
        } catch (IOException broken) {
            throw DiskTrouble.failure(broken, file.directory(), 0, "config.yaml");
        }
    }

    /** The very last step of a write can fail after the new content is in place: then the old one is put back. */
    private void takeBack(Path target, byte[] present, byte[] content) {
        try {
            if (Arrays.equals(content, file.content())) {
                writer.replace(target, present, "config.yaml");
            }
        } catch (StoreFailed | ConfigException stillFailing) {
            // The first failure is the one to report; the watch finds out what is on the disk.
        }
    }

    private Change change(List<SettingKey> changed, List<String> ignored) {
        return new Change(
                config(), version(), changed.stream().map(SettingKey::name).toList(), ignored, awaitingRestart());
    }

    /** The contents before, the newest first; at most five. Blocks on the disk. */
    public List<ConfigBackup> backups() {
        return backups.list();
    }

    /**
     * What {@link #restore} would change, in the order of {@link SettingKeys#all}. Blocks on the disk.
     *
     * @param number as in {@link #backups}
     * @throws SettingsRefusedException if there is no such backup, or it cannot be meant
     */
    public List<SettingDifference> differences(int number) {
        Config after = meant(backup(number)).config();
        Config before = presentConfig();
        Map<String, String> from = editor.texts(before);
        Map<String, String> to = editor.texts(after);
        return editor.different(before, after).stream()
                .map(SettingKey::name)
                .map(name -> new SettingDifference(name, from.getOrDefault(name, ""), to.getOrDefault(name, "")))
                .toList();
    }

    private Config presentConfig() {
        try {
            return configOf(present(null));
        } catch (ConfigException unreadable) {
            return config();
        }
    }

    /**
     * Puts a content from before in the place of the present one, which becomes the newest backup; also when the present
     * one cannot be used. Blocks on the disk.
     *
     * @param number as in {@link #backups}
     * @param expectedVersion the version that the caller has seen, of the file or, if that cannot be used, of what is in
     *     force; null if he does not care
     * @throws SettingsStaleException if the file's content is another one
     * @throws SettingsRefusedException if there is no such backup, or it cannot be meant
     * @throws SettingsReadOnlyException if a sensitive setting would change and the present file does not allow it
     * @throws StoreFailed if the disk refused; the file and what is in force are as before
     */
    public Change restore(int number, @Nullable String expectedVersion) {
        writing.lock();
        try {
            byte[] present = present(expectedVersion);
            byte[] content = backup(number);
            Reading reading = meant(content);
            Config before = configOf(present);
            List<SettingKey> changed = editor.different(before, reading.config());
            editor.guard(before, changed);
            if (!Arrays.equals(present, content)) {
                write(present, content, reading);
            }
            return change(changed, List.of());
        } finally {
            writing.unlock();
        }
    }

    private byte[] backup(int number) {
        return backups.content(number)
                .orElseThrow(() -> new SettingsRefusedException(List.of(
                        new ConfigProblem(0, 0, "", "there is no backup with that number", "Choose one of the list"))));
    }

    private Reading meant(byte[] content) {
        try {
            return file.rules().read(content);
        } catch (ConfigException refused) {
            throw editor.refused(refused);
        }
    }

    private Config configOf(byte[] present) {
        try {
            return file.rules().read(present).config();
        } catch (ConfigException broken) {
            return config();
        }
    }

    ConfigFile file() {
        return file;
    }

    String version() {
        return inForce.version();
    }

    /** Puts in force what a person has written into the file; does nothing if the file has another content by now. */
    boolean adopt(byte[] content, Reading reading) {
        writing.lock();
        try {
            boolean stillThere = Arrays.equals(content, file.content());
            if (stillThere) {
                Modes.tighten(file.path());
                file.lastGood().keep(content);
                inForce = new LoadedConfig(content, reading);
                trouble = List.of();
            }
            return stillThere;
        } catch (ConfigException gone) {
            return false;
        } finally {
            writing.unlock();
        }
    }

    /** Notes that what is on the disk is not in force; says whether that was not known. */
    boolean reject(List<ConfigProblem> problems) {
        boolean news = !problems.equals(trouble);
        trouble = List.copyOf(problems);
        return news;
    }

    /** What is in force now, with what was read. */
    Reading current() {
        return inForce.reading();
    }
}
