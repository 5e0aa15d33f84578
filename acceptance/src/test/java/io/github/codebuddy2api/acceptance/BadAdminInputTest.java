package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models, settings, statistics, and what is bad everywhere. */
final class BadAdminInputTest extends BadAdminInput {
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
}
