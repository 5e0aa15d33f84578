package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fault matrix, 5.4: the service is killed between the upstream's answer to a refresh and its saving, or about then. */
final class RefreshKilledTest {
    private static final String REFRESH = "/v2/plugin/auth/token/refresh";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SPREAD_MILLIS = 40;

    private int saved;
    private int askedAgain;

    @Test
    @Tag("trust")
    @Tag("P9")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void a_kill_while_new_tokens_are_saved_deletes_nothing_and_asks_at_most_once_more() throws Exception {
        Proof proof = Proof.of(Promise.P9, "kills-between-answer-and-save");
        int kills = proof.amount(1, 4, 300);
        Random random = new Random(proof.seed());
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
                for (int kill = 0; kill < kills; kill++) {
                    killed(simulator, kill, random.nextInt(SPREAD_MILLIS * 1_000));
                }
            }
            return ("%d kills -9 within %d ms of the refresh's answer: 0 deletions, 0 torn files, new tokens saved in %d;"
                            + " in the other %d the old ones were tried once more after the restart")
                    .formatted(kills, SPREAD_MILLIS, saved, askedAgain);
        });
    }

    private void killed(SimulatedCodeBuddy simulator, int number, int micros) throws Exception {
        String old =
                "{\"bearer_token\":\"token-old-%1$d\",\"user_id\":\"a\",\"created_at\":1000000000,\"expires_in\":3600,"
                        .formatted(number);
        try (AppHome home = AppHome.empty()) {
            home.config(Setup.with(simulator.uri()).yaml(ServiceUnderTest.freePort()));
            home.credential(
                    "a.json",
                    old
                            + "\"refresh_token\":\"refresh-old-%d\",\"domain\":\"127.0.0.1\",\"mine\":{\"kept\":true}}"
                                    .formatted(number));
            simulator.journal().clear();
            simulator.script(REFRESH, refreshed(number));
            firstLife(simulator, home, micros);
            boolean isSaved = isSaved(home, number);
            saved += isSaved ? 1 : 0;

            simulator.script(REFRESH, Scenario.json(401, "{\"code\":12153,\"msg\":\"session gone\"}"));
            secondLife(simulator, home, isSaved);
            assertThat(isSaved(home, number)).isEqualTo(isSaved);
        }
    }

    private static void firstLife(SimulatedCodeBuddy simulator, AppHome home, int micros) throws Exception {
        try (ServiceProcess process = ServiceProcess.start(
                home, List.of(), "serve", "--home", home.folder().toString())) {
            Exchange asked = simulator.journal().awaitRequest(REFRESH, 1, LIMIT);
            simulator.journal().awaitStarted(asked, LIMIT);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
            process.kill();
            process.awaitExit(LIMIT);
        }
        assertThat(simulator.journal().requests(REFRESH)).hasSize(1);
    }

    /** What was saved is used and not refreshed again; what was not may be tried once with what is used up. */
    private void secondLife(SimulatedCodeBuddy simulator, AppHome home, boolean isSaved) throws Exception {
        simulator.journal().clear();
        try (ServiceProcess process = ServiceProcess.start(
                home, List.of(), "serve", "--home", home.folder().toString())) {
            int port = home.port();
            process.awaitLine("it listens", line -> line.contains(":" + port), LIMIT);
            Calls calls = new Calls(port, "Bearer " + AppHome.PASSWORD);
            JsonNode account = Eventually.get(
                    "the account to be known as what it is",
                    LIMIT,
                    () -> calls.get(CredentialsCalls.LIST)
                            .json()
                            .path("credentials")
                            .path(0),
                    it -> it.path("state").asText().equals(isSaved ? "ready" : "needs_login"));
            assertThat(account.path("user_id").asText()).isEqualTo("a");
        }
        int again = simulator.journal().requests(REFRESH).size();
        assertThat(again).isEqualTo(isSaved ? 0 : 1);
        askedAgain += again;
    }

    /** Whether the file has the new tokens; it has them both or none, and all else that stood in it. */
    private static boolean isSaved(AppHome home, int number) throws Exception {
        Path file = home.folder().resolve(".codebuddy_creds/a.json");
        JsonNode credential = Json.read(Files.readString(file));
        String state = credential.path("bearer_token").asText().contains("-new-") ? "new" : "old";
        assertThat(credential.path("bearer_token").asText()).isEqualTo("token-" + state + "-" + number);
        assertThat(credential.path("refresh_token").asText()).isEqualTo("refresh-" + state + "-" + number);
        assertThat(credential.at("/mine/kept").asBoolean()).isTrue();
        return state.equals("new");
    }

    private static Scenario refreshed(int number) {
        return Scenario.json(
                200,
                ("{\"code\":0,\"msg\":\"OK\",\"data\":{\"accessToken\":\"token-new-%1$d\",\"refreshToken\":\"refresh-new-%1$d\","
                                + "\"tokenType\":\"Bearer\",\"expiresIn\":31536000,\"domain\":\"127.0.0.1\"}}")
                        .formatted(number));
    }
}
