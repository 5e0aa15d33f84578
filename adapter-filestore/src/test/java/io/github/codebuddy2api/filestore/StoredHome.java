package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The stores of a home, opened as the service opens them: credentials with their notes of refreshes, the owner's choices
 * and the settings. What they hold can be said in words, and changed at random. Used by one thread.
 */
final class StoredHome {
    private static final int MOST_CREDENTIALS = 6;

    final Path folder;
    final CredentialFiles credentials;
    final SettingsFile settings;
    private final Path directory;
    private final RotationFile rotation;
    private final ManualTime time;

    /** Opens what is in the folder, at a time at which no file in it is new any more. */
    StoredHome(Path folder, Disk disk) {
        this(folder, disk, later());
    }

    StoredHome(Path folder, Disk disk, ManualTime time) {
        this.folder = folder;
        this.directory = folder.resolve("creds");
        this.time = time;
        this.settings = SettingsFile.open(new ConfigFile(folder, logging -> {}, disk));
        this.credentials = new CredentialFiles(() -> directory, time, scan -> {}, disk);
        this.rotation = new RotationFile(() -> directory, credentials, time, warning -> {}, disk);
    }

    /** Fills an empty folder so that each kind of save has something to do. */
    static void fill(Path folder) throws IOException {
        StoredHome home = new StoredHome(folder, new RecordingDisk(folder, false));
        Random random = new Random(1);
        int number = 100;
        for (Save kind : List.of(Save.ADD, Save.LOG_IN, Save.DELETE, Save.CHOOSE, Save.SET, Save.SET)) {
            home.save(kind, random, number++);
        }
    }

    /** A time at which no file that was written until now is new. */
    static ManualTime later() {
        ManualTime time = new ManualTime();
        time.advance(Duration.between(time.instant(), Instant.now().plusSeconds(60)));
        return time;
    }

    /** What is there, in words: all that a caller of the stores can learn. */
    Set<String> seen() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (Credential credential : credentials.all()) {
            CredentialLabel label = credential.label();
            seen.add("token " + token(credential) + (label == null ? "" : " called " + label.value()));
        }
        Set<CredentialId> unfinished = credentials.unfinishedRefreshes();
        credentials.all().stream()
                .filter(credential -> unfinished.contains(credential.id()))
                .forEach(credential -> seen.add("unfinished " + token(credential)));
        RotationState state = rotation.load();
        seen.add("rotating " + state.rotating());
        state.pin().flatMap(this::find).ifPresent(credential -> seen.add("pinned " + token(credential)));
        seen.add("models " + settings.config().codebuddy().models());
        for (Path deleted : trash()) {
            seen.add("deleted " + Files.readString(deleted).replaceAll("(?s).*(token-\\d+).*", "$1"));
        }
        return seen;
    }

    /** What is in the way of an account that is there: a file that is not used, a temporary one that was left. */
    List<String> flaws() throws IOException {
        List<String> flaws = new ArrayList<>();
        credentials.skipped().forEach(file -> flaws.add(file.name() + ": " + file.reason()));
        settings.opening().problems().forEach(problem -> flaws.add("config.yaml: " + problem));
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(AtomicFile::isTemporary)
                    .forEach(flaws::add);
        }
        return flaws;
    }

    private static String token(Credential credential) {
        return credential.accessToken().reveal();
    }

    private Optional<Credential> find(CredentialId id) {
        return credentials.all().stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst();
    }

    private List<Path> trash() throws IOException {
        Path trash = directory.resolve(".trash");
        if (!Files.isDirectory(trash)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(trash)) {
            return files.sorted().toList();
        }
    }

    /** A kind of save. */
    enum Save {
        ADD,
        LOG_IN,
        REFRESH,
        NOTE_REFRESH,
        RENAME,
        DELETE,
        RESTORE,
        CHOOSE,
        SET,
        PUT_BACK;

        /** Any of them. */
        static Save any(Random random) {
            return List.of(values()).get(random.nextInt(values().length));
        }
    }

    /**
     * Saves something.
     *
     * @param number stands in what is saved, so that every save can be told from any other
     */
    void save(Save kind, Random random, int number) throws IOException {
        List<Credential> stored = credentials.all();
        if (stored.isEmpty()) {
            add(number);
            return;
        }
        Credential one = stored.get(random.nextInt(stored.size()));
        boolean full = stored.size() >= MOST_CREDENTIALS;
        switch (full && (kind == Save.ADD || kind == Save.LOG_IN) ? Save.DELETE : kind) {
            case ADD -> add(number);
            case LOG_IN ->
                credentials.add(new NewCredential(tokens(number), CredentialFilesBench.LI, Origin.LOGIN, null));
            case REFRESH -> {
                credentials.noteRefresh(one.id());
                credentials.replace(one.with(tokens(number)));
            }
            case NOTE_REFRESH -> credentials.noteRefresh(one.id());
            case RENAME -> credentials.rename(one.id(), new CredentialLabel("Name " + number));
            case DELETE -> credentials.delete(one.id());
            case RESTORE -> restore(random);
            case CHOOSE -> rotation.save(new RotationState(random.nextBoolean(), null, one.id(), Set.of()));
            case SET -> settings.change(Map.of("CODEBUDDY_MODELS", "m" + number), null);
            case PUT_BACK -> putBack(random, number);
        }
    }

    private Tokens tokens(int number) {
        return CredentialFilesBench.tokens("token-" + number, "refresh-" + number, time.instant());
    }

    private void add(int number) {
        Tokens tokens = Tokens.of(Secret.of("token-" + number));
        credentials.add(new NewCredential(tokens, Account.UNKNOWN, Origin.MANUAL, null));
    }

    private void restore(Random random) throws IOException {
        List<Path> trash = trash();
        if (!trash.isEmpty()) {
            String name = String.valueOf(trash.get(random.nextInt(trash.size())).getFileName());
            credentials.restore(new CredentialId(CredentialDirectory.id(name.substring(name.indexOf('_') + 1))));
        }
    }

    private void putBack(Random random, int number) {
        List<ConfigBackup> backups = settings.backups();
        if (backups.isEmpty()) {
            settings.change(Map.of("CODEBUDDY_MODELS", "m" + number), null);
        } else {
            settings.restore(backups.get(random.nextInt(backups.size())).number(), null);
        }
    }

    /** A note that a refresh was begun may come back: it says too much then, which does no harm. */
    static boolean isSame(Set<String> seen, Set<String> expected) {
        Set<String> more = new HashSet<>(seen);
        more.removeAll(expected);
        return seen.containsAll(expected) && more.stream().allMatch(word -> word.startsWith("unfinished "));
    }
}
