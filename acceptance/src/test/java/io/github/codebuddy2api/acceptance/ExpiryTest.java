package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fault matrix, 5.4: a thousand requests at the moment a token expires. */
final class ExpiryTest {
    private static final int REQUESTS = 1_000;

    /** For all of them at once. */
    private static final String ROOM = "limits: {max_connections: 4000, max_streams: 2000}";

    /** From this long before its end a credential counts as expired. */
    private static final int MARGIN_SECONDS = 300;

    /** How long after it has come the account expires. */
    private static final int LEAD_SECONDS = 6;

    private static final String GOOD = "{\"bearer_token\":\"token-good\",\"user_id\":\"b\"}";
    private static final String REFRESH = "/v2/plugin/auth/token/refresh";
    private static final String CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private SimulatedCodeBuddy simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** The refresh comes with the next look at the accounts, which nobody has to wait for. */
    @Test
    void with_another_account_nobody_notices_that_one_expires() throws Exception {
        simulator.script(REFRESH, refreshed(Duration.ofSeconds(1)));
        AppHome home = home();
        home.credential("b.json", GOOD);
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            expireSoon(service);
            Map<Integer, Long> statuses = storm(service);

            assertThat(statuses).isEqualTo(Map.of(200, (long) REQUESTS));
            assertThat(simulator.journal().requests(REFRESH)).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void with_another_account_nobody_notices_that_the_upstream_ends_one_and_one_refresh_is_asked_for()
            throws Exception {
        simulator.script(REFRESH, refreshed(Duration.ofSeconds(1)));
        AppHome home = home();
        home.credential("a.json", lasting());
        home.credential("b.json", GOOD);
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
            simulator.revoke("token-old");
            Map<Integer, Long> statuses = storm(service);

            assertThat(statuses).isEqualTo(Map.of(200, (long) REQUESTS));
            simulator.journal().awaitRequest(REFRESH, 1, LIMIT);
            isSaved(home);
            assertThat(simulator.journal().requests(REFRESH)).hasSize(1);
        }
    }

    @Test
    @Tag("trust")
    @Tag("P9")
    void with_one_account_everybody_waits_once_for_one_refresh() throws Exception {
        simulator.script(REFRESH, refreshed(Duration.ofSeconds(1)));
        AppHome home = home();
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            expireSoon(service);
            Proof.of(Promise.P9, "requests-at-expiry").show(() -> {
                Map<Integer, Long> statuses = storm(service);

                assertThat(statuses).isEqualTo(Map.of(200, (long) REQUESTS));
                assertThat(simulator.journal().requests(REFRESH)).hasSize(1);
                assertThat(tokens()).contains("Bearer token-new").isSubsetOf("Bearer token-old", "Bearer token-new");
                isSaved(home);
                return "%d requests at expiry, all answered: %s".formatted(REQUESTS, refreshes());
            });
        }
    }

    /** Again and again the one token ends that many requests need; each refresh token is used up once. */
    @Test
    @Tag("trust")
    @Tag("P9")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void in_a_storm_of_refreshes_no_refresh_token_is_used_twice() throws Exception {
        Proof proof = Proof.of(Promise.P9, "refresh-storm");
        int rounds = proof.amount(1, 2, 60);
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).sections(ROOM).yaml(ServiceUnderTest.freePort()));
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            proof.show(() -> {
                long answered = 0;
                for (int round = 0; round < rounds; round++) {
                    String name = "a" + round + ".json";
                    simulator.script(REFRESH, refreshedTo("token-of-round-" + round, "refresh-of-round-" + round));
                    home.credential(name, expired(round));
                    Eventually.get(
                            "the expired token",
                            LIMIT,
                            () -> new CredentialsCalls(simulator, service).all("filename"),
                            names -> names.contains(name));
                    answered += storm(service).getOrDefault(200, 0L);
                    saved(credential(home, name), "token-of-round-" + round);
                    Files.delete(credential(home, name));
                }
                assertThat(answered).isEqualTo((long) rounds * REQUESTS);
                assertThat(simulator.journal().requests(REFRESH)).hasSize(rounds);
                return "%d ends of a token, %d requests each, all answered: %s"
                        .formatted(rounds, REQUESTS, refreshes());
            });
        }
    }

    /** An account as a program beside us might leave it: with a token that has ended, and one to refresh it with. */
    private static String expired(int round) {
        return credential(1_000_000_000, 3_600)
                .replace("token-old", "token-old-" + round)
                .replace("token-to-refresh", "refresh-before-round-" + round);
    }

    private String refreshes() {
        List<String> used = simulator.journal().requests(REFRESH).stream()
                .map(call -> call.header("X-Refresh-Token").orElse("none"))
                .toList();
        long reused = used.size() - used.stream().distinct().count();
        assertThat(reused).isZero();
        return "%d refresh call%s, %d reuse, 0 deletions".formatted(used.size(), used.size() == 1 ? "" : "s", reused);
    }

    /** Who was on the way at that moment is told to come back; nobody after it is, and there is one refresh. */
    @Test
    void with_one_account_that_the_upstream_ends_early_there_is_one_refresh_and_then_all_goes_on() throws Exception {
        simulator.script(REFRESH, refreshed(Duration.ofSeconds(1)));
        AppHome home = home();
        home.credential("a.json", lasting());
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
            simulator.revoke("token-old");
            assertThat(storm(service).keySet()).isSubsetOf(200, 503);
            isSaved(home);

            assertThat(storm(service)).isEqualTo(Map.of(200, (long) REQUESTS));
            assertThat(simulator.journal().requests(REFRESH)).hasSize(1);
        }
    }

    @Test
    void an_account_that_had_expired_long_ago_is_refreshed_when_the_service_starts_again() throws Exception {
        simulator.script(REFRESH, refreshed(Duration.ofMillis(300)));
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).sections(ROOM).yaml(ServiceUnderTest.freePort()));
        home.credential("a.json", credential(Instant.now().getEpochSecond() - 100_000, 3_600));
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            assertThat(Calls.to(service).chat("hy3", true).status()).isEqualTo(200);
            assertThat(simulator.journal().requests(REFRESH)).hasSize(1);
            isSaved(home);
        }
    }

    @Test
    void an_upstream_that_cannot_refresh_is_not_stormed_and_the_other_account_serves() throws Exception {
        simulator.script(REFRESH, Scenario.json(503, "{\"code\":503,\"msg\":\"busy\"}"));
        AppHome home = home();
        home.credential("a.json", lasting());
        home.credential("b.json", GOOD);
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
            simulator.revoke("token-old");
            Map<Integer, Long> statuses = storm(service);

            assertThat(statuses).isEqualTo(Map.of(200, (long) REQUESTS));
            simulator.journal().awaitRequest(REFRESH, 1, LIMIT);
            assertThat(simulator.journal().requests(REFRESH)).hasSizeLessThanOrEqualTo(4);
            assertThat(file(home)).content().contains("token-old", "token-to-refresh");
        }
    }

    @Test
    void a_refused_refresh_keeps_the_file_and_says_that_a_login_is_needed() throws Exception {
        simulator.script(REFRESH, Scenario.json(401, "{\"code\":12153,\"msg\":\"session gone\"}"));
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).sections(ROOM).yaml(ServiceUnderTest.freePort()));
        String file = credential(Instant.now().getEpochSecond() - 100_000, 3_600);
        home.credential("a.json", file);
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            for (int turn = 0; turn < 3; turn++) {
                RawResponse refused = Calls.to(service).chat("hy3", turn % 2 == 0);
                assertThat(refused.status()).as("%s", refused).isEqualTo(503);
                assertThat(refused.error().path("code").asText()).isEqualTo("no_usable_credentials");
            }
            assertThat(simulator.journal().requests(REFRESH)).hasSizeLessThanOrEqualTo(2);
            JsonNode saved = Json.read(Files.readString(file(home)));
            assertThat(saved.path("bearer_token").asText()).isEqualTo("token-old");
            assertThat(saved.path("refresh_token").asText()).isEqualTo("token-to-refresh");
        }
    }

    /** A home with an account that has expired for good; the one that is about to expire comes when the service runs. */
    private AppHome home() throws Exception {
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri())
                .sections(ROOM)
                .codebuddy("refresh_before: " + MARGIN_SECONDS + "s")
                .yaml(ServiceUnderTest.freePort()));
        home.credential("0.json", "{\"bearer_token\":\"token-never-used\",\"created_at\":1,\"expires_in\":1}");
        return home;
    }

    private static String credential(long createdAt, int expiresIn) {
        return ("{\"bearer_token\":\"token-old\",\"user_id\":\"a\",\"created_at\":%d,\"expires_in\":%d,"
                        + "\"refresh_token\":\"token-to-refresh\",\"domain\":\"127.0.0.1\",\"mine\":{\"kept\":true}}")
                .formatted(createdAt, expiresIn);
    }

    /** The answer to a refresh, so much later. */
    private static Scenario refreshed(Duration pause) {
        return refreshed(pause, "token-new", "token-to-refresh-next");
    }

    private static Scenario refreshedTo(String token, String refreshToken) {
        return refreshed(Duration.ofMillis(200), token, refreshToken);
    }

    private static Scenario refreshed(Duration pause, String token, String refreshToken) {
        long now = Instant.now().getEpochSecond();
        String body = ("{\"code\":0,\"msg\":\"OK\",\"data\":{\"accessToken\":\"%2$s\","
                        + "\"refreshToken\":\"%3$s\",\"tokenType\":\"Bearer\",\"expiresIn\":31536000,"
                        + "\"expiresAt\":%1$d,\"domain\":\"127.0.0.1\"}}")
                .formatted((now + 31_536_000) * 1000, token, refreshToken);
        return Scenario.of(
                new Step.Pause(pause),
                new Step.Head(
                        200,
                        List.of(
                                new Header("Content-Type", "application/json"),
                                new Header("Content-Length", Integer.toString(body.length())))),
                new Step.Send(Bytes.utf8(body)));
    }

    private static String lasting() {
        return credential(Instant.now().getEpochSecond() - 1_000, 31_536_000);
    }

    /** Drops in an account that works and waits for the moment from which on it counts as expired. */
    private void expireSoon(ServiceUnderTest service) throws Exception {
        CredentialsCalls credentials = new CredentialsCalls(simulator, service);
        service.home()
                .credential(
                        "a.json",
                        credential(Instant.now().getEpochSecond() + MARGIN_SECONDS + LEAD_SECONDS - 3_600, 3_600));
        Eventually.get("the account", LIMIT, () -> credentials.all("filename"), names -> names.contains("a.json"));
        assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
        Eventually.get(
                "the moment",
                LIMIT,
                credentials::list,
                list -> list.get(1).path("time_remaining").asLong() <= MARGIN_SECONDS);
    }

    /** Sends all requests at once; by status, how many there were. */
    private static Map<Integer, Long> storm(ServiceUnderTest service) throws Exception {
        List<Future<Integer>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < REQUESTS; caller++) {
                boolean stream = caller % 2 == 0;
                callers.add(threads.submit(
                        () -> Calls.to(service).chat("hy3", stream).status()));
            }
        }
        List<Integer> all = new ArrayList<>();
        for (Future<Integer> caller : callers) {
            all.add(caller.get());
        }
        return all.stream().collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private List<String> tokens() {
        return simulator.journal().requests(CHAT).stream()
                .map(call -> call.header("Authorization").orElse("none"))
                .distinct()
                .toList();
    }

    private static Path file(AppHome home) {
        return credential(home, "a.json");
    }

    private static Path credential(AppHome home, String name) {
        return home.folder().resolve(".codebuddy_creds").resolve(name);
    }

    /** The file is there whenever it is read, since it is replaced and never deleted. */
    private static void saved(Path file, String token) throws Exception {
        Eventually.get(
                "its saving", LIMIT, () -> Files.readString(file), content -> content.contains("\"" + token + "\""));
    }

    private static void isSaved(AppHome home) throws Exception {
        JsonNode saved = Json.read(Eventually.get(
                "its saving", LIMIT, () -> Files.readString(file(home)), content -> content.contains("token-new")));
        assertThat(saved.path("bearer_token").asText()).isEqualTo("token-new");
        assertThat(saved.path("refresh_token").asText()).isEqualTo("token-to-refresh-next");
        assertThat(saved.at("/mine/kept").asBoolean()).isTrue();
    }
}
