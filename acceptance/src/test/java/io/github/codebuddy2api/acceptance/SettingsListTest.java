package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list, 92 to 97 and 99 to 102: settings, statistics and the files they rest in. */
final class SettingsListTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> KEYS = List.of(
            "CODEBUDDY_HOST",
            "CODEBUDDY_PORT",
            "CODEBUDDY_PASSWORD",
            "CODEBUDDY_API_ENDPOINT",
            "CODEBUDDY_CREDS_DIR",
            "CODEBUDDY_ROTATION_COUNT",
            "CODEBUDDY_MODELS",
            "CODEBUDDY_SSL_VERIFY",
            "CODEBUDDY_LOG_LEVEL",
            "CODEBUDDY_LOG_ROTATION",
            "CODEBUDDY_LOG_RETENTION",
            "CODEBUDDY_LOG_COMPRESSION");

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    private String before = "";

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri())
                .codebuddy("rotation_count: 1  # said by the owner", "models: [auto, hy3]", "of_tomorrow: 7")
                .sections("logging: {level: INFO}"));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void remember() throws IOException {
        before = config();
    }

    @AfterEach
    void restore() throws Exception {
        if (service.process().isAlive() && !config().equals(before)) {
            Files.writeString(service.home().configFile(), before);
            Eventually.get("the settings of before", LIMIT, SettingsListTest::rotationCount, "1"::equals);
        }
    }

    @Test
    @Item(92)
    void every_key_is_told_with_its_label_and_the_password_is_not() throws Exception {
        RawResponse response = Calls.to(service).get("/api/settings");

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        JsonNode settings = response.json().path("settings");
        assertThat(settings.fieldNames()).toIterable().containsAll(KEYS);
        assertThat(response.json().path("labels").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(() -> settings.fieldNames());
        response.json()
                .path("labels")
                .forEach(label -> assertThat(label.asText()).isNotBlank());
        assertThat(settings.path("CODEBUDDY_PORT").asText()).isEqualTo(Integer.toString(service.port()));
        assertThat(settings.path("CODEBUDDY_API_ENDPOINT").asText())
                .isEqualTo(simulator.uri().toString());
        assertThat(settings.path("CODEBUDDY_MODELS").asText()).isEqualTo("auto,hy3");
        assertThat(settings.path("CODEBUDDY_LOG_LEVEL").asText()).isEqualTo("INFO");
        assertThat(response.text()).doesNotContain(AppHome.PASSWORD);
    }

    @Test
    @Item(93)
    void one_key_changes_one_value_of_the_file() throws Exception {
        RawResponse response =
                Calls.to(service).post("/api/settings", "{\"settings\":{\"CODEBUDDY_ROTATION_COUNT\":\"3\"}}");

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.json().path("message").asText()).isNotBlank();
        assertThat(config()).isEqualTo(before.replace("rotation_count: 1 ", "rotation_count: 3 "));
        assertThat(rotationCount()).isEqualTo("3");
    }

    @Test
    @Item(93)
    void the_mask_of_the_password_sent_back_changes_nothing() throws Exception {
        JsonNode settings = Calls.to(service).get("/api/settings").json().path("settings");
        Calls.to(service).change(settings.toString());

        assertThat(Calls.to(service).get("/api/settings").json().path("settings"))
                .isEqualTo(settings);
        assertThat(config()).contains(AppHome.PASSWORD, "of_tomorrow: 7", "# said by the owner");
    }

    @Test
    @Item(94)
    void an_unknown_key_is_ignored() throws Exception {
        Calls.to(service).change("{\"CODEBUDDY_OF_TOMORROW\":\"x\",\"server.password\":\"y\"}");

        assertThat(config()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"CODEBUDDY_PORT\":\"x\"",
                "\"CODEBUDDY_ROTATION_COUNT\":\"\"",
                "\"CODEBUDDY_LOG_LEVEL\":\"LOUD\"",
                "\"CODEBUDDY_LOG_ROTATION\":\"10 parsecs\"",
                "\"CODEBUDDY_ROTATION_COUNT\":\"5\",\"CODEBUDDY_LOG_LEVEL\":\"LOUD\"",
            })
    @Item(95)
    void what_cannot_be_meant_is_refused_and_changes_nothing(String member) throws Exception {
        RawResponse response = Calls.to(service).post("/api/settings", "{\"settings\":{" + member + "}}");

        assertThat(response.status()).as("%s", response).isEqualTo(422);
        assertThat(response.text()).contains(member.replaceFirst(".*\"(CODEBUDDY_\\w+)\":\"[^\"]*\"$", "$1"));
        ErrorContract.isKept(response);
        assertThat(config()).isEqualTo(before);
        assertThat(rotationCount()).isEqualTo("1");
        assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"settings\":null}", "{\"settings\":[]}", "{\"settings\":\"x\"}"})
    @Item(96)
    void settings_that_are_missing_are_asked_for(String body) throws Exception {
        RawResponse response = Calls.to(service).post("/api/settings", body);

        assertThat(response.status()).as("%s", response).isEqualTo(422);
        ErrorContract.isKept(response);
        assertThat(config()).isEqualTo(before);
    }

    @Test
    @Item(value = 97, note = "401 in place of 403")
    void a_new_password_is_the_password_at_once() throws Exception {
        Calls.to(service).change("{\"CODEBUDDY_PASSWORD\":\"another-horse-battery\"}");
        Calls changed = Calls.to(service).as("Bearer another-horse-battery");

        assertThat(Calls.to(service).get("/codebuddy/v1/models").status()).isEqualTo(401);
        assertThat(changed.get("/codebuddy/v1/models").status()).isEqualTo(200);
        changed.change("{\"CODEBUDDY_PASSWORD\":\"" + AppHome.PASSWORD + "\"}");
        assertThat(Calls.to(service).get("/codebuddy/v1/models").status()).isEqualTo(200);
        assertThat(changed.get("/codebuddy/v1/models").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"00:00\"", "\"1 week\"", "\"monday at 12:00\"", "\"10 MiB\"", "12:00"})
    @Item(99)
    void every_way_to_write_a_rotation_starts(String rotation) throws Exception {
        try (ServiceUnderTest started =
                ServiceUnderTest.start(Setup.with(simulator.uri()).sections("logging: {rotation: " + rotation + "}"))) {
            assertThat(Calls.to(started)
                            .get("/api/settings")
                            .json()
                            .at("/settings/CODEBUDDY_LOG_ROTATION")
                            .asText())
                    .isEqualTo(rotation.replace("\"", ""));
        }
    }

    private static String config() throws IOException {
        return Files.readString(service.home().configFile());
    }

    private static String rotationCount() throws IOException {
        return Calls.to(service)
                .get("/api/settings")
                .json()
                .at("/settings/CODEBUDDY_ROTATION_COUNT")
                .asText();
    }
}
