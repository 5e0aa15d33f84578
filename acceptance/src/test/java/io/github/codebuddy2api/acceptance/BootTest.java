package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starting, not starting, and what the command line says. */
final class BootTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static SimulatedCodeBuddy simulator;

    @BeforeAll
    static void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void a_fresh_home_gets_the_example_and_a_locked_service() throws Exception {
        try (AppHome home = AppHome.empty();
                ServiceProcess process = ServiceProcess.start(
                        home, List.of(), "serve", "--home", home.folder().toString())) {
            // Port 8001 is the default and may be taken on this machine; then the start must say so.
            try {
                process.awaitLine("it listens on 8001", line -> line.contains(":8001"), LIMIT);
                try (RawConnection connection = new RawConnection(8001)) {
                    connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertThat(connection.read().json().path("locked").asBoolean())
                            .isTrue();
                }
            } catch (ServiceProcess.Ended portTaken) {
                assertThat(process.awaitExit(LIMIT)).isEqualTo(1);
                assertThat(process.standardError()).contains("8001");
            }
            assertThat(home.configFile()).hasSameTextualContentAs(Packaged.top().resolve("config/config.example.yaml"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.configFile())))
                    .isEqualTo("rw-------");
            assertThat(process.output()).contains("password");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', password_not_configured",
        "'   ', password_not_configured",
        "changeme, insecure_password",
        "your_secret_password, insecure_password",
    })
    void without_a_password_the_service_is_locked_and_not_dead(String password, String code) throws Exception {
        try (ServiceUnderTest service = startWith(yaml -> yaml.replace(AppHome.PASSWORD, password))) {
            try (RawConnection connection = service.connect()) {
                connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                RawResponse health = connection.read();
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.json().path("locked").asBoolean()).isTrue();
            }
            for (String key : List.of("anything", password.isBlank() ? "x" : password)) {
                try (RawConnection connection = service.connect()) {
                    connection.send(Asked.request(Asked.body("hy3", true)).replace(AppHome.PASSWORD, key));
                    RawResponse response = connection.read();
                    assertThat(response.status()).as("%s", response).isEqualTo(500);
                    assertThat(response.error().path("code").asText()).isEqualTo(code);
                    assertThat(response.header("x-should-retry")).contains("false");
                    ErrorContract.isKept(response);
                }
            }
            assertThat(service.process().output()).contains("password");
        }
    }

    @Test
    void a_short_password_is_not_enough_for_other_machines() throws Exception {
        try (ServiceUnderTest service = startWith(
                yaml -> yaml.replace("host: 127.0.0.1", "host: 0.0.0.0").replace(AppHome.PASSWORD, "short-one"))) {
            try (RawConnection connection = service.connect()) {
                connection.send(Asked.request(Asked.body("hy3", true)).replace(AppHome.PASSWORD, "short-one"));
                RawResponse response = connection.read();
                assertThat(response.status()).isEqualTo(500);
                assertThat(response.error().path("code").asText()).isEqualTo("insecure_password");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a port of x       | port: x                                 | 3 | server.port
            a port too large  | port: 70000                             | 3 | server.port
            a foreign site    | api_endpoint: https://evil.example      | 6 | codebuddy.api_endpoint
            a plain site      | api_endpoint: http://www.codebuddy.cn   | 6 | codebuddy.api_endpoint
            a negative count  | rotation_count: -1                      | 7 | codebuddy.rotation_count
            """)
    void a_value_that_cannot_be_meant_stops_the_start_with_its_line_and_the_cure(
            String name, String line, int number, String key) throws Exception {
        String yaml = "server:\n  host: 127.0.0.1\n  port: 8001\n  password: \"" + AppHome.PASSWORD
                + "\"\ncodebuddy:\n  api_endpoint: https://www.codebuddy.cn\n  rotation_count: 1\n";
        String keyword = line.substring(0, line.indexOf(':'));
        try (AppHome home = AppHome.empty()) {
            String bad = yaml.replaceFirst("(?m)^  " + keyword + ": .*$", Matcher.quoteReplacement("  " + line));
            home.config(bad);
            try (ServiceProcess process = ServiceProcess.start(
                    home, List.of(), "serve", "--home", home.folder().toString())) {
                assertThat(process.awaitExit(LIMIT)).as(name).isEqualTo(1);
                assertThat(process.standardError())
                        .contains(key)
                        .containsPattern("\\b" + number + "\\b")
                        .doesNotContain(AppHome.PASSWORD, "Exception", "\tat ");
            }
            assertThat(home.configFile()).hasContent(bad);
        }
    }

    @Test
    void a_file_that_is_no_yaml_stops_the_start_and_stays_as_it_is() throws Exception {
        try (AppHome home = AppHome.empty()) {
            String broken = "server:\n  password: \"never ends\n  port: [\n";
            home.config(broken);
            try (ServiceProcess process = ServiceProcess.start(
                    home, List.of(), "serve", "--home", home.folder().toString())) {
                assertThat(process.awaitExit(LIMIT)).isEqualTo(1);
                assertThat(process.standardError()).contains("config.yaml").doesNotContain("\tat ");
            }
            assertThat(home.configFile()).hasContent(broken);
        }
    }

    @Test
    void an_unknown_key_is_warned_about_with_the_nearest_name_and_stops_nothing() throws Exception {
        try (ServiceUnderTest service = startWith(yaml -> yaml + "gateway: {max_atempts: 2}\n")) {
            assertThat(Asked.chat(service, "hy3", false).status()).isEqualTo(200);
            assertThat(service.process().output())
                    .contains("gateway.max_atempts")
                    .contains("gateway.max_attempts");
        }
    }

    @Test
    void credential_files_of_every_shape_are_used_and_bad_ones_skipped() throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        home.credential(
                "a_manual.json", "{\"bearer_token\":\"token-manual\",\"user_id\":null,\"created_at\":1785000000}");
        home.credential(
                "b_oauth.json",
                "{\"bearer_token\":\"token-oauth\",\"user_id\":\"li@example.com\",\"created_at\":1785000000,"
                        + "\"expires_in\":315360000,\"refresh_token\":\"token-never-sent\",\"token_type\":\"Bearer\","
                        + "\"domain\":\"127.0.0.1\",\"user_info\":{\"sub\":\"5f0d\"},"
                        + "\"full_response\":{\"access_token\":\"token-oauth\"}}");
        home.credential(
                "c_schema2.json",
                "{\"credential_schema_version\":2,\"bearer_token\":\"token-schema2\",\"user_id\":\"u\","
                        + "\"created_at\":1785000000,\"expires_at\":4000000000,\"account_uid\":\"uid-2\"}");
        home.credential("d_access.json", "{\"access_token\":\"token-access\",\"user_id\":\"u\",\"tenant_id\":\"t\"}");
        home.credential(
                "e_expired.json", "{\"bearer_token\":\"token-expired\",\"created_at\":1500000000,\"expires_in\":3600}");
        home.credential("f_broken.json", "{\"bearer_token\":");
        home.credential("g_foreign.json", "{\"name\":\"not a credential\"}");
        home.credential("manager_state.json", "{\"current_index\":0}");
        home.credential("notes.txt", "token-in-notes");
        Path outside = Files.writeString(home.folder().resolve("outside.json"), "{\"bearer_token\":\"token-linked\"}");
        Files.createSymbolicLink(home.folder().resolve(".codebuddy_creds/h_link.json"), outside);
        simulator.journal().clear();
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            for (int turn = 0; turn < 8; turn++) {
                assertThat(Asked.chat(service, "hy3", turn % 2 == 0).status()).isEqualTo(200);
            }

            assertThat(tokensSeen())
                    .containsExactly(
                            "Bearer token-access", "Bearer token-manual", "Bearer token-oauth", "Bearer token-schema2");
            assertThat(service.process().output())
                    .contains(skippedId("f_broken.json"), skippedId("g_foreign.json"), skippedId("h_link.json"))
                    .doesNotContain("token-", "f_broken", "li@example.com");
        }
    }

    @Test
    void the_very_first_requests_are_all_served_though_they_come_at_once() throws Exception {
        try (ServiceUnderTest service = startWith(yaml -> yaml)) {
            CountDownLatch together = new CountDownLatch(1);
            List<Future<Integer>> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 24; caller++) {
                    statuses.add(threads.submit(() -> {
                        together.await();
                        return Asked.chat(service, "hy3", true).status();
                    }));
                }
                together.countDown();
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void the_environment_has_no_effect() throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        home.credentials(List.of("token-one"));
        List<String> environment = List.of(
                "CODEBUDDY_PASSWORD=other-password-of-length",
                "CODEBUDDY_PORT=1",
                "CODEBUDDY_HOST=0.0.0.0",
                "CODEBUDDY_API_ENDPOINT=http://127.0.0.1:1",
                "CODEBUDDY_CREDS_DIR=/nowhere",
                "SERVER_PORT=1",
                "SERVER_HOST=0.0.0.0",
                "HTTP_PROXY=http://127.0.0.1:1",
                "http_proxy=http://127.0.0.1:1");
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, environment)) {
            assertThat(Asked.chat(service, "hy3", false).status()).isEqualTo(200);
            try (RawConnection connection = service.connect()) {
                connection.send(
                        Asked.request(Asked.body("hy3", false)).replace(AppHome.PASSWORD, "other-password-of-length"));
                assertThat(connection.read().status()).isEqualTo(401);
            }
        }
    }

    @Test
    void a_hashed_password_opens_and_its_hash_does_not() throws Exception {
        String hash = run("a-password-to-hash\n", 0, "hash-password").strip();
        assertThat(hash).isNotEmpty().doesNotContain("a-password-to-hash", "\n");
        try (ServiceUnderTest service = startWith(yaml -> yaml.replace(AppHome.PASSWORD, hash))) {
            for (String key : List.of("a-password-to-hash", hash)) {
                try (RawConnection connection = service.connect()) {
                    connection.send(
                            "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n\r\n");
                    assertThat(connection.read().status()).isEqualTo(key.equals("a-password-to-hash") ? 200 : 401);
                }
            }
        }
    }

    @Test
    void version_and_help_are_told() throws Exception {
        assertThat(run("", 0, "--version")).matches("codebuddy2api \\d+\\.\\d+\\.\\d+\\S*");
        assertThat(run("", 0, "--help")).contains("serve", "demo", "hash-password", "--home");
    }

    @ParameterizedTest
    @CsvSource({"--no-such-option, --no-such-option", "serve demo, One command", "--home, --home"})
    void what_is_not_understood_is_told(String arguments, String told) throws Exception {
        try (AppHome home = AppHome.empty();
                ServiceProcess process = ServiceProcess.start(home, List.of(), arguments.split(" ", -1))) {
            assertThat(process.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(process.standardError()).contains(told, "--help");
            assertThat(process.standardOutput()).isEmpty();
        }
    }

    @Test
    void a_port_that_is_taken_is_told() throws Exception {
        try (ServiceUnderTest first = startWith(yaml -> yaml);
                AppHome home = AppHome.empty()) {
            home.config(Setup.with(simulator.uri()).yaml(first.port()));
            try (ServiceProcess second = ServiceProcess.start(
                    home, List.of(), "serve", "--home", home.folder().toString())) {
                assertThat(second.awaitExit(LIMIT)).isEqualTo(1);
                assertThat(second.standardError())
                        .contains(Integer.toString(first.port()))
                        .doesNotContain("\tat ");
            }
            assertThat(Asked.chat(first, "hy3", false).status()).isEqualTo(200);
        }
    }

    @Test
    void a_running_answer_is_finished_before_the_service_stops() throws Exception {
        try (ServiceUnderTest service = startWith(yaml -> yaml);
                RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-pace-10-100", true)));
            connection.readHead();
            connection.readChunkWith("0@");
            Thread stopping = Thread.ofVirtual().start(() -> service.process().close());

            assertThat(connection.readChunkWith("[DONE]")).contains("[DONE]");
            stopping.join();
            assertThat(service.process().isAlive()).isFalse();
        }
    }

    @Test
    void the_demo_prints_what_is_needed_and_answers() throws Exception {
        try (AppHome home = AppHome.empty();
                ServiceProcess demo = ServiceProcess.start(home, List.of(), "demo", "--port", "0")) {
            demo.awaitLine("a curl line", line -> line.contains("curl"), LIMIT);
            String told = demo.standardOutput();
            Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/v1").matcher(told);
            Matcher password = Pattern.compile("demo-[0-9a-f]+").matcher(told);
            assertThat(url.find() && password.find()).as(told).isTrue();
            try (RawConnection connection = new RawConnection(Integer.parseInt(url.group(1)))) {
                connection.send(Asked.request(Asked.body("glm-5.2", true)).replace(AppHome.PASSWORD, password.group()));
                SseText stream = SseText.read(connection.read().text());
                assertThat(stream.joined("content")).contains("Name one prime number.");
                assertThat(stream.done()).isTrue();
            }
            assertThat(home.folder()).isEmptyDirectory();
        }
    }

    /** Starts a service whose configuration was changed first. */
    private static ServiceUnderTest startWith(java.util.function.UnaryOperator<String> change) throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(change.apply(Setup.with(simulator.uri()).yaml(port)));
        home.credentials(List.of("token-one", "token-two"));
        return ServiceUnderTest.start(home, port, List.of());
    }

    private static String run(String input, int exit, String... arguments) throws Exception {
        try (AppHome home = AppHome.empty();
                ServiceProcess process = ServiceProcess.start(home, List.of(), arguments)) {
            process.input(input);
            assertThat(process.awaitExit(LIMIT)).as(process.output()).isEqualTo(exit);
            return process.standardOutput();
        }
    }

    /** A file's name can hold an account's name; so the log has a digest of it. */
    private static String skippedId(String fileName) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(fileName.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 8);
    }

    private static Set<String> tokensSeen() {
        Set<String> tokens = new TreeSet<>();
        simulator
                .journal()
                .requests("/v2/chat/completions")
                .forEach(call -> tokens.add(call.header("Authorization").orElse("none")));
        return tokens;
    }
}
