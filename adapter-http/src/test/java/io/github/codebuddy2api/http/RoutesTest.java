package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered under which path, to whom, and under which names. */
class RoutesTest {
    private static final String CHAT = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private ScriptedUpstream upstream;
    private Served served;
    private RawCaller caller;

    @BeforeEach
    void serve() {
        upstream = ScriptedUpstream.always(Script.text("a"));
        served = Served.with(upstream);
        caller = served.connect();
    }

    @AfterEach
    void stop() {
        caller.close();
        served.close();
    }

    private RawCaller.Response plain(String method, String path, String headers) {
        return caller.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .response();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/codebuddy/v1/chat/completions", "/v1/chat/completions/"})
    void chat_is_served_under(String path) {
        assertThat(caller.post(path, CHAT.getBytes(UTF_8), "").response().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/codebuddy/v1/models", "/v1/models/", "/v1/models?junk=%ff"})
    void models_are_listed_under(String path) {
        RawCaller.Response response = caller.ask("GET", path).response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"glm-5.2\",\"object\":\"model\","
                        + "\"created\":1735689600,\"owned_by\":\"codebuddy\",\"name\":\"glm-5.2\"},"
                        + "{\"id\":\"vendor/kimi k2\",\"object\":\"model\",\"created\":1735689600,"
                        + "\"owned_by\":\"codebuddy\",\"name\":\"vendor/kimi k2\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/glm-5.2, glm-5.2",
        "/v1/models/vendor/kimi%20k2, vendor/kimi k2",
        "/v1/models/vendor%2Fkimi%20k2, vendor/kimi k2",
        "/codebuddy/v1/models/glm-5.2, glm-5.2"
    })
    void one_model_is_shown(String path, String id) {
        assertThat(caller.ask("GET", path).response().body()).startsWith("{\"id\":\"" + id + "\"");
    }

    @Test
    void a_model_that_is_not_offered_is_not_found() {
        RawCaller.Response response = caller.ask("GET", "/v1/models/gpt-9").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"model_not_found\"", "\"param\":\"model\"");
    }

    @Test
    void health_needs_no_password_and_tells_nothing() {
        RawCaller.Response response = plain("GET", "/health", "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"healthy\",\"service\":\"codebuddy2api\"}");
        assertThat(response.header("server")).isEmpty();
    }

    @Test
    void head_has_no_body_and_the_connection_goes_on() {
        for (String path : List.of("/", "/health", "/v1/models", "/nothing", "/v1/chat/completions")) {
            RawCaller.Response response = caller.ask("HEAD", path).headOnly();
            assertThat(response.status()).as(path).isIn(200, 404, 405);
            assertThat(response.header("x-request-id")).as(path).isNotEmpty();
        }

        assertThat(caller.ask("GET", "/health").response().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, 'POST, OPTIONS'",
        "DELETE, /health, 'GET, HEAD, OPTIONS'",
        "POST, /v1/models, 'GET, HEAD, OPTIONS'",
        "TRACE, /v1/models, 'GET, HEAD, OPTIONS'",
        "get, /health, 'GET, HEAD, OPTIONS'",
        "POST, /, 'GET, HEAD, OPTIONS'",
        "HEAD, /codebuddy/auth/start, 'GET, OPTIONS'",
        "PUT, /codebuddy/auth/poll, 'GET, POST, OPTIONS'"
    })
    void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed) {
        caller.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Canary: seen\r\n\r\n");
        RawCaller.Response response = method.equals("HEAD") ? caller.headOnly() : caller.response();

        if (method.equals("get")) {
            // Helidon reads methods without regard to case; RFC 9110 would have it unknown. Both are harmless.
            assertThat(response.status()).isIn(200, 405);
            return;
        }
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).isEqualTo(allowed);
        if (method.equals("HEAD")) {
            return;
        }
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"message\":\"Method Not Allowed\",\"type\":\"invalid_request_error\","
                        + "\"param\":null,\"code\":\"method_not_allowed\"},\"detail\":\"Method Not Allowed\"}");
    }

    @Test
    void options_tells_the_methods_and_allows_no_other_site() {
        RawCaller.Response response = plain(
                "OPTIONS",
                "/v1/chat/completions",
                "Origin: https://elsewhere.example\r\nAccess-Control-Request-Method: POST\r\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("allow")).isEqualTo("POST, OPTIONS");
        assertThat(response.header("access-control-allow-methods")).isEqualTo("POST, OPTIONS");
        assertThat(response.header("access-control-allow-headers")).contains("Authorization");
        assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
        assertThat(plain("OPTIONS", "/v1/chat/completions", "").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/v1",
                "/V1/models",
                "/v1//models",
                "//v1/models",
                "/v1/./models",
                "/x/../v1/models",
                "/v1/models/..",
                "/v1/%2e%2e/v1/models",
                "/v1%2fmodels",
                "/v1%5cmodels",
                "/v1/models;a=b",
                "/;x/v1/models",
                "/v1/models%00"
            })
    void another_spelling_is_no_route(String path) {
        RawCaller.Response response = caller.ask("GET", path).response();

        assertThat(response.status()).isIn(404, 400);
        assertThat(response.body()).contains("\"error\"", "\"detail\"");
    }

    @Test
    void an_unknown_route_says_so_in_both_shapes() {
        assertThat(plain("GET", "/nothing", "").body())
                .isEqualTo("{\"error\":{\"message\":\"Not Found\",\"type\":\"invalid_request_error\",\"param\":null,"
                        + "\"code\":\"unknown_route\"},\"detail\":\"Not Found\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "localhost.evil.example, 421",
        "localhost., 421",
        "10.0.0.1, 421",
        "localhost, 200",
        "LOCALHOST:8001, 200",
        "127.0.0.1:1, 200",
        "[::1]:8001, 200"
    })
    void only_our_own_host_names_are_served(String host, int status) {
        RawCaller.Response response = caller.send("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .response();

        assertThat(response.status()).isEqualTo(status);
        if (status == 421) {
            assertThat(response.body()).contains("\"code\":\"host_not_allowed\"");
        }
    }

    @Test
    void an_absolute_target_of_another_host_is_refused() {
        RawCaller.Response response = caller.send("GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .response();

        assertThat(response.status()).isIn(421, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://elsewhere.example\r\n",
                "Origin: null\r\n",
                "Origin: http://localhost:1\r\n",
                "Sec-Fetch-Site: cross-site\r\n"
            })
    void a_page_of_another_site_cannot_post(String header) {
        RawCaller.Response response = caller.post("/v1/chat/completions", CHAT.getBytes(UTF_8), header)
                .response();

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"origin_not_allowed\"", "\"type\":\"permission_error\"");
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void our_own_page_can_post() {
        String origin = "Origin: http://localhost:" + served.port() + "\r\nSec-Fetch-Site: same-origin\r\n";

        assertThat(caller.post("/v1/chat/completions", CHAT.getBytes(UTF_8), origin)
                        .response()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_valid_request_id_is_kept_and_another_replaced() {
        assertThat(plain("GET", "/health", "X-Request-Id: my.id-1\r\n").header("x-request-id"))
                .isEqualTo("my.id-1");
        assertThat(plain("GET", "/health", "X-Request-Id: " + "a".repeat(65) + "\r\n")
                        .header("x-request-id"))
                .matches("[0-9a-f]{32}");
        assertThat(plain("GET", "/health", "X-Request-Id: a b\r\n").header("x-request-id"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void the_ids_by_which_a_caller_ties_calls_together_are_passed_on() {
        String ids = "X-Conversation-ID: c1\r\nX-Request-ID: r1\r\ntraceparent: 00-1-2-01\r\nX-Session-Id: "
                + "s".repeat(600) + "\r\nCookie: secret\r\n";

        caller.post("/v1/chat/completions", CHAT.getBytes(UTF_8), ids).response();

        assertThat(upstream.calls().getFirst().correlation().headers())
                .containsOnlyKeys("x-conversation-id", "x-request-id", "traceparent")
                .containsEntry("X-Conversation-ID", "c1");
        assertThat(upstream.calls().getFirst().correlation().requestId().value())
                .isEqualTo("r1");
    }

    @Test
    void every_response_carries_the_headers_of_an_api_that_no_page_may_embed() {
        for (String path : List.of("/health", "/nothing", "/v1/models")) {
            RawCaller.Response response = plain("GET", path, "");
            assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(response.header("content-security-policy")).contains("default-src 'none'");
            assertThat(response.header("cache-control")).isEqualTo("no-store");
        }
    }
}
