package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Options;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bad-input matrix, 6.2: every route but the chat. What is bad is refused in the words of the error contract, and no
 * file has changed afterwards.
 */
final class BadAdminInputTest {
    private static final String LIST = CredentialsCalls.LIST;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    private Map<Path, String> before = Map.of();

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(Options.BY_HAND));
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
        Calls.to(service).chat("hy3", false);
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void remember() throws IOException {
        before = files();
    }

    @AfterEach
    void a_good_request_is_served() throws IOException {
        assertThat(Calls.to(service).get(LIST).json().path("credentials")).hasSize(2);
        assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x=%00", "?limit=-1&limit=[]", "?%zz", "?" + "a=b&"})
    void models_do_not_mind_a_query(String query) throws Exception {
        assertThat(Calls.to(service).get("/codebuddy/v1/models" + query).status())
                .isIn(200, 400);
        assertThat(Calls.to(service)
                        .ask("GET", "/codebuddy/v1/models", "{\"a\":1}", "If-None-Match: \"junk, W/", "If-Match: *")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_list_of_credentials_is_not_to_be_stored_and_holds_no_token() throws Exception {
        RawResponse list = Calls.to(service).get(LIST);

        assertThat(list.header("cache-control")).contains("no-store");
        assertThat(list.text())
                .doesNotContain(
                        "token-one", "token-two", service.home().folder().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"index\":\"0\"}",
                "{\"index\":0.0}",
                "{\"index\":-1}",
                "{\"index\":2147483648}",
                "{\"index\":9223372036854775808}",
                "{\"index\":1e0}",
                "{\"index\":null}",
                "{\"index\":[]}",
                "{\"index\":true}",
                "{\"index\":7}",
                "{\"filename\":\"../x\"}",
                "{\"filename\":\"/etc/passwd\"}",
                "{\"filename\":\"CON\"}",
                "{\"filename\":\"codebuddy_token_1.json\\u0000\"}",
                "{\"filename\":\"\\u202ecodebuddy_token_1.json\"}",
                "{\"id\":\"../codebuddy_token_1.json\"}",
                "{\"id\":\"\"}",
                "{\"id\":7}",
                "{\"id\":\"no-such-id\"}",
                "{\"index\":0,\"id\":\"no-such-id\"}",
                "{\"index\":NaN}",
                "null",
                "[]",
                "",
            })
    void what_names_no_credential_deletes_selects_and_does_nothing(String body) throws Exception {
        for (String route :
                List.of("delete", "select", "test", "refresh", "enable", "disable", "restore", "switch", "check-in")) {
            RawResponse response = Calls.to(service).post(LIST + "/" + route, body);

            assertThat(response.status()).as("%s: %s", route, response).isIn(400, 404, 409, 422);
            ErrorContract.isKept(response);
        }
        changedNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?id=", "?id=../x", "?id=%00", "?id=7", "?index=7", "?index=x", "?index=-1"})
    void what_names_no_credential_in_a_query_is_refused(String query) throws Exception {
        for (String route : List.of("accounts", "quota", "check-in")) {
            RawResponse response = Calls.to(service).get(LIST + "/" + route + query);

            assertThat(response.status()).as("%s: %s", route, response).isIn(400, 404, 422);
            ErrorContract.isKept(response);
        }
        changedNothing();
    }

    @Test
    void of_two_deletions_at_once_one_is_done() throws Exception {
        Calls.to(service).post(LIST, "{\"bearer_token\":\"token-extra\",\"user_id\":\"extra\"}");
        JsonNode list = Calls.to(service).get(LIST).json().path("credentials");
        String id = "";
        for (JsonNode credential : list) {
            id = credential.path("user_id").asText().equals("extra")
                    ? credential.path("id").asText()
                    : id;
        }
        String body = "{\"id\":\"" + id + "\"}";
        List<Integer> statuses =
                together(8, () -> Calls.to(service).post(LIST + "/delete", body).status());

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).allMatch(status -> status == 200 || status == 404 || status == 400 || status == 409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bearer_token\":\"\"}",
                "{\"bearer_token\":\"   \"}",
                "{\"bearer_token\":\"token\\nX-Evil: 1\"}",
                "{\"bearer_token\":\"token\\u0000\"}",
                "{\"bearer_token\":\"token with blanks\"}",
                "{\"bearer_token\":7}",
                "{\"bearer_token\":[\"a\"]}",
                "{\"bearer_token\":null}",
                "{\"token\":\"a\"}",
                "{}",
                "[]",
                "null",
                "\"token\"",
                "{\"bearer_token\":\"a\"",
                "{\"bearer_token\":\"a\"}x",
                "",
            })
    void a_credential_that_cannot_be_one_is_not_added(String body) throws Exception {
        RawResponse response = Calls.to(service).post(LIST, body);

        assertThat(response.status()).as("%s", response).isIn(400, 422);
        ErrorContract.isKept(response);
        changedNothing();
    }

    @Test
    void a_token_of_a_mebibyte_is_refused() throws Exception {
        RawResponse response = Calls.to(service).post(LIST, "{\"bearer_token\":\"" + "a".repeat(1024 * 1024) + "\"}");

        assertThat(response.status()).isIn(400, 413, 422);
        changedNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\":\"../../x\",\"sub\":\"/etc/x\"}",
                "{\"email\":7,\"exp\":\"soon\"}",
                "{\"sub\":\"a\\u0000b\\r\\nc\"}",
                "[]",
                "DEEP",
                "no json at all",
            })
    void a_token_with_bad_claims_leads_nowhere(String claims) throws Exception {
        String payload = claims.equals("DEEP") ? "[".repeat(100_000) : claims;
        String token = "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".simulated";
        RawResponse response = Calls.to(service).post(LIST, "{\"bearer_token\":\"" + token + "\"}");

        assertThat(response.status()).as("%s", response).isIn(200, 400, 413, 422);
        List<Path> fresh = new ArrayList<>(files().keySet());
        fresh.removeAll(before.keySet());
        assertThat(fresh)
                .allSatisfy(file -> assertThat(file.getParent())
                        .isEqualTo(service.home().folder().resolve(".codebuddy_creds")));
        if (response.status() == 200) {
            RawResponse deleted = Calls.to(service).post(LIST + "/delete", "{\"id\":\"" + idOfAdded() + "\"}");
            assertThat(deleted.status()).as("%s", deleted).isEqualTo(200);
        }
    }

    @Test
    void a_hundred_logins_at_once_are_at_most_ten() throws Exception {
        try (ServiceUnderTest fresh = ServiceUnderTest.start(Setup.with(simulator.uri()))) {
            List<Integer> statuses = together(
                    100,
                    () -> Calls.to(fresh).as("").get("/codebuddy/auth/start").status());

            assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(10);
            assertThat(statuses).allMatch(status -> status == 200 || status == 429);
            RawResponse tooMany = Calls.to(fresh).as("").get("/codebuddy/auth/start");
            assertThat(tooMany.status()).as("%s", tooMany).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"})
    void a_foreign_page_begins_no_login(String header) throws Exception {
        simulator.journal().clear();
        RawResponse response = Calls.to(service).as("").ask("GET", "/codebuddy/auth/start", "", header);

        assertThat(response.status()).as("%s", response).isEqualTo(403);
        assertThat(simulator.journal().requests("/v2/plugin/auth/state")).isEmpty();
    }

    @Test
    void a_page_that_is_only_prefetched_begins_no_login() throws Exception {
        simulator.journal().clear();
        RawResponse response =
                Calls.to(service).as("").ask("GET", "/codebuddy/auth/start", "", "Sec-Purpose: prefetch;prerender");

        assertThat(response.status()).as("%s", response).isBetween(400, 503);
        assertThat(simulator.journal().requests("/v2/plugin/auth/state")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "%00",
                "a b",
                "00000000000000000000000000000000",
                "LONG",
            })
    void a_guessed_state_is_answered_like_any_other(String guess) throws Exception {
        simulator.journal().clear();
        String state = guess.equals("LONG") ? "a".repeat(7_000) : guess;
        RawResponse other = guess("unknown");
        RawResponse response = guess(state);

        assertThat(response.status())
                .as("%s", response)
                .isEqualTo(other.status())
                .isEqualTo(400);
        assertThat(response.text()).isEqualTo(other.text()).doesNotContain(state);
        assertThat(simulator.journal().requests("/v2/plugin/auth/token")).isEmpty();
    }

    /** Guesses again when it was told to wait. */
    private static RawResponse guess(String state) throws Exception {
        return Eventually.get(
                "an answer to a guess",
                Duration.ofSeconds(20),
                () -> Calls.to(service)
                        .as("")
                        .post("/codebuddy/auth/poll", "{\"auth_state\":" + Json.quoted(state) + "}"),
                response -> response.status() != 429);
    }

    @Test
    void settings_do_not_tell_the_password_or_where_the_home_is() throws Exception {
        RawResponse settings = Calls.to(service).get("/api/settings");

        assertThat(settings.header("cache-control")).contains("no-store");
        assertThat(settings.text())
                .doesNotContain(AppHome.PASSWORD, service.home().folder().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "CODEBUDDY_PORT":0
            "CODEBUDDY_PORT":70000
            "CODEBUDDY_PORT":true
            "CODEBUDDY_PORT":[80]
            "CODEBUDDY_ROTATION_COUNT":-1
            "CODEBUDDY_ROTATION_COUNT":1.5
            "CODEBUDDY_ROTATION_COUNT":{}
            "CODEBUDDY_ROTATION_COUNT":99999999999
            "CODEBUDDY_API_ENDPOINT":"http://www.codebuddy.cn"
            "CODEBUDDY_API_ENDPOINT":"https://evil.example"
            "CODEBUDDY_API_ENDPOINT":"https://user@www.codebuddy.cn"
            "CODEBUDDY_API_ENDPOINT":"https://www.codebuddy.cn@evil.example"
            "CODEBUDDY_API_ENDPOINT":"https://0x7f.1"
            "CODEBUDDY_API_ENDPOINT":"https://www.сodebuddy.cn"
            "CODEBUDDY_API_ENDPOINT":"file:///etc/passwd"
            "CODEBUDDY_API_ENDPOINT":"//evil.example"
            "CODEBUDDY_API_ENDPOINT":""
            "CODEBUDDY_CREDS_DIR":"/etc"
            "CODEBUDDY_CREDS_DIR":"../../etc"
            "CODEBUDDY_HOST":"0.0.0.0"
            "CODEBUDDY_LOG_LEVEL":"FOO"
            "CODEBUDDY_LOG_LEVEL":["INFO"]
            "CODEBUDDY_LOG_RETENTION":"-1"
            "CODEBUDDY_LOG_ROTATION":"-1 day"
            "CODEBUDDY_LOG_COMPRESSION":"7z"
            "CODEBUDDY_SSL_VERIFY":"perhaps"
            "CODEBUDDY_MODELS":{"a":1}
            "CODEBUDDY_PASSWORD":"line\\nend"
            "CODEBUDDY_ROTATION_COUNT":"!!java.lang.Integer 3"
            "CODEBUDDY_ROTATION_COUNT":"*anchor"
            "CODEBUDDY_ROTATION_COUNT":2,"CODEBUDDY_LOG_LEVEL":"FOO"
            """)
    void a_setting_that_cannot_be_meant_or_not_be_changed_from_here_changes_nothing(String member) throws Exception {
        RawResponse response = Calls.to(service).post("/api/settings", "{\"settings\":{" + member + "}}");

        assertThat(response.status()).as("%s", response).isIn(400, 403, 422);
        ErrorContract.isKept(response);
        assertThat(response.text()).contains(member.replaceFirst(".*\"(CODEBUDDY_\\w+)\":.*", "$1"));
        changedNothing();
    }

    @Test
    void a_setting_of_a_mebibyte_is_refused() throws Exception {
        RawResponse response = Calls.to(service)
                .post("/api/settings", "{\"settings\":{\"CODEBUDDY_MODELS\":\"" + "a".repeat(1024 * 1024) + "\"}}");

        assertThat(response.status()).isIn(400, 413, 422);
        changedNothing();
    }

    @Test
    void settings_of_an_older_reading_are_refused_if_that_is_asked_for() throws Exception {
        RawResponse response = Calls.to(service)
                .ask(
                        "POST",
                        "/api/settings",
                        "{\"settings\":{\"CODEBUDDY_ROTATION_COUNT\":2}}",
                        "Content-Type: application/json",
                        "If-Match: \"00000000000000000000000000000000\"");

        assertThat(response.status()).as("%s", response).isEqualTo(412);
        ErrorContract.isKept(response);
        changedNothing();
    }

    @Test
    void statistics_do_not_grow_with_the_names_that_are_asked_for() throws Exception {
        int names = 3_000;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int name = 0; name < names; name++) {
                String model = "made-up-" + name;
                calls.add(threads.submit(() -> Calls.to(service).chat(model, false)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        JsonNode models = Calls.to(service).get("/api/stats").json().path("model_usage");

        assertThat(models.size()).isLessThan(1_500);
        int counted = 0;
        for (JsonNode count : models) {
            counted += count.asInt();
        }
        assertThat(counted).isGreaterThanOrEqualTo(names);
    }

    @Test
    void health_tells_a_stranger_nothing_more() throws Exception {
        for (String authorization : List.of("", "Bearer nope", "Bearer " + AppHome.PASSWORD)) {
            String text = Calls.to(service).as(authorization).get("/health").text();
            assertThat(text).isEqualTo("{\"status\":\"healthy\",\"service\":\"codebuddy2api\"}");
        }
        assertThat(together(200, () -> Calls.to(service).as("").get("/health").status()))
                .containsOnly(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /codebuddy/v1/credentials",
                "POST /codebuddy/v1/credentials/delete",
                "POST /codebuddy/v1/credentials/select",
                "POST /codebuddy/v1/credentials/import",
                "POST /api/settings",
                "POST /codebuddy/auth/poll",
            })
    void a_body_that_is_no_json_is_refused_on_every_route(String route) throws Exception {
        String[] methodAndPath = route.split(" ");
        for (String body : List.of("{", "{\"a\":1}{", "{\"a\":1,\"a\":2}", "[".repeat(100_000), "\"\\ud8\"", "7e")) {
            RawResponse response =
                    Calls.to(service).ask(methodAndPath[0], methodAndPath[1], body, "Content-Type: application/json");
            assertThat(response.status())
                    .as("%s: %s", body.substring(0, Math.min(body.length(), 20)), response)
                    .isIn(400, 413, 422);
        }
        RawResponse text = Calls.to(service).ask(methodAndPath[0], methodAndPath[1], "{}", "Content-Type: text/plain");
        assertThat(text.status()).as("%s", text).isEqualTo(415);
        RawResponse tooLarge = Calls.to(service)
                .ask(
                        methodAndPath[0],
                        methodAndPath[1],
                        "{\"a\":\"" + "b".repeat(400 * 1024) + "\"}",
                        "Content-Type: application/json");
        assertThat(tooLarge.status()).as("%s", tooLarge).isEqualTo(413);
        changedNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /codebuddy/v1/credentials",
                "POST /codebuddy/v1/credentials/auto",
                "POST /codebuddy/v1/credentials/toggle-rotation",
                "POST /api/settings",
            })
    void a_foreign_page_changes_nothing(String route) throws Exception {
        String[] methodAndPath = route.split(" ");
        RawResponse response = Calls.to(service)
                .ask(
                        methodAndPath[0],
                        methodAndPath[1],
                        "{\"settings\":{},\"bearer_token\":\"token-foreign\"}",
                        "Content-Type: application/json",
                        "Origin: https://evil.example");

        assertThat(response.status()).as("%s", response).isEqualTo(403);
        assertThat(response.error().path("code").asText()).isEqualTo("origin_not_allowed");
        changedNothing();
    }

    private void changedNothing() throws IOException {
        assertThat(files()).isEqualTo(before);
    }

    private static String idOfAdded() throws IOException {
        for (JsonNode credential : Calls.to(service).get(LIST).json().path("credentials")) {
            if (!credential.path("user_id").asText().startsWith("user-")) {
                return credential.path("id").asText();
            }
        }
        throw new AssertionError("it is not listed");
    }

    /** Every file of configuration and credentials, with its content. */
    private static Map<Path, String> files() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        for (String folder : List.of("config", ".codebuddy_creds")) {
            try (Stream<Path> all = Files.walk(service.home().folder().resolve(folder))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    // Deleted credentials rest in a folder of their own for some days.
                    if (!file.toString().contains("trash")) {
                        files.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return files;
    }

    private static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        List<Future<T>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                calls.add(threads.submit(call));
            }
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> one : calls) {
            answers.add(one.get());
        }
        return answers;
    }
}
