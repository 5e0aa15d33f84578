package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home in which one file is not what it was: the stores open, and what is good in it serves. */
final class MutatedHomeTest {
    private static final List<String> GOOD = List.of("token-100", "token-1", "token-2");
    private static final String USAGE = "usage/usage.2026-11-22.jsonl";

    private static final String DELETED = ".trash/" + ManualTime.START.getEpochSecond() + "_codebuddy_old.json";

    /** All that the stores read. */
    private static final List<String> FILES = List.of(
            "creds/codebuddy_bad.json",
            "creds/bad.json",
            "creds/manager_state.json",
            "creds/" + DELETED,
            "creds/.refreshing_" + CredentialDirectory.id("good.json"),
            "config/config.yaml",
            "config/.config.last-good.yaml",
            "config/config.yaml.1",
            USAGE);

    @TempDir
    Path slower;

    private final MemoryFolders folders = new MemoryFolders();
    private Path template = Path.of("");
    private long slowest;
    private int listed;
    private int setAside;
    private int stillUsable;

    @BeforeEach
    void fill_a_home() throws IOException {
        folders.open(slower);
        template = folders.make();
        StoredHome.fill(template);
        Path directory = template.resolve("creds");
        Files.writeString(directory.resolve("good.json"), "{\"bearer_token\": \"token-1\", \"refresh_token\": \"r\"}");
        Files.writeString(directory.resolve("zz.json"), "{\"bearer_token\": \"token-2\"}");
        for (String name : List.of("codebuddy_bad.json", "bad.json", DELETED)) {
            Files.writeString(directory.resolve(name), """
                    {"bearer_token": "token-9", "user_id": "u", "created_at": 1785000000, "expires_in": 31536000,
                     "refresh_token": "r-9", "user_info": {"email": "a@example.com"}, "x": [1.5e3, null, true]}
                    """);
        }
        Files.writeString(directory.resolve(".refreshing_" + CredentialDirectory.id("good.json")), "0123456789abcdef");
        Files.createDirectories(template.resolve(USAGE).getParent());
        try (UsageFile usage = usage(template)) {
            usage.append(SavingProgram.record(0));
            usage.append(SavingProgram.record(1));
        }
    }

    @AfterEach
    void leave_it_empty() throws IOException {
        folders.close();
    }

    @Test
    @Tag("trust")
    @Tag("P12")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whatever_became_of_a_file_the_stores_open_and_the_good_accounts_are_there() throws Exception {
        Proof proof = Proof.of(Promise.P12, "mutated-files-opened")
                .without("a configuration that cannot be used and never could be: with no copy of a usable one the "
                        + "start ends in words, so that no default opens what was closed");
        int files = proof.amount(45, 1_000, 10_000);
        proof.show(() -> {
            Random random = new Random(proof.seed());
            List<Mutation> mutations = List.of(Mutation.values());
            for (int number = 0; number < files; number++) {
                Mutation mutation = mutations.get(number % mutations.size());
                String file = FILES.get(random.nextInt(FILES.size()));
                try {
                    open(mutation, file, random);
                } catch (Exception | AssertionError failed) {
                    throw new AssertionError(
                            "number %d, %s %s: %s".formatted(number, file, mutation, failed.getMessage()), failed);
                }
            }
            return "%,d mutated files (%d files × %d mutations): the good accounts there in all of them, slowest opening %d ms; %,d bad account files listed (%,d of them moved aside), %,d still usable, 0 deleted (copies of the configuration and notes about a refresh not counted)"
                    .formatted(
                            files,
                            FILES.size(),
                            Mutation.values().length,
                            TimeUnit.NANOSECONDS.toMillis(slowest),
                            listed,
                            setAside,
                            stillUsable);
        });
    }

    private void open(Mutation mutation, String name, Random random) throws IOException {
        Path folder = folders.copy(template);
        Path file = folder.resolve(name);
        mutation.apply(file, random);
        byte[] content = content(file);
        long begun = System.nanoTime();
        StoredHome home = new StoredHome(folder, new LocalDisk());
        List<String> tokens = CredentialFilesBench.tokens(home.credentials);
        try (UsageFile usage = usage(folder)) {
            usage.replay(record -> {});
            slowest = Math.max(slowest, System.nanoTime() - begun);
            usage.append(SavingProgram.record(2));
        }
        assertThat(tokens).containsAll(GOOD);
        if (name.endsWith("bad.json")) {
            judge(home, file.getFileName().toString());
        }
        if (home.settings.opening().isLastGood()) {
            assertThat(home.settings.config()).isEqualTo(lastGood(folder));
        }
        assertThat(isKept(folder, file, name, content))
                .as("it is where it was, or set aside")
                .isTrue();
        home.save(StoredHome.Save.CHOOSE, random, 1);
        MemoryFolders.remove(folder);
    }

    /** It is listed as what cannot be used, or is used. */
    private void judge(StoredHome home, String name) {
        boolean skipped =
                home.credentials.skipped().stream().anyMatch(file -> file.id().equals(CredentialDirectory.id(name)));
        boolean used = home.credentials.all().stream()
                .anyMatch(credential -> credential.name().equals(name));
        assertThat(skipped || used).as("it is listed or used").isTrue();
        listed += skipped ? 1 : 0;
        stillUsable += used ? 1 : 0;
        setAside += Files.exists(home.folder.resolve("creds").resolve(name), LinkOption.NOFOLLOW_LINKS) ? 0 : 1;
    }

    private static Config lastGood(Path folder) throws IOException {
        return ConfigFile.read(Files.readAllBytes(folder.resolve("config/.config.last-good.yaml")), folder)
                .config();
    }

    private static byte[] content(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readAllBytes(file) : new byte[0];
    }

    /** Copies of the configuration and notes about a refresh are written again at any time; statistics are added to. */
    private static boolean isKept(Path folder, Path file, String name, byte[] content) throws IOException {
        if (name.startsWith("config/.config") || name.startsWith("creds/.refreshing_")) {
            return true;
        }
        if (name.equals(USAGE)) {
            byte[] now = content(file);
            return Arrays.equals(content, 0, content.length, now, 0, Math.min(content.length, now.length));
        }
        List<Path> places = new ArrayList<>();
        places.add(file);
        for (Path aside : List.of(folder.resolve("creds/.quarantine"), folder.resolve("creds/.trash"))) {
            if (Files.isDirectory(aside)) {
                try (Stream<Path> files = Files.list(aside)) {
                    places.addAll(files.toList());
                }
            }
        }
        for (Path place : places) {
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && Arrays.equals(content(place), content)) {
                return true;
            }
        }
        return false;
    }

    private static UsageFile usage(Path folder) {
        return new UsageFile(folder.resolve("usage"), () -> Duration.ofDays(30), new ManualTime());
    }
}
