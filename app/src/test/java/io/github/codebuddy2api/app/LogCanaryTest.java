package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.filestore.ConfigException;
import io.github.codebuddy2api.simulator.LoginOutcome;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A marker is planted in every secret and in everything that is said; the log of the whole service never shows it. */
final class LogCanaryTest {
    private static final String MARKER = "kumquat";
    private static final String CREDENTIALS = "/codebuddy/v1/credentials";
    private static final String PASSWORD = "correct-horse-" + MARKER;

    @TempDir
    Path home;

    @Test
    void at_trace_the_log_tells_of_every_request_and_shows_nothing_of_it() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            configure(simulator.uri(), "TRACE");
            try (Service service = Service.start(home, OptionalInt.of(0))) {
                for (String model : List.of(
                        "sim-echo",
                        "sim-t5",
                        "sim-t8",
                        "sim-11128",
                        "sim-500",
                        "sim-garbage",
                        "sim-reset-before-headers",
                        "sim-echo")) {
                    ask(service, model, true);
                    ask(service, model, false);
                }
                send(service, "/v1/chat/completions", "{\"" + MARKER, PASSWORD);
                send(service, "/v1/" + MARKER + "?token=" + MARKER, "{}", PASSWORD);
                send(service, "/v1/chat/completions", "{}", "wrong-" + MARKER);
            }
        }

        String log = Files.readString(home.resolve("logs/codebuddy2api.log"));
        assertThat(log).contains("sim-echo answered").contains(" DEBUG ").contains("sim-500 failed");
        assertThat(log).doesNotContainIgnoringCase(MARKER).doesNotContainIgnoringCase("Bearer");
    }

    @Test
    void at_trace_logins_refreshes_settings_and_accounts_show_nothing_either() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            configure(simulator.uri(), "TRACE");
            try (Service service = Service.start(home, OptionalInt.of(0))) {
                String started = get(service, "/codebuddy/auth/start");
                simulator.decideLogin(found(started, "[?&]state=([^\"&]+)"), LoginOutcome.PERSONAL, MARKER);
                post(service, "/codebuddy/auth/poll", Map.of("auth_state", found(started, "auth_state\":\"([^\"]+)")));
                post(service, CREDENTIALS, Map.of("bearer_token", "added-" + MARKER, "user_id", MARKER));
                for (String path : List.of("/refresh", "/test", "/switch", "/check-in", "/delete", "/select")) {
                    post(service, CREDENTIALS + path, Map.of("index", "0", "uid", MARKER));
                }
                for (String path : List.of("", "/current", "/quota?index=0", "/accounts?index=0")) {
                    get(service, CREDENTIALS + path);
                }
                String settings = "{\"settings\":{\"CODEBUDDY_%s\":\"%s-%s\"}}";
                send(service, "/api/settings", settings.formatted("SYSTEM_MESSAGE", "say", MARKER), PASSWORD);
                send(service, "/api/settings", settings.formatted("LOG_ROTATION", "not", MARKER), PASSWORD);
                send(service, "/api/settings", settings.formatted("PASSWORD", "another-password", MARKER), PASSWORD);
                send(
                        service,
                        "/api/settings",
                        settings.formatted("ROTATION_COUNT", "", MARKER),
                        "another-password-" + MARKER);
                get(service, "/api/stats");
            }
        }

        String log = Files.readString(home.resolve("logs/codebuddy2api.log"));
        assertThat(Files.readString(home.resolve("config/config.yaml"))).contains("another-password-" + MARKER);
        assertThat(log).contains("usable credentials");
        assertThat(log)
                .doesNotContainIgnoringCase(MARKER)
                .doesNotContainIgnoringCase("Bearer")
                .doesNotContain("eyJ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00", "1 week", "monday at 12:00", "10 MiB", "12:00", "6 pm", "1_000 B"})
    void a_rotation_without_quotes_is_accepted_or_refused_with_a_sentence(String rotation) throws IOException {
        writeConfig("logging: {level: INFO, rotation: " + rotation + "}\n");

        if (rotation.contains("_")) {
            assertThatThrownBy(() -> Service.start(home, OptionalInt.of(0)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("logging.rotation cannot be \"1_000 B\"");
            assertThat(home.resolve("logs")).doesNotExist();
        } else {
            try (Service service = Service.start(home, OptionalInt.of(0))) {
                assertThat(service.address()).startsWith("http://127.0.0.1:");
            }
            assertThat(home.resolve("logs/codebuddy2api.log")).isRegularFile();
        }
    }

    private void configure(URI upstream, String level) throws IOException {
        writeConfig("""
                server: {password: "%s"}
                codebuddy: {api_endpoint: "%s", allowed_endpoints: ["%s"]}
                logging: {level: %s, rotation: none}
                """.formatted(PASSWORD, upstream, upstream, level));
        Path credentials = Files.createDirectories(home.resolve(".codebuddy_creds"));
        for (int i = 1; i <= 3; i++) {
            Files.writeString(credentials.resolve("codebuddy_" + i + ".json"), """
                    {"bearer_token": "token-%1$s-%2$d", "refresh_token": "refresh-%1$s-%2$d", "user_id": "user-%1$s-%2$d"}
                    """.formatted(MARKER, i));
        }
    }

    private void writeConfig(String yaml) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("config")).resolve("config.yaml"), yaml);
    }

    private static void ask(Service service, String model, boolean stream) throws Exception {
        send(service, "/v1/chat/completions", """
                {"model":"%s","stream":%s,"user":"%3$s",
                 "messages":[{"role":"system","content":"%3$s"},{"role":"user","content":"say %3$s"},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                   "function":{"name":"%3$s","arguments":"{\\"a\\":\\"%3$s\\"}"}}]},
                  {"role":"tool","tool_call_id":"c1","content":"%3$s"},{"role":"user","content":"%3$s again"}],
                 "tools":[{"type":"function","function":{"name":"%3$s","description":"%3$s",
                  "parameters":{"type":"object","properties":{"%3$s":{"type":"string"}}}}}]}
                """.formatted(model, stream, MARKER), PASSWORD);
    }

    private static String found(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    /** A body of texts; digits go as a number. */
    private static void post(Service service, String path, Map<String, String> members) throws IOException {
        String json = members.entrySet().stream()
                .map(member -> member.getValue().matches("[0-9]+")
                        ? "\"" + member.getKey() + "\":" + member.getValue()
                        : "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        send(service, path, json, PASSWORD);
    }

    private static String get(Service service, String path) throws IOException {
        HttpURLConnection connection = open(service, path);
        connection.setRequestProperty("Authorization", "Bearer " + PASSWORD);
        try {
            boolean refused = connection.getResponseCode() >= 400;
            byte[] answer = (refused ? connection.getErrorStream() : connection.getInputStream()).readAllBytes();
            return new String(answer, StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection open(Service service, String path) throws IOException {
        return (HttpURLConnection) URI.create(service.address() + path).toURL().openConnection();
    }

    /** Whatever comes back, broken streams included: only the log matters here. */
    private static void send(Service service, String path, String body, String password) throws IOException {
        HttpURLConnection connection = open(service, path);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Authorization", "Bearer " + password);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("X-Conversation-ID", MARKER);
        connection.setRequestProperty("Cookie", "a=" + MARKER);
        connection.setDoOutput(true);
        try {
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            boolean refused = connection.getResponseCode() >= 400;
            (refused ? connection.getErrorStream() : connection.getInputStream()).readAllBytes();
        } catch (IOException brokenOff) {
            // Some of the scenarios end like this.
        } finally {
            connection.disconnect();
        }
    }
}
