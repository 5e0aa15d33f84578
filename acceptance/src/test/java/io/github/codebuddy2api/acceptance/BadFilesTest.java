package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bad-input matrix, 6.3: files that no program of ours has written. */
final class BadFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static SimulatedCodeBuddy simulator;

    @BeforeAll
    static void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    /** A configuration with its name. */
    record Bad(String name, Bytes content) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** They cannot be meant. */
    static Stream<Bad> useless() {
        String good = Setup.with(simulator.uri()).yaml(1);
        return Stream.of(
                text("tabs", "server:\n\tport: 1\n"),
                new Bad("UTF-16", Bytes.of(good.getBytes(StandardCharsets.UTF_16LE))),
                new Bad("Latin-1", Bytes.of((good + "# \u00e9\n").getBytes(StandardCharsets.ISO_8859_1))),
                text("300 KiB", good + "# padding\n".repeat(30_720)),
                text("an alias bomb", "a: &a [x,x,x,x,x,x,x,x]\n" + bomb()),
                text("duplicate keys", good + "server:\n  port: 2\n"),
                text("a custom tag", good.replace("port: 1", "port: !!javax.script.ScriptEngineManager [1]")),
                text("trailing NULs", good + "\u0000".repeat(512)),
                text("a cut string", good.substring(0, good.indexOf(AppHome.PASSWORD) + 5)),
                text("a list", "- server\n"),
                text("two documents", good + "---\n" + good),
                text("an octal port", good.replace("port: 1\n", "port: 0o17777777\n")));
    }

    /** They can be used: the value is in force, or the service is locked and says so. */
    static Stream<Bad> usable() {
        String good = Setup.with(simulator.uri()).yaml(1);
        return Stream.of(
                text("CRLF", good.replace("\n", "\r\n")),
                text("a BOM", "\ufeff" + good),
                text("a final comment", good + "# the end"),
                text("yes and no", good + "keyword_replacer:\n  enabled: yes\n"),
                text("flow style", good + "limits: {max_streams: 10}\n"));
    }

    private static Bad text(String name, String text) {
        return new Bad(name, Bytes.utf8(text));
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder();
        for (char letter = 'b'; letter < 'k'; letter++) {
            String before = "*" + (char) (letter - 1);
            bomb.append(letter).append(": &").append(letter).append(" [");
            bomb.append((before + ",").repeat(8)).append(before).append("]\n");
        }
        return bomb.toString();
    }

    @ParameterizedTest
    @MethodSource("useless")
    void a_configuration_that_cannot_be_meant_stops_the_start_in_words_and_stays(Bad bad) throws Exception {
        try (AppHome home = AppHome.empty()) {
            home.config("");
            Files.write(home.configFile(), bad.content().toArray());
            try (ServiceProcess process = ServiceProcess.start(
                    home, List.of(), "serve", "--home", home.folder().toString())) {
                assertThat(process.awaitExit(LIMIT)).as(process.output()).isEqualTo(1);
                assertThat(process.standardError())
                        .contains("config.yaml")
                        .doesNotContain("\tat ", "Exception", AppHome.PASSWORD);
            }
            assertThat(home.configFile()).hasBinaryContent(bad.content().toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("usable")
    void a_configuration_in_another_style_is_used(Bad bad) throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(bad.content().text().replaceFirst("port: 1(\\r?\\n)", "port: " + port + "$1"));
        home.credentials(List.of("token-one"));
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "\n \n"})
    void an_empty_configuration_is_all_defaults_and_locked(String nothing) throws Exception {
        try (AppHome home = AppHome.empty()) {
            home.config(nothing);
            try (ServiceProcess process = ServiceProcess.start(
                    home, List.of(), "serve", "--home", home.folder().toString())) {
                // Somebody else may have the port on this machine; then the start must name it.
                process.awaitLine("8001 is spoken of", line -> line.contains("8001"), LIMIT);
                assertThat(process.output()).contains("password").doesNotContain("\tat ");
            }
            assertThat(home.configFile()).hasContent(nothing);
        }
    }

    @Test
    void a_linked_configuration_is_followed() throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        Path real = home.folder().resolve("real.yaml");
        Files.writeString(
                real, Setup.with(simulator.uri()).codebuddy("rotation_count: 1").yaml(port));
        Files.createDirectories(home.configFile().getParent());
        Files.createSymbolicLink(home.configFile(), real);
        home.credentials(List.of("token-one"));
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
            Calls.to(service).change("{\"CODEBUDDY_ROTATION_COUNT\":4}");
            assertThat(home.configFile()).isSymbolicLink();
            assertThat(real).content().contains("rotation_count: 4");
        }
    }

    @Test
    void while_it_runs_no_bad_configuration_does_any_harm() throws Exception {
        try (ServiceUnderTest service =
                ServiceUnderTest.start(Setup.with(simulator.uri()).codebuddy("rotation_count: 1"))) {
            Path config = service.home().configFile();
            String good = Files.readString(config);
            List<String> worst = List.of("tabs", "UTF-16", "an alias bomb", "trailing NULs", "a cut string");
            for (Bad bad : useless().filter(any -> worst.contains(any.name())).toList()) {
                long warnings = warnings(service);
                Files.write(config, bad.content().toArray());
                Eventually.get("a warning about " + bad, LIMIT, () -> warnings(service), lines -> lines > warnings);
                assertThat(Calls.to(service).chat("hy3", false).status())
                        .as(bad.name())
                        .isEqualTo(200);
                assertThat(config).hasBinaryContent(bad.content().toArray());
            }
            for (String nothing : List.of("", "# only a comment\n", "\n\n")) {
                Files.writeString(config, nothing);
                assertThat(Calls.to(service).get("/codebuddy/v1/models").status())
                        .isIn(200, 500);
            }
            Files.delete(config);
            Files.writeString(config, good.replace("rotation_count: 1", "rotation_count: 9"));
            Eventually.get(
                    "the good one",
                    LIMIT,
                    () -> Calls.to(service)
                            .get("/api/settings")
                            .json()
                            .at("/settings/CODEBUDDY_ROTATION_COUNT")
                            .asText(),
                    "9"::equals);
            assertThat(service.process().output()).doesNotContain("\tat ", AppHome.PASSWORD);
        }
    }

    @Test
    void bad_credential_files_are_passed_over_and_the_good_one_serves() throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        credentialFiles().forEach((name, content) -> {
            try {
                home.credential(name, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Path folder = home.folder().resolve(".codebuddy_creds");
        Files.createDirectory(folder.resolve("a_folder.json"));
        new ProcessBuilder("mkfifo", folder.resolve("a_pipe.json").toString())
                .start()
                .waitFor();
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "printf '{\"name\":1}' > \"$1/$(printf 'bytes_\\377\\376.json')\"",
                        "sh",
                        folder.toString())
                .start()
                .waitFor();
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            CredentialsCalls credentials = new CredentialsCalls(simulator, service);
            List<String> names = credentials.all("filename");
            assertThat(names).contains("good.json", "good_twin.json", "unknown_fields.json");
            assertThat(names).noneMatch(name -> name.startsWith("bad_"));
            for (int turn = 0; turn < 2 * names.size(); turn++) {
                assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
            }
            assertThat(service.process().output()).doesNotContain("token-", "\tat ");
        }
    }

    private static Map<String, String> credentialFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("good.json", "{\"bearer_token\":\"token-good\",\"user_id\":\"same\"}");
        files.put("good_twin.json", "{\"bearer_token\":\"token-twin\",\"user_id\":\"same\"}");
        files.put("new\nline.json", "{\"bearer_token\":\"token-line\"}");
        files.put("unknown_fields.json", "{\"bearer_token\":\"token-fields\",\"a\":{\"b\":[1,2.50]}}");
        files.put("bad_empty.json", "");
        files.put("bad_blank.json", "  \n");
        files.put("bad_null.json", "null");
        files.put("bad_array.json", "[{\"bearer_token\":\"token-x\"}]");
        files.put("bad_string.json", "\"token-x\"");
        files.put("bad_open.json", "{\"bearer_token\":\"token-x\"");
        files.put("bad_junk.json", "{\"bearer_token\":\"token-x\"}}");
        files.put("bad_type.json", "{\"bearer_token\":7}");
        files.put("bad_token_null.json", "{\"bearer_token\":null}");
        files.put("bad_token_empty.json", "{\"bearer_token\":\"\"}");
        files.put("bad_token_object.json", "{\"bearer_token\":{\"a\":1}}");
        files.put("bad_deep.json", "[".repeat(100_000));
        files.put("bad_long.json", "{\"bearer_token\":\"" + "a".repeat(2_000_000) + "\"}");
        files.put("bad_nul.json", "{\"bearer_token\":\"token-x\"}\u0000\u0000");
        files.put("expiry_huge.json", "{\"bearer_token\":\"token-huge\",\"expires_at\":99999999999999999999}");
        files.put("expiry_negative.json", "{\"bearer_token\":\"token-negative\",\"created_at\":-5,\"expires_in\":-7}");
        files.put("expiry_text.json", "{\"bearer_token\":\"token-text\",\"created_at\":\"soon\",\"expires_in\":\"x\"}");
        return files;
    }

    @Test
    void ten_thousand_credential_files_are_no_obstacle() throws Exception {
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        for (int number = 0; number < 10_000; number++) {
            home.credential("t%05d.json".formatted(number), "{\"bearer_token\":\"token-%d\"}".formatted(number));
        }
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            for (int turn = 0; turn < 20; turn++) {
                assertThat(Calls.to(service).chat("hy3", turn % 2 == 0).status())
                        .isEqualTo(200);
            }
            assertThat(new CredentialsCalls(simulator, service).list()).isNotEmpty();
        }
    }

    private static long warnings(ServiceUnderTest service) {
        return service.process()
                .output()
                .lines()
                .filter(line ->
                        line.contains("config.yaml") && (line.contains(" WARNING ") || line.contains(" ERROR ")))
                .count();
    }
}
