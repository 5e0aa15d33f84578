package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged service starts in homes full of files that are not what they were. */
final class MutatedFilesTest {
    private static final int BAD = 25;
    private static final int PROMISED_MILLIS = 5_000;

    private long slowest;
    private int mutated;
    private int usable;

    @Test
    @Tag("trust")
    @Tag("P12")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whatever_became_of_its_files_the_service_starts_and_the_good_accounts_serve() throws Exception {
        Proof proof = Proof.of(Promise.P12, "starts-among-mutated-files");
        int starts = proof.amount(1, 6, 38);
        proof.show(() -> {
            Random random = new Random(proof.seed());
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
                for (int start = 0; start < starts; start++) {
                    start(simulator, random);
                }
            }
            if (slowest > PROMISED_MILLIS) {
                proof.fallsShort("a start took longer than 5 s");
            }
            return "%,d mutated files in %d starts of the packaged service: all listened within %,d ms, the good accounts served, %d of the files still usable, the others kept and listed"
                    .formatted(mutated, starts, slowest, usable);
        });
    }

    private void start(SimulatedCodeBuddy simulator, Random random) throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        home.credentials(List.of("token-good", "token-better"));
        Files.copy(home.configFile(), home.configFile().resolveSibling(".config.last-good.yaml"));
        Path folder = home.folder().resolve(".codebuddy_creds");
        home.credential("manager_state.json", "{\"auto_rotation\": true}");
        for (int number = 0; number < BAD; number++) {
            String name = name(number);
            home.credential(name, """
                    {"bearer_token": "token-%1$d", "user_id": "bad-%1$d", "created_at": 1785000000,
                     "expires_in": 31536000, "x": [1.5e3, null, true]}
                    """.formatted(number));
            mutate(folder.resolve(name), random);
            age(folder.resolve(name));
        }
        mutate(folder.resolve("manager_state.json"), random);
        breakConfig(home.configFile(), random);
        long begun = System.nanoTime();
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            CredentialsCalls credentials = new CredentialsCalls(simulator, service);
            List<String> names = credentials.all("filename");
            assertThat(names).contains("codebuddy_token_1.json", "codebuddy_token_2.json");
            usable += names.size() - 2;
            for (int turn = 0; turn < names.size(); turn++) {
                assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
            }
            List<String> listed = new ArrayList<>();
            Calls.to(service)
                    .get(CredentialsCalls.LIST)
                    .json()
                    .path("unusable")
                    .forEach(file -> listed.add(file.path("filename").asText()));
            for (int number = 0; number < BAD; number++) {
                String name = name(number);
                assertThat(names.contains(name) || listed.stream().anyMatch(file -> file.contains(name)))
                        .as("%s serves or is listed: %s, %s", name, names, listed)
                        .isTrue();
            }
            long there = kept(folder);
            assertThat(there).as("every file is where it was or set aside").isGreaterThanOrEqualTo(BAD + 2);
            assertThat(service.process().output()).doesNotContain("token-", "\tat ");
        }
    }

    private static String name(int number) {
        return (number % 2 == 0 ? "codebuddy_bad_" : "bad_") + number + ".json";
    }

    /** What is young and cut short may still be written, and is not complained of. */
    private static void age(Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
    }

    private static long kept(Path folder) throws IOException {
        long kept = 0;
        for (Path place : List.of(folder, folder.resolve(".quarantine"))) {
            if (Files.isDirectory(place)) {
                try (var files = Files.list(place)) {
                    kept += files.filter(file -> file.toString().endsWith(".json"))
                            .filter(file -> !file.toString().endsWith("manager_state.json"))
                            .count();
                }
            }
        }
        return kept;
    }

    /** The file can be used no more; the copy of the last usable one is beside it. */
    private void breakConfig(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int cut = 1 + random.nextInt(bytes.length - 1);
        Arrays.fill(bytes, cut, bytes.length, (byte) 0);
        Files.write(file, bytes);
        mutated++;
    }

    private void mutate(Path file, Random random) throws Exception {
        mutated++;
        byte[] bytes = Files.readAllBytes(file);
        switch (random.nextInt(8)) {
            case 0 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case 1 -> {
                Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
                Files.write(file, bytes);
            }
            case 2 -> {
                Files.delete(file);
                Files.createSymbolicLink(file, Path.of(random.nextBoolean() ? "/dev/zero" : file.toString()));
            }
            case 3 -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case 4 -> {
                Files.delete(file);
                assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                        .isZero();
            }
            case 5 -> {
                List<String> others = List.of("", "[]", "7", "null", "{\"bearer_token\": 7}", "[".repeat(100_000));
                Files.write(
                        file,
                        others.get(random.nextInt(others.size())).getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.TRUNCATE_EXISTING);
            }
            default -> {
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, bytes);
            }
        }
        assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
