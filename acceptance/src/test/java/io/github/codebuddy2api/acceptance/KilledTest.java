package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * The service is killed at random moments while it saves credentials, its state and its settings. What it had
 * acknowledged is there afterwards, what it had not is there whole or not at all, and it starts again. With
 * {@code -Dkills=2000} there are more of them.
 */
final class KilledTest {
    private static final int KILLS = Integer.getInteger("kills", 200);
    private static final int LONGEST_LIFE_MILLIS = 120;
    private static final int MOST_CREDENTIALS = 30;

    private final Random random = new Random();

    /** What has been acknowledged: the tokens, by their number. */
    private final Set<Integer> tokens = new HashSet<>();

    /** What was under way at the kill: a token that may be there or not; none if it is negative. */
    private int doubtful = -1;

    private int rotationCount = 1;
    private int doubtfulRotationCount = 1;
    private int selected = -1;
    private int doubtfulSelected = -1;
    private int nextToken;
    private int acknowledged;

    @Test
    @Item(value = 102, note = "200 kills; 2,000 with -Dkills=2000")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void nothing_is_lost_or_torn_when_the_service_is_killed_while_it_saves(TestReporter reporter) throws Exception {
        long seed = new Random().nextLong();
        random.setSeed(seed);
        reporter.publishEntry("seed", Long.toString(seed));
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                AppHome home = AppHome.empty()) {
            home.config(
                    Setup.with(simulator.uri()).codebuddy("rotation_count: 1").yaml(ServiceUnderTest.freePort()));
            for (int kill = 0; kill < KILLS; kill++) {
                try {
                    ServiceProcess process =
                            ServiceUnderTest.start(home, home.port(), List.of()).process();
                    live(process, new Calls(home.port(), "Bearer " + AppHome.PASSWORD));
                    isWhole(home);
                } catch (IOException | RuntimeException | AssertionError e) {
                    throw new AssertionError("at kill " + kill + " with seed " + seed, e);
                }
            }
            reporter.publishEntry("acknowledged changes", Integer.toString(acknowledged));
            assertThat(acknowledged).isGreaterThan(KILLS);
            assertThat(hidden(home))
                    .as("temporary files are removed at the next start")
                    .hasSizeLessThan(10);
        }
    }

    /** One life of the service: what it has is what was acknowledged; then changes until it is dead. */
    private void live(ServiceProcess process, Calls calls) throws Exception {
        settle(calls);
        long lifeNanos = TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS)) + random.nextInt(1_000_000);
        Thread killer = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(lifeNanos);
            process.kill();
        });
        try {
            while (process.isAlive()) {
                change(calls);
                acknowledged++;
            }
        } catch (IOException broken) {
            // It was killed in the middle of it.
        } finally {
            killer.join();
        }
        process.close();
    }

    /** Asks the service what has become of the last change, and holds it to everything else. */
    private void settle(Calls calls) throws IOException {
        Set<Integer> there = new HashSet<>();
        List<Integer> inOrder = new ArrayList<>();
        calls.get(CredentialsCalls.LIST).json().path("credentials").forEach(credential -> {
            int number = Integer.parseInt(credential.path("user_id").asText().substring("user-".length()));
            assertThat(there.add(number)).as("token %d is there once", number).isTrue();
            inOrder.add(number);
        });
        if (doubtful >= 0 && there.contains(doubtful) != tokens.contains(doubtful)) {
            if (!tokens.remove(doubtful)) {
                tokens.add(doubtful);
            }
        }
        assertThat(there).isEqualTo(tokens);
        doubtful = -1;
        int count = calls.get("/api/settings")
                .json()
                .at("/settings/CODEBUDDY_ROTATION_COUNT")
                .asInt();
        assertThat(count).isIn(rotationCount, doubtfulRotationCount);
        rotationCount = count;
        doubtfulRotationCount = count;
        JsonNode current = calls.get(CredentialsCalls.LIST + "/current").json();
        int now = current.path("status").asText().equals("manual_selected")
                ? inOrder.get(current.path("index").asInt())
                : -1;
        selected = tokens.contains(selected) ? selected : -1;
        assertThat(now).isIn(selected, tokens.contains(doubtfulSelected) ? doubtfulSelected : -1);
        selected = now;
        doubtfulSelected = now;
    }

    private void change(Calls calls) throws IOException {
        int choice = random.nextInt(10);
        if (tokens.isEmpty() || (choice < 4 && tokens.size() < MOST_CREDENTIALS)) {
            doubtful = nextToken++;
            taken(calls.post(
                    CredentialsCalls.LIST,
                    "{\"bearer_token\":\"token-%1$d\",\"user_id\":\"user-%1$d\"}".formatted(doubtful)));
            tokens.add(doubtful);
        } else if (choice < 6) {
            JsonNode list = calls.get(CredentialsCalls.LIST).json().path("credentials");
            int index = random.nextInt(list.size());
            doubtful =
                    Integer.parseInt(list.path(index).path("user_id").asText().substring("user-".length()));
            taken(calls.post(CredentialsCalls.LIST + "/delete", "{\"index\":" + index + "}"));
            tokens.remove(doubtful);
        } else if (choice < 8) {
            doubtfulRotationCount = 1 + random.nextInt(1000);
            taken(calls.post(
                    "/api/settings", "{\"settings\":{\"CODEBUDDY_ROTATION_COUNT\":" + doubtfulRotationCount + "}}"));
            rotationCount = doubtfulRotationCount;
        } else {
            JsonNode list = calls.get(CredentialsCalls.LIST).json().path("credentials");
            int index = random.nextInt(list.size());
            doubtfulSelected =
                    Integer.parseInt(list.path(index).path("user_id").asText().substring("user-".length()));
            taken(calls.post(CredentialsCalls.LIST + "/select", "{\"index\":" + index + "}"));
            selected = doubtfulSelected;
        }
    }

    private static void taken(RawResponse response) throws IOException {
        if (!response.whole()) {
            throw new IOException("killed within the answer");
        }
        assertThat(response.status()).as("%s", response).isEqualTo(200);
    }

    /** No file that a reader would take is torn. */
    private void isWhole(AppHome home) throws IOException {
        Set<Integer> there = new HashSet<>();
        for (Path file : files(home.folder().resolve(".codebuddy_creds"))) {
            String name = file.getFileName().toString();
            if (!name.endsWith(".json") || name.startsWith(".")) {
                continue;
            }
            JsonNode json = Json.read(Files.readString(file));
            if (!name.equals("manager_state.json")) {
                there.add(Integer.parseInt(json.path("bearer_token").asText().substring("token-".length())));
            }
        }
        Set<Integer> known = new HashSet<>(tokens);
        known.remove(doubtful);
        there.remove(doubtful);
        assertThat(there).isEqualTo(known);
        assertThat(home.configFile())
                .content()
                .contains(AppHome.PASSWORD)
                .containsPattern("(?m)^  rotation_count: (" + rotationCount + "|" + doubtfulRotationCount + ")$");
    }

    private static List<Path> hidden(AppHome home) throws IOException {
        List<Path> hidden = new ArrayList<>(files(home.folder().resolve(".codebuddy_creds")));
        hidden.addAll(files(home.folder().resolve("config")));
        hidden.removeIf(file -> !file.getFileName().toString().endsWith(".tmp"));
        return hidden;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
