package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The fault matrix, 5.5: a disk that does not take what is written. A limit on the size of files stands for a full disk:
 * it can be set and lifted from outside, and the failure comes at the same place. What fails to be synced is for the
 * tests of the file store, which can inject it.
 */
final class DiskTroubleTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String REFRESH = "/v2/plugin/auth/token/refresh";

    private SimulatedCodeBuddy simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_full_disk_is_told_changes_nothing_and_is_survived() throws Exception {
        AppHome home = home();
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            limitFiles(service, "0");
            refusesEveryChange(service);

            limitFiles(service, "unlimited");
            takesEveryChange(service);
        }
    }

    @Test
    void directories_that_cannot_be_written_are_told_change_nothing_and_are_survived() throws Exception {
        AppHome home = home();
        try (ServiceUnderTest service = ServiceUnderTest.startBehind(unprivileged(), home)) {
            allow(home, "r-x------");
            try {
                refusesEveryChange(service);
            } finally {
                allow(home, "rwx------");
            }
            takesEveryChange(service);
        }
    }

    @Test
    void a_service_starts_in_directories_that_cannot_be_written() throws Exception {
        AppHome home = home();
        allow(home, "r-x------");
        try (ServiceUnderTest service = ServiceUnderTest.startBehind(unprivileged(), home)) {
            assertThat(Calls.to(service).chat("hy3", true).status()).isEqualTo(200);
            allow(home, "rwx------");
        }
    }

    @Test
    void a_refreshed_token_that_cannot_be_saved_is_used_and_saved_later() throws Exception {
        long now = Instant.now().getEpochSecond();
        simulator.script(
                REFRESH,
                Scenario.json(
                        200,
                        ("{\"code\":0,\"msg\":\"OK\",\"data\":{\"accessToken\":\"token-new\","
                                        + "\"refreshToken\":\"token-to-refresh-next\",\"tokenType\":\"Bearer\","
                                        + "\"expiresIn\":31536000,\"expiresAt\":%d,\"domain\":\"127.0.0.1\"}}")
                                .formatted((now + 31_536_000) * 1000)));
        AppHome home = home();
        home.config(Setup.with(simulator.uri()).codebuddy("refresh_before: 1s").yaml(ServiceUnderTest.freePort()));
        Files.delete(home.folder().resolve(".codebuddy_creds/codebuddy_token_1.json"));
        Files.delete(home.folder().resolve(".codebuddy_creds/codebuddy_token_2.json"));
        String expiring = ("{\"bearer_token\":\"token-old\",\"created_at\":%d,\"expires_in\":3600,"
                        + "\"refresh_token\":\"token-to-refresh\"}")
                .formatted(now - 100_000);
        Path file = home.folder().resolve(".codebuddy_creds/codebuddy_token_1.json");
        try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
            limitFiles(service, "0");
            home.credential("codebuddy_token_1.json", expiring);
            CredentialsCalls credentials = new CredentialsCalls(simulator, service);
            Eventually.get(
                    "the new token",
                    LIMIT,
                    () -> Calls.to(service).chat("hy3", false).status(),
                    status -> status == 200);
            for (int turn = 0; turn < 3; turn++) {
                assertThat(credentials.tokensOf(1)).isEqualTo("new");
            }
            assertThat(Json.read(Files.readString(file)).path("bearer_token").asText())
                    .isEqualTo("token-old");

            limitFiles(service, "unlimited");
            Eventually.get("its saving", LIMIT, () -> Files.readString(file), content -> content.contains("token-new"));
            assertThat(simulator.journal().requests(REFRESH).size()).isLessThanOrEqualTo(1);
        }
    }

    private AppHome home() throws IOException {
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).codebuddy("rotation_count: 1").yaml(ServiceUnderTest.freePort()));
        home.credentials(List.of("token-one", "token-two"));
        return home;
    }

    private static void refusesEveryChange(ServiceUnderTest service) throws Exception {
        Calls calls = Calls.to(service);
        String config = Files.readString(service.home().configFile());
        String list = names(calls);
        notPersisted(calls.post(CredentialsCalls.LIST, "{\"bearer_token\":\"token-three\"}"));
        notPersisted(calls.post("/api/settings", "{\"settings\":{\"CODEBUDDY_ROTATION_COUNT\":7}}"));
        notPersisted(calls.post(CredentialsCalls.LIST + "/select", "{\"index\":1}"));
        notPersisted(calls.post(CredentialsCalls.LIST + "/toggle-rotation", ""));

        assertThat(names(calls)).isEqualTo(list);
        assertThat(service.home().configFile()).hasContent(config);
        assertThat(calls.get("/api/settings")
                        .json()
                        .at("/settings/CODEBUDDY_ROTATION_COUNT")
                        .asText())
                .isEqualTo("1");
        assertThat(calls.get(CredentialsCalls.LIST + "/current")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("auto_rotation");
        for (int turn = 0; turn < 4; turn++) {
            assertThat(calls.chat("hy3", turn % 2 == 0).status()).isEqualTo(200);
        }
        for (String name : List.of("codebuddy_token_1.json", "codebuddy_token_2.json")) {
            Path file = service.home().folder().resolve(".codebuddy_creds").resolve(name);
            assertThat(Json.read(Files.readString(file)).path("bearer_token").asText())
                    .startsWith("token-");
        }
    }

    private static void takesEveryChange(ServiceUnderTest service) throws Exception {
        Calls calls = Calls.to(service);
        assertThat(calls.post(CredentialsCalls.LIST, "{\"bearer_token\":\"token-three\"}")
                        .status())
                .isEqualTo(200);
        calls.change("{\"CODEBUDDY_ROTATION_COUNT\":7}");
        assertThat(calls.post(CredentialsCalls.LIST + "/select", "{\"index\":1}")
                        .status())
                .isEqualTo(200);
        JsonNode list = calls.get(CredentialsCalls.LIST).json().path("credentials");
        assertThat(list).hasSize(3);
        assertThat(service.home().configFile()).content().contains("rotation_count: 7");
    }

    private static void notPersisted(RawResponse response) {
        assertThat(response.status()).as("%s", response).isIn(500, 507);
        assertThat(response.error().path("code").asText()).isEqualTo("persist_failed");
        ErrorContract.isKept(response);
    }

    private static String names(Calls calls) throws IOException {
        StringBuilder names = new StringBuilder();
        calls.get(CredentialsCalls.LIST)
                .json()
                .path("credentials")
                .forEach(credential -> names.append(credential.path("filename")));
        return names.toString();
    }

    /** From now on, no file of the running service may grow beyond that. */
    private static void limitFiles(ServiceUnderTest service, String bytes) throws Exception {
        String pid = Long.toString(service.process().pid());
        assertThat(new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes + ":unlimited")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Root may write everywhere; as root, the service is run without that privilege. */
    private static List<String> unprivileged() {
        return System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
                : List.of();
    }

    private static void allow(AppHome home, String mode) throws IOException {
        for (String folder : List.of("config", ".codebuddy_creds")) {
            Files.setPosixFilePermissions(home.folder().resolve(folder), PosixFilePermissions.fromString(mode));
        }
    }
}
