package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owners who change accounts and settings at once, and the history of it: what each was told, from when to when. An
 * account is a register that is added once and deleted once, so a history has an order that explains it exactly if each
 * account has one.
 */
final class AdminRace {
    private static final int MOST = 60;

    private final Calls calls;
    private final long seed;
    private final AtomicInteger nextUser = new AtomicInteger();
    private final ConcurrentLinkedQueue<Done> history = new ConcurrentLinkedQueue<>();
    private final AtomicInteger counted = new AtomicInteger();
    final AtomicInteger stale = new AtomicInteger();

    /** What was done, by what it was done to, and between which moments. */
    private sealed interface Done {}

    private record Added(String user, long from, long to) implements Done {}

    private record Deleted(String user, long from, long to) implements Done {}

    private record Listed(List<String> users, long from, long to) implements Done {}

    AdminRace(Calls calls, long seed) {
        this.calls = calls;
        this.seed = seed;
    }

    /** Lets so many owners do so much each. */
    void run(int owners, int each) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int owner = 0; owner < owners; owner++) {
                Random random = new Random(seed + owner);
                all.add(threads.submit(() -> {
                    for (int turn = 0; turn < each; turn++) {
                        act(random);
                    }
                    return null;
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
        list();
    }

    private void act(Random random) throws IOException {
        int choice = random.nextInt(10);
        if (choice < 3) {
            add();
        } else if (choice < 7) {
            delete(random);
        } else if (choice < 9) {
            countOn();
        } else {
            list();
        }
    }

    private void add() throws IOException {
        String user = "user-" + nextUser.getAndIncrement();
        long from = System.nanoTime();
        RawResponse answer = calls.post(
                CredentialsCalls.LIST, "{\"bearer_token\":\"token-of-%1$s\",\"user_id\":\"%1$s\"}".formatted(user));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        history.add(new Added(user, from, System.nanoTime()));
    }

    private JsonNode list() throws IOException {
        long from = System.nanoTime();
        JsonNode list = calls.get(CredentialsCalls.LIST).json();
        List<String> users = new ArrayList<>();
        list.path("credentials").forEach(it -> users.add(it.path("user_id").asText()));
        history.add(new Listed(users, from, System.nanoTime()));
        return list;
    }

    /** Deletes what the owner sees at a place, saying by which list or which account he saw it. */
    private void delete(Random random) throws IOException {
        JsonNode list = list();
        int size = list.path("credentials").size();
        if (size == 0) {
            return;
        }
        int index = random.nextInt(Math.min(size, MOST));
        JsonNode seen = list.path("credentials").path(index);
        String etag = (random.nextBoolean() ? list : seen).path("etag").asText();
        long from = System.nanoTime();
        RawResponse answer =
                calls.post(CredentialsCalls.LIST + "/delete", "{\"index\":%d,\"etag\":\"%s\"}".formatted(index, etag));
        if (answer.status() == 200) {
            history.add(new Deleted(seen.path("user_id").asText(), from, System.nanoTime()));
        } else {
            isStale(answer);
        }
    }

    /** The place may be gone with what stood there, which the route says in the original's words. */
    private void isStale(RawResponse answer) {
        String code = answer.error().path("code").asText();
        assertThat(answer.status() + " " + code).as("%s", answer).isIn("409 stale_view", "400 credential_not_found");
        stale.incrementAndGet();
    }

    /** Reads a number from the settings and writes the next one, if nobody has written meanwhile. */
    private void countOn() throws IOException {
        JsonNode settings = calls.get("/api/settings").json();
        int next = settings.at("/settings/CODEBUDDY_ROTATION_COUNT").asInt() + 1;
        RawResponse answer = calls.ask(
                "POST",
                "/api/settings",
                "{\"settings\":{\"CODEBUDDY_ROTATION_COUNT\":" + next + "}}",
                "Content-Type: application/json",
                "If-Match: \"" + settings.path("version").asText() + "\"");
        if (answer.status() == 200) {
            counted.incrementAndGet();
        } else {
            assertThat(answer.status()).as("%s", answer).isEqualTo(412);
            stale.incrementAndGet();
        }
    }

    /** How many changes were acknowledged. */
    long acknowledged() {
        return history.stream().filter(done -> !(done instanceof Listed)).count() + counted.get();
    }

    /** Holds the number to how often it was counted on: a lost update would miss. */
    void nothingIsLost(int first) throws IOException {
        int now = calls.get("/api/settings")
                .json()
                .at("/settings/CODEBUDDY_ROTATION_COUNT")
                .asInt();
        assertThat(now).isEqualTo(first + counted.get());
    }

    /** What of the history no order explains. */
    List<String> anomalies() {
        List<String> anomalies = new ArrayList<>();
        Map<String, Added> added = new HashMap<>();
        Map<String, Deleted> deleted = new HashMap<>();
        for (Done done : history) {
            if (done instanceof Added it) {
                added.put(it.user(), it);
            } else if (done instanceof Deleted it && deleted.put(it.user(), it) != null) {
                anomalies.add(it.user() + " was deleted twice");
            }
        }
        for (Done done : history) {
            if (done instanceof Listed it) {
                judge(it, added, deleted, anomalies);
            }
        }
        return anomalies;
    }

    private static void judge(
            Listed list, Map<String, Added> added, Map<String, Deleted> deleted, List<String> anomalies) {
        if (list.users().stream().distinct().count() != list.users().size()) {
            anomalies.add("a list names an account twice");
        }
        for (Added it : added.values()) {
            Deleted end = deleted.get(it.user());
            boolean listed = list.users().contains(it.user());
            boolean mustBeThere = it.to() < list.from() && (end == null || end.from() > list.to());
            boolean cannotBeThere = it.from() > list.to() || end != null && end.to() < list.from();
            if (mustBeThere && !listed) {
                anomalies.add(it.user() + " is missing from a list");
            }
            if (cannotBeThere && listed) {
                anomalies.add(it.user() + " is in a list that it cannot be in");
            }
        }
    }
}
