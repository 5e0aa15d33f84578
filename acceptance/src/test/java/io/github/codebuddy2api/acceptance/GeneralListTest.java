package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list, 1 to 12: starting, who may ask, and what is the same on all routes. */
final class GeneralListTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The twelve routes of the original that ask for the password, as "METHOD path". */
    private static final List<String> GUARDED = List.of(
            "POST /codebuddy/v1/chat/completions",
            "GET /codebuddy/v1/models",
            "GET /codebuddy/v1/credentials",
            "POST /codebuddy/v1/credentials",
            "POST /codebuddy/v1/credentials/delete",
            "POST /codebuddy/v1/credentials/select",
            "POST /codebuddy/v1/credentials/auto",
            "POST /codebuddy/v1/credentials/toggle-rotation",
            "GET /codebuddy/v1/credentials/current",
            "GET /api/settings",
            "POST /api/settings",
            "GET /api/stats");

    /** Those that came later. */
    private static final List<String> GUARDED_TOO = List.of(
            "POST /v1/chat/completions",
            "GET /v1/models",
            "POST /codebuddy/v1/credentials/test",
            "POST /codebuddy/v1/credentials/refresh",
            "POST /codebuddy/v1/credentials/enable",
            "POST /codebuddy/v1/credentials/disable",
            "POST /codebuddy/v1/credentials/restore",
            "POST /codebuddy/v1/credentials/switch",
            "POST /codebuddy/v1/credentials/import",
            "POST /codebuddy/v1/credentials/check-in",
            "GET /codebuddy/v1/credentials/accounts?id=1",
            "GET /codebuddy/v1/credentials/quota?id=1",
            "GET /codebuddy/v1/credentials/check-in?id=1");

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static ServiceUnderTest locked;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        home.credentials(List.of("token-one", "token-two"));
        service = ServiceUnderTest.start(home, port, List.of("CODEBUDDY_PASSWORD=other-password-of-length"));
        int other = ServiceUnderTest.freePort();
        AppHome without = AppHome.empty();
        without.config(Setup.with(simulator.uri()).yaml(other).replace(AppHome.PASSWORD, ""));
        locked = ServiceUnderTest.start(without, other, List.of());
    }

    @AfterAll
    static void stop() {
        service.close();
        locked.close();
        simulator.close();
    }

    @Test
    @Item(1)
    void a_fresh_home_gets_the_example_and_listens_on_8001() throws Exception {
        try (AppHome home = AppHome.empty();
                ServiceProcess process = ServiceProcess.start(
                        home, List.of(), "serve", "--home", home.folder().toString())) {
            // Somebody else may have the port on this machine; then the start must name it.
            process.awaitLine("8001 is spoken of", line -> line.contains("8001"), LIMIT);
            assertThat(home.configFile()).hasSameTextualContentAs(Packaged.top().resolve("config/config.example.yaml"));
        }
    }

    @Test
    @Item(value = 2, note = "with \"locked\":true in addition while there is no password")
    void health_needs_no_password() throws Exception {
        RawResponse response = Calls.to(locked).as("").get("/health");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"status\":\"healthy\",\"service\":\"codebuddy2api\",\"locked\":true}");
        assertThat(Calls.to(service).as("").get("/health").text())
                .isEqualTo("{\"status\":\"healthy\",\"service\":\"codebuddy2api\"}");
    }

    @Test
    @Item(3)
    void without_a_configured_password_nobody_gets_in_and_is_told_so() throws Exception {
        for (String path : List.of("/api/stats", "/codebuddy/v1/models", "/api/settings")) {
            RawResponse response = Calls.to(locked).as("Bearer any").get(path);

            assertThat(response.status()).as("%s", response).isEqualTo(500);
            assertThat(response.json().path("detail").asText())
                    .startsWith("CODEBUDDY_PASSWORD is not configured on the server.");
            assertThat(response.error().path("code").asText()).isEqualTo("password_not_configured");
            ErrorContract.isKept(response);
        }
    }

    @Test
    @Item(4)
    void a_call_without_a_bearer_is_not_authenticated() throws Exception {
        isRefused(Calls.to(service).as("").get("/api/stats"), "Not authenticated");
        isRefused(Calls.to(service).as("Bearer ").get("/api/stats"), "Not authenticated");
    }

    @Test
    @Item(value = 5, note = "401 in place of 403")
    void a_wrong_bearer_is_told() throws Exception {
        isRefused(Calls.to(service).as("Bearer nope").get("/api/stats"), "Invalid password");
    }

    @Test
    @Item(6)
    void the_scheme_may_be_in_lower_case() throws Exception {
        assertThat(Calls.to(service)
                        .as("bearer " + AppHome.PASSWORD)
                        .get("/codebuddy/v1/models")
                        .status())
                .isEqualTo(200);
        try (RawConnection connection = service.connect()) {
            connection.send("GET /codebuddy/v1/models HTTP/1.1\r\nHost: localhost\r\nauthorization: bearer "
                    + AppHome.PASSWORD + "\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    @Item(7)
    void another_scheme_is_refused() throws Exception {
        isRefused(Calls.to(service).as("Basic cHc6cHc=").get("/api/stats"), "Not authenticated");
    }

    @Test
    @Item(8)
    void every_guarded_route_asks_for_the_bearer_and_the_others_do_not() throws Exception {
        List<List<String>> all = List.of(GUARDED, GUARDED_TOO);
        for (String route : all.stream().flatMap(List::stream).toList()) {
            String[] methodAndPath = route.split(" ");
            RawResponse response = Calls.to(service)
                    .as("")
                    .ask(methodAndPath[0], methodAndPath[1], "", "Content-Type: application/json");
            assertThat(response.status()).as("%s: %s", route, response).isEqualTo(401);
            RawResponse slash =
                    Calls.to(service).as("Bearer nope").ask(methodAndPath[0], withSlash(methodAndPath[1]), "");
            assertThat(slash.status()).as("%s with a slash: %s", route, slash).isEqualTo(401);
        }
        for (String path : List.of(
                "/",
                "/admin",
                "/health",
                "/codebuddy/auth/start",
                "/codebuddy/auth/poll",
                "/codebuddy/auth/callback")) {
            assertThat(Calls.to(service).as("").get(path).status()).as(path).isNotIn(401, 403);
        }
    }

    @Test
    @Item(9)
    void unknown_paths_and_verbs_are_told() throws Exception {
        RawResponse unknown = Calls.to(service).get("/no/such/path");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("detail").asText()).isEqualTo("Not Found");
        ErrorContract.isKept(unknown);
        RawResponse wrongVerb = Calls.to(service).ask("DELETE", "/health", "");
        assertThat(wrongVerb.status()).isEqualTo(405);
        assertThat(wrongVerb.header("allow").orElse("")).contains("GET");
        assertThat(wrongVerb.json().path("detail").asText()).isEqualTo("Method Not Allowed");
    }

    @Test
    @Item(10)
    void a_preflight_is_answered() throws Exception {
        RawResponse response = Calls.to(service)
                .as("")
                .ask(
                        "OPTIONS",
                        Calls.CHAT,
                        "",
                        "Origin: http://localhost:" + service.port(),
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: authorization, content-type");

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.header("access-control-allow-methods").orElse("")).contains("POST");
        assertThat(response.header("access-control-allow-headers").orElse(""))
                .containsIgnoringCase("authorization")
                .containsIgnoringCase("content-type");
    }

    /** The service of this class was started with another password in its environment. */
    @Test
    @Item(11)
    void the_environment_sets_no_password() throws Exception {
        isRefused(
                Calls.to(service).as("Bearer other-password-of-length").get("/codebuddy/v1/models"),
                "Invalid password");
        assertThat(Calls.to(service).get("/codebuddy/v1/models").status()).isEqualTo(200);
    }

    private static String withSlash(String path) {
        return path.contains("?") ? path.replace("?", "/?") : path + "/";
    }

    private static void isRefused(RawResponse response, String detail) {
        assertThat(response.status()).as("%s", response).isEqualTo(401);
        assertThat(response.json().path("detail").asText()).isEqualTo(detail);
        assertThat(response.header("www-authenticate")).contains("Bearer");
        assertThat(response.error().path("code").asText()).isEqualTo("invalid_api_key");
        ErrorContract.isKept(response);
    }
}
