package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A home whose service is killed again and again while it saves, and what must be in it: everything that was acknowledged,
 * and what was under way at the kill either whole or not at all. Used by one thread.
 */
final class KilledHome implements AutoCloseable {
    /** So many changes at most are done before the one, or the one after it, that the kill is aimed at. */
    private static final int MOST_UNHARMED = 6;

    private static final long LEAST_SPREAD_NANOS = 2_000_000;
    private static final int MOST_CREDENTIALS = 30;

    private final AppHome home = AppHome.empty();
    private final Random random;

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

    KilledHome(URI upstream, long seed) throws IOException {
        random = new Random(seed);
        home.config(Setup.with(upstream).codebuddy("rotation_count: 1").yaml(ServiceUnderTest.freePort()));
    }

    /** Starts the service, checks what it has, lets it work and kills it; returns how many changes it acknowledged. */
    int startAndKill() throws Exception {
        acknowledged = 0;
        ServiceProcess process =
                ServiceUnderTest.start(home, home.port(), List.of()).process();
        live(process, new Calls(home.port(), "Bearer " + AppHome.PASSWORD));
        isWhole();
        return acknowledged;
    }

    /** Temporary files that nobody has removed. */
    List<Path> leftovers() throws IOException {
        List<Path> leftovers = new ArrayList<>(files(home.folder().resolve(".codebuddy_creds")));
        leftovers.addAll(files(home.folder().resolve("config")));
        leftovers.removeIf(file -> !file.getFileName().toString().endsWith(".tmp"));
        return leftovers;
    }

    /** One life of the service: what it has is what was acknowledged; then changes until it is dead. */
    private void live(ServiceProcess process, Calls calls) throws Exception {
        settle(calls);
        int unharmed = random.nextInt(MOST_UNHARMED);
        long lastNanos = 0;
        Thread killer = null;
        try {
            for (int done = 0; process.isAlive(); done++) {
                if (done == unharmed) {
                    long moment = (long) (random.nextDouble() * (2 * lastNanos + LEAST_SPREAD_NANOS));
                    killer = Thread.ofVirtual().start(() -> {
                        LockSupport.parkNanos(moment);
                        process.kill();
                    });
                }
                long begun = System.nanoTime();
                change(calls);
                lastNanos = System.nanoTime() - begun;
                acknowledged++;
            }
        } catch (IOException broken) {
            // It was killed in the middle of it.
        }
        if (killer != null) {
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
            JsonNode list = taken(calls.get(CredentialsCalls.LIST)).json().path("credentials");
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
            JsonNode list = taken(calls.get(CredentialsCalls.LIST)).json().path("credentials");
            int index = random.nextInt(list.size());
            doubtfulSelected =
                    Integer.parseInt(list.path(index).path("user_id").asText().substring("user-".length()));
            taken(calls.post(CredentialsCalls.LIST + "/select", "{\"index\":" + index + "}"));
            selected = doubtfulSelected;
        }
    }

    private static RawResponse taken(RawResponse response) throws IOException {
        if (!response.whole()) {
            throw new IOException("killed within the answer");
        }
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response;
    }

    /** No file that a reader would take is torn. */
    private void isWhole() throws IOException {
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

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() {
        home.close();
    }
}
