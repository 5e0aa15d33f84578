package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.LoginOutcome;
import io.github.codebuddy2api.simulator.Options;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list, 83 to 91: logging in through a browser. */
final class LoginListTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String START = "/codebuddy/auth/start";
    private static final String POLL = "/codebuddy/auth/poll";
    private static final String UPSTREAM_STATE = "/v2/plugin/auth/state";

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(Options.BY_HAND));
        service =
                ServiceUnderTest.start(Setup.with(simulator.uri()).withTokens().sections("oauth: {max_pending: 1000}"));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    @Test
    @Item(83)
    void a_login_is_started_with_a_state_of_its_own() throws Exception {
        RawResponse response = anybody().get(START);
        JsonNode started = response.json();

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(started.fieldNames())
                .toIterable()
                .contains(
                        "success",
                        "method",
                        "auth_state",
                        "verification_uri_complete",
                        "verification_uri",
                        "token_endpoint",
                        "expires_in",
                        "interval",
                        "status",
                        "instructions",
                        "message",
                        "platform");
        assertThat(started.path("success").asBoolean()).isTrue();
        assertThat(started.path("status").asText()).isEqualTo("awaiting_login");
        assertThat(started.path("expires_in").asInt()).isPositive();
        assertThat(started.path("interval").asInt()).isPositive();
        assertThat(started.path("verification_uri_complete").asText()).startsWith(simulator.uri() + "/login?");
        Exchange asked = simulator.journal().requests(UPSTREAM_STATE).getFirst();
        assertThat(asked.query()).contains("platform=CLI").containsPattern("nonce=[0-9a-f]{16}");

        String again = anybody().get(START).json().path("auth_state").asText();
        assertThat(again).isNotBlank().isNotEqualTo(started.path("auth_state").asText());
        assertThat(started.path("verification_uri_complete").asText())
                .as("the state of the upstream is not the one given to the caller")
                .doesNotContain(started.path("auth_state").asText());
    }

    @Test
    @Item(84)
    void an_unfinished_login_is_pending() throws Exception {
        RawResponse response = poll(started().path("auth_state").asText());

        assertThat(response.status()).as("%s", response).isEqualTo(400);
        assertThat(response.json().path("error").asText()).isEqualTo("authorization_pending");
        assertThat(response.json().path("code").asInt()).isEqualTo(11217);
        assertThat(response.json().path("error_description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"auth_state\":\"\"}", "{\"auth_state\":null}", ""})
    @Item(85)
    void a_poll_without_a_state_misses_something(String body) throws Exception {
        RawResponse response = anybody().post(POLL, body);

        assertThat(response.status()).as("%s", response).isEqualTo(400);
        assertThat(response.json().path("error").asText()).isEqualTo("missing_parameters");
        assertThat(response.json().path("error_description").asText()).isNotBlank();
        assertThat(anybody().get(POLL).json().path("error").asText()).isEqualTo("missing_parameters");
    }

    @Test
    @Item(
            value = {86, 88},
            note = "access_token is a mask")
    void a_finished_login_is_saved_and_tells_no_token_and_is_over() throws Exception {
        JsonNode started = started();
        decide(started, LoginOutcome.PERSONAL, "Wei");
        int before = new CredentialsCalls(simulator, service).list().size();
        String state = started.path("auth_state").asText();
        RawResponse done = finished(state, () -> poll(state));

        assertThat(done.json().path("saved").asBoolean()).isTrue();
        assertThat(done.json().path("access_token").asText()).isNotBlank();
        assertThat(done.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(done.json().path("expires_in").asLong()).isPositive();
        assertThat(done.json().path("message").asText()).isNotBlank();
        Path file = fileOf("Wei");
        assertThat(file.getFileName().toString()).matches("codebuddy_Wei_\\d{10}\\.json");
        JsonNode saved = Json.read(Files.readString(file));
        assertThat(saved.path("user_id").asText()).isEqualTo("Wei");
        assertThat(saved.at("/user_info/name").asText()).isEqualTo("Wei");
        assertThat(saved.path("account_uid").asText()).isNotBlank();
        assertThat(saved.path("created_at").asLong()).isPositive();
        assertThat(saved.path("expires_in").asLong()).isPositive();
        assertThat(done.text())
                .doesNotContain(
                        saved.path("bearer_token").asText(),
                        saved.path("refresh_token").asText());
        assertThat(new CredentialsCalls(simulator, service).list()).hasSize(before + 1);

        RawResponse again = poll(state);
        assertThat(again.status()).as("%s", again).isEqualTo(400);
        assertThat(again.text()).doesNotContain("\"saved\":true");
    }

    @Test
    @Item(87)
    void a_poll_may_be_a_get() throws Exception {
        for (String parameter : List.of("auth_state", "state")) {
            JsonNode started = started();
            String query =
                    POLL + "?" + parameter + "=" + started.path("auth_state").asText();
            assertThat(anybody().get(query).json().path("error").asText()).isEqualTo("authorization_pending");
            decide(started, LoginOutcome.PERSONAL, "Get " + parameter);

            RawResponse done = finished(query, () -> anybody().get(query));
            assertThat(done.json().path("saved").asBoolean()).isTrue();
        }
    }

    @Test
    @Item(89)
    void a_state_from_elsewhere_is_refused() throws Exception {
        JsonNode started = started();
        String upstreamState =
                started.path("verification_uri_complete").asText().replaceFirst(".*state=", "");
        simulator.journal().clear();
        for (String state : List.of("0123456789abcdef0123", upstreamState, "x".repeat(3000))) {
            RawResponse refused = poll(state);
            assertThat(refused.status()).as("%s", refused).isEqualTo(400);
            assertThat(refused.text()).contains("oauth_state_invalid").doesNotContain(upstreamState);
        }
        assertThat(simulator.journal().requests("/v2/plugin/auth/token")).isEmpty();
    }

    @Test
    @Item(90)
    void an_upstream_that_is_down_is_told() throws Exception {
        SimulatedCodeBuddy failing = SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(Options.BY_HAND));
        try (failing;
                ServiceUnderTest lonely = ServiceUnderTest.start(Setup.with(failing.uri()))) {
            Calls calls = Calls.to(lonely).as("");
            String state = calls.get(START).json().path("auth_state").asText();
            failing.close();

            RawResponse start = calls.get(START);
            assertThat(start.json().path("success").asBoolean(true))
                    .as("%s", start)
                    .isFalse();
            assertThat(start.json().path("error").asText()).isEqualTo("auth_start_failed");
            assertThat(start.json().path("message").asText()).isNotBlank();
            RawResponse poll = calls.post(POLL, "{\"auth_state\":\"" + state + "\"}");
            assertThat(poll.status()).as("%s", poll).isEqualTo(400);
            assertThat(poll.json().path("error").asText()).isEqualTo("auth_error");
            for (RawResponse response : List.of(start, poll)) {
                assertThat(response.text()).doesNotContain("Exception", "\\tat ", "io.github", "127.0.0.1");
            }
        }
    }

    @Test
    @Item(91)
    void the_landing_page_stores_nothing() throws Exception {
        Path folder = service.home().folder().resolve(".codebuddy_creds");
        List<Path> before = files(folder);
        RawResponse failed = anybody().get("/codebuddy/auth/callback?error=access_denied&state=a");
        assertThat(failed.status()).as("%s", failed).isEqualTo(400);
        assertThat(failed.json().path("error").asText()).isEqualTo("access_denied");
        RawResponse landed = anybody().get("/codebuddy/auth/callback?code=abc&state=xyz");
        assertThat(landed.status()).as("%s", landed).isEqualTo(200);
        assertThat(landed.json().path("message").asText()).isNotBlank();
        assertThat(landed.json().path("code").asText()).isEqualTo("abc");
        assertThat(landed.json().path("state").asText()).isEqualTo("xyz");
        RawResponse bare = anybody().get("/codebuddy/auth/callback");
        assertThat(bare.status()).isEqualTo(200);
        assertThat(bare.json().path("code").isNull()).isTrue();

        assertThat(files(folder)).isEqualTo(before);
        assertThat(simulator.journal().requests())
                .noneMatch(exchange -> exchange.query().contains("abc"));
    }

    private static Calls anybody() {
        return Calls.to(service).as("");
    }

    private static JsonNode started() throws Exception {
        RawResponse response = anybody().get(START);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response.json();
    }

    /** Decides the login as a person at the page would, whose address has the state of the upstream. */
    private static void decide(JsonNode started, LoginOutcome outcome, String name) {
        String address = started.path("verification_uri_complete").asText();
        String state = address.replaceFirst(".*[?&]state=", "").replaceFirst("&.*", "");
        assertThat(simulator.decideLogin(state, outcome, name)).as(address).isTrue();
    }

    private static RawResponse poll(String state) throws Exception {
        return anybody().post(POLL, "{\"auth_state\":\"" + state + "\",\"code_verifier\":\"x\",\"device_code\":\"y\"}");
    }

    /** Polls through the stages in which the account is being prepared. */
    private static RawResponse finished(String what, Callable<RawResponse> poll) throws Exception {
        return Eventually.get(what, LIMIT, poll, response -> {
            if (response.status() != 200) {
                assertThat(response.json().path("error").asText())
                        .as("%s", response)
                        .isIn("authorization_pending", "slow_down");
            }
            return response.status() == 200;
        });
    }

    private static Path fileOf(String person) throws Exception {
        List<Path> files = files(service.home().folder().resolve(".codebuddy_creds")).stream()
                .filter(file -> file.getFileName().toString().contains("_" + person + "_"))
                .toList();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private static List<Path> files(Path folder) throws Exception {
        return AppHome.lastingFiles(folder, 1).stream().sorted().toList();
    }
}
