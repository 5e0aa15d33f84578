package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list, 98 and 100 to 103: the log, the statistics, old files, the end, and the container. */
final class OperationListTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static SimulatedCodeBuddy simulator;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    @Item(98)
    void the_log_changes_while_the_service_runs() throws Exception {
        try (ServiceUnderTest service =
                ServiceUnderTest.start(Setup.with(simulator.uri()).sections("logging: {level: INFO}"))) {
            Path logs = service.home().folder().resolve("logs");
            assertThat(service.process().output()).doesNotContain(" DEBUG ");
            Calls.to(service).change("{\"CODEBUDDY_LOG_LEVEL\":\"DEBUG\"}");
            Calls.to(service).chat("hy3", false);
            service.process().awaitLine("a line of the level DEBUG", line -> line.contains(" DEBUG "), LIMIT);

            Calls.to(service)
                    .change("{\"CODEBUDDY_LOG_ROTATION\":\"1 KB\",\"CODEBUDDY_LOG_COMPRESSION\":\"gz\","
                            + "\"CODEBUDDY_LOG_RETENTION\":\"2\"}");
            for (int chat = 0; chat < 100; chat++) {
                Calls.to(service).chat("sim-echo", false);
            }
            Eventually.get(
                    "two archives and the log",
                    LIMIT,
                    () -> names(logs),
                    names -> names.size() == 3
                            && names.contains("codebuddy2api.log")
                            && names.stream()
                                            .filter(name -> name.endsWith(".log.gz"))
                                            .count()
                                    == 2);
            assertThat(Files.size(logs.resolve("codebuddy2api.log"))).isLessThanOrEqualTo(1000);
        }
    }

    @Test
    @Item(value = 100, note = "they survive a restart; the page is not part of the service yet")
    void each_accepted_chat_counts_once_even_if_it_fails() throws Exception {
        String hostile = "<img src=x onerror=alert(1)>\\\"";
        try (ServiceUnderTest service = ServiceUnderTest.start(Setup.with(simulator.uri()))) {
            Calls.to(service).chat("hy3", false);
            Calls.to(service).chat("hy3", true);
            assertThat(Calls.to(service).chat("sim-11101", false).status()).isEqualTo(400);
            Calls.to(service)
                    .post(
                            Calls.CHAT,
                            "{\"model\":\"" + hostile + "\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
            RawResponse stats = Calls.to(service).get("/api/stats");

            assertThat(stats.status()).as("%s", stats).isEqualTo(200);
            assertThat(stats.header("content-type").orElse("")).startsWith("application/json");
            assertThat(stats.header("x-content-type-options")).contains("nosniff");
            JsonNode models = stats.json().path("model_usage");
            assertThat(models.path("hy3").asInt()).isEqualTo(2);
            assertThat(models.path("sim-11101").asInt()).isEqualTo(1);
            assertThat(sum(models)).isEqualTo(4);
            JsonNode credentials = stats.json().path("credential_usage");
            assertThat(credentials.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("codebuddy_token_1.json", "codebuddy_token_2.json");
            assertThat(sum(credentials)).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    @Item(value = 100, note = "they survive a restart")
    void the_counts_are_there_again_after_a_restart() throws Exception {
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(ServiceUnderTest.freePort()));
        home.credentials(List.of("token-one"));
        ServiceUnderTest first = ServiceUnderTest.start(home, home.port(), List.of());
        try {
            Calls.to(first).chat("hy3", false);
            first.process().stop();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
        try (ServiceUnderTest second = ServiceUnderTest.start(home, home.port(), List.of())) {
            JsonNode stats = Calls.to(second).get("/api/stats").json();
            assertThat(stats.at("/model_usage/hy3").asInt()).isEqualTo(1);
            assertThat(stats.at("/credential_usage")
                            .path("codebuddy_token_1.json")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    @Item(101)
    void old_settings_are_taken_over_once() throws Exception {
        AppHome home = AppHome.empty();
        int port = ServiceUnderTest.freePort();
        Path old = home.folder().resolve("config/config.json");
        Files.createDirectories(old.getParent());
        Files.writeString(
                old,
                ("{\"CODEBUDDY_PORT\": \"%d\", \"CODEBUDDY_PASSWORD\": \"%s\", \"CODEBUDDY_ROTATION_COUNT\": \"\","
                                + " \"CODEBUDDY_MODELS\": \"b, a\", \"CODEBUDDY_LOG_LEVEL\": \"LOUD\","
                                + " \"CODEBUDDY_OF_TOMORROW\": 1}")
                        .formatted(port, AppHome.PASSWORD));
        ServiceUnderTest first = ServiceUnderTest.start(home, port, List.of());
        try {
            assertThat(models(first)).containsExactly("b", "a");
            assertThat(first.process().output())
                    .contains("CODEBUDDY_ROTATION_COUNT", "CODEBUDDY_LOG_LEVEL", "CODEBUDDY_OF_TOMORROW");
            first.process().stop();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
        assertThat(home.configFile()).content().contains("server:", AppHome.PASSWORD, "rotation_count: 1");
        Files.writeString(
                home.configFile(),
                Files.readString(home.configFile())
                        .replaceFirst("(?m)^  models:(.*\\n)((?:  {2,}- .*\\n)*)", "  models: [c]\n"));
        try (ServiceUnderTest second = ServiceUnderTest.start(home, port, List.of())) {
            assertThat(models(second)).containsExactly("c");
        }
    }

    @Test
    @Item(value = 102, note = "with deadlines.drain: 5s; the kills are in KilledTest")
    void a_service_that_is_told_to_stop_stops_while_answers_run() throws Exception {
        try (ServiceUnderTest service =
                        ServiceUnderTest.start(Setup.with(simulator.uri()).sections("deadlines: {drain: 5s}"));
                RawConnection connection = service.connect()) {
            connection.send(Calls.to(service)
                    .request(
                            "POST",
                            Calls.CHAT,
                            Asked.body("sim-pace-100000-20", true),
                            "Content-Type: application/json"));
            connection.readHead();
            connection.readChunkWith("1@");
            long told = System.nanoTime();
            service.process().stop();

            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
            for (String name : List.of("codebuddy_token_1.json", "codebuddy_token_2.json")) {
                Path file = service.home().folder().resolve(".codebuddy_creds").resolve(name);
                assertThat(Json.read(Files.readString(file))
                                .path("bearer_token")
                                .asText())
                        .startsWith("token-");
            }
            assertThat(service.home().configFile()).content().contains(AppHome.PASSWORD);
        }
    }

    @Test
    @Item(value = 103, note = "deploy/test/run, all of H1 to H12 against a recording docker; no Docker engine was seen")
    void the_script_for_docker_passes_its_own_tests() throws Exception {
        Process tests = new ProcessBuilder(
                        Packaged.top().resolve("deploy/test/run").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).contains(" passed, 0 failed");
    }

    private static List<String> models(ServiceUnderTest service) throws IOException {
        List<String> ids = new ArrayList<>();
        Calls.to(service)
                .get("/codebuddy/v1/models")
                .json()
                .path("data")
                .forEach(model -> ids.add(model.path("id").asText()));
        return ids;
    }

    private static int sum(JsonNode counts) {
        int sum = 0;
        for (JsonNode count : counts) {
            sum += count.asInt();
        }
        return sum;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("codebuddy2api."))
                    .sorted()
                    .toList();
        }
    }
}
