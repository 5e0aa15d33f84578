package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Homes as the original service left them: they start, and their owner notices nothing. */
final class OriginalHomeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String STATE = """
            {
              "auto_rotation_enabled": true,
              "current_index": 1,
              "manual_selected_index": 1,
              "manual_selected_filename": "codebuddy_liexample.com_1784000000.json",
              "saved_at": 1784000100
            }""";

    private static SimulatedCodeBuddy simulator;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    /** The files as the original wrote them: four blanks, and the token four times in the second shape. */
    private static void credentials(AppHome home) throws Exception {
        long issued = Instant.now().getEpochSecond() - 86_400;
        home.credential("codebuddy_token_1.json", """
                {
                    "bearer_token": "token-by-hand",
                    "user_id": null,
                    "created_at": %d
                }""".formatted(issued));
        home.credential("codebuddy_liexample.com_1784000000.json", """
                {
                    "bearer_token": "token-by-login",
                    "user_id": "li@example.com",
                    "created_at": %1$d,
                    "expires_in": 31536000,
                    "refresh_token": "token-to-refresh",
                    "token_type": "Bearer",
                    "scope": "openid profile offline_access email",
                    "domain": "127.0.0.1",
                    "session_state": "0c3d5a52",
                    "user_info": {
                        "sub": "5f0d1c5e",
                        "email": "li@example.com",
                        "preferred_username": "li",
                        "name": "李",
                        "exp": 1815536000,
                        "iat": 1784000000
                    },
                    "full_response": {
                        "access_token": "token-by-login",
                        "refresh_token": "token-to-refresh",
                        "expires_in": 31536000,
                        "full_response": {
                            "code": 0,
                            "data": {
                                "accessToken": "token-by-login",
                                "refreshToken": "token-to-refresh"
                            }
                        }
                    }
                }""".formatted(issued));
        home.credential("manager_state.json", STATE);
    }

    @Test
    void a_home_with_flat_settings_starts_and_its_choice_of_account_is_kept() throws Exception {
        AppHome home = AppHome.empty();
        int port = ServiceUnderTest.freePort();
        credentials(home);
        Path old = home.folder().resolve("config/config.json");
        Files.createDirectories(old.getParent());
        Files.writeString(old, """
                {
                    "CODEBUDDY_HOST": "127.0.0.1",
                    "CODEBUDDY_PORT": %d,
                    "CODEBUDDY_PASSWORD": "%s",
                    "CODEBUDDY_API_ENDPOINT": "https://www.codebuddy.ai",
                    "CODEBUDDY_CREDS_DIR": ".codebuddy_creds",
                    "CODEBUDDY_LOG_LEVEL": "info",
                    "CODEBUDDY_MODELS": "claude-4.0,gpt-5,auto-chat",
                    "CODEBUDDY_ROTATION_COUNT": 10
                }""".formatted(port, AppHome.PASSWORD));
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            CredentialsCalls credentials = new CredentialsCalls(simulator, service);
            assertThat(credentials.all("filename"))
                    .containsExactly("codebuddy_liexample.com_1784000000.json", "codebuddy_token_1.json");
            JsonNode settings = Calls.to(service).get("/api/settings").json().path("settings");
            assertThat(settings.path("CODEBUDDY_API_ENDPOINT").asText()).isEqualTo("https://www.codebuddy.ai");
            assertThat(settings.path("CODEBUDDY_ROTATION_COUNT").asText()).isEqualTo("10");
            assertThat(settings.path("CODEBUDDY_LOG_LEVEL").asText()).isEqualToIgnoringCase("INFO");
            assertThat(settings.path("CODEBUDDY_MODELS").asText()).isEqualTo("claude-4.0,gpt-5,auto-chat");
            assertThat(home.configFile()).exists();
            assertThat(old).doesNotExist();
            assertThat(old.resolveSibling("config.json.migrated")).exists();

            // Nobody but the simulator may hear of these accounts, so the owner changes the site in the new file.
            Files.writeString(
                    home.configFile(),
                    Files.readString(home.configFile())
                            .replaceFirst(
                                    "(?m)^  api_endpoint: .*$",
                                    "  api_endpoint: " + simulator.uri() + "\n  allowed_endpoints: [" + simulator.uri()
                                            + "]"));
            Eventually.get(
                    "the new site",
                    LIMIT,
                    () -> Calls.to(service).get("/api/settings").text(),
                    text -> text.contains(simulator.uri().toString()));
            assertThat(Calls.to(service).chat("hy3", true).status()).isEqualTo(200);
        }
    }

    @Test
    void a_home_with_a_yaml_file_starts_and_its_files_stay_as_they_are() throws Exception {
        AppHome home = AppHome.empty();
        int port = ServiceUnderTest.freePort();
        credentials(home);
        String yaml = """
                server:
                  host: 127.0.0.1
                  port: %d
                  password: %s
                codebuddy:
                  api_endpoint: %s
                  allowed_endpoints: [%3$s]
                  creds_dir: .codebuddy_creds
                  rotation_count: 1
                  models: claude-4.0, auto-chat
                logging:
                  level: INFO
                  rotation: 12:00
                  retention: 7 days
                  compression: zip
                """.formatted(port, AppHome.PASSWORD, simulator.uri());
        home.config(yaml);
        Path byHand = home.folder().resolve(".codebuddy_creds/codebuddy_token_1.json");
        Path byLogin = byHand.resolveSibling("codebuddy_liexample.com_1784000000.json");
        String first = Files.readString(byHand);
        String second = Files.readString(byLogin);
        try (ServiceUnderTest service = ServiceUnderTest.start(home, port, List.of())) {
            CredentialsCalls credentials = new CredentialsCalls(simulator, service);
            // Sorted by name the chosen file is the first; the original had it at index 1. Its name decides.
            assertThat(credentials.current().path("filename").asText())
                    .isEqualTo("codebuddy_liexample.com_1784000000.json");
            assertThat(credentials.tokensOf(2)).isEqualTo("by-login by-login");
            credentials.done("auto", "");
            assertThat(credentials.tokensOf(2)).contains("by-hand", "by-login");
            assertThat(Calls.to(service)
                            .get("/api/settings")
                            .json()
                            .at("/settings/CODEBUDDY_LOG_ROTATION")
                            .asText())
                    .isEqualTo("12:00");
            assertThat(home.configFile()).hasContent(yaml);
            assertThat(byHand).hasContent(first);
            assertThat(byLogin).hasContent(second);
        }
    }
}
