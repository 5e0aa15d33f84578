package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list, 66 to 70 and 79 to 81: which credentials there are. */
final class CredentialsListTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<String> FIELDS = List.of(
            "index",
            "filename",
            "user_id",
            "email",
            "name",
            "created_at",
            "expires_in",
            "expires_at",
            "time_remaining",
            "is_expired",
            "token_type",
            "scope",
            "domain",
            "session_state",
            "has_refresh_token",
            "file_path",
            "time_remaining_str",
            "has_token",
            "token_preview");

    private static SimulatedCodeBuddy simulator;

    private ServiceUnderTest service;
    private CredentialsCalls credentials;

    @BeforeAll
    static void startSimulator() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @BeforeEach
    void start() throws Exception {
        long now = Instant.now().getEpochSecond();
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        home.credential(
                "a_manual.json",
                "{\"bearer_token\":\"token-a\",\"user_id\":null,\"created_at\":%d}".formatted(now - 9_000_000));
        home.credential(
                "b_oauth.json",
                ("{\"bearer_token\":\"token-of-the-second-account\",\"user_id\":\"li@example.com\",\"created_at\":%d,"
                                + "\"expires_in\":200000,\"refresh_token\":\"token-of-refreshing\",\"token_type\":\"Bearer\","
                                + "\"scope\":\"openid\",\"domain\":\"127.0.0.1\",\"session_state\":\"state-1\",\"user_info\":"
                                + "{\"sub\":\"5f0d\",\"email\":\"li@mail.example.com\",\"name\":\"Li\"},"
                                + "\"full_response\":{\"access_token\":\"token-of-the-second-account\"}}")
                        .formatted(now - 10_000));
        home.credential("c_broken.json", "{\"bearer_token\":");
        home.credential("d_foreign.json", "{\"name\":\"no token here\"}");
        home.credential("manager_state.json", "{\"auto_rotation_enabled\":true,\"current_index\":0}");
        service = ServiceUnderTest.start(home, port, List.of());
        credentials = new CredentialsCalls(simulator, service);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @Item({66, 80})
    void files_of_both_shapes_are_listed_and_broken_ones_are_not() throws Exception {
        JsonNode list = credentials.list();

        assertThat(list).hasSize(2);
        for (JsonNode credential : list) {
            assertThat(credential.fieldNames()).toIterable().containsAll(FIELDS);
            assertThat(credential.path("has_token").asBoolean()).isTrue();
            assertThat(Path.of(credential.path("file_path").asText()).isAbsolute())
                    .isFalse();
        }
        JsonNode manual = list.path(0);
        assertThat(manual.path("index").asInt()).isZero();
        assertThat(manual.path("filename").asText()).isEqualTo("a_manual.json");
        assertThat(manual.path("user_id").isNull()).isTrue();
        assertThat(manual.path("expires_at").isNull()).isTrue();
        assertThat(manual.path("time_remaining_str").asText()).isEqualTo("Unknown");
        assertThat(manual.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(manual.path("has_refresh_token").asBoolean()).isFalse();
        JsonNode oauth = list.path(1);
        assertThat(oauth.path("index").asInt()).isEqualTo(1);
        assertThat(oauth.path("user_id").asText()).isEqualTo("li@example.com");
        assertThat(oauth.path("email").asText()).isEqualTo("li@mail.example.com");
        assertThat(oauth.path("name").asText()).isEqualTo("Li");
        assertThat(oauth.path("scope").asText()).isEqualTo("openid");
        assertThat(oauth.path("domain").asText()).isEqualTo("127.0.0.1");
        assertThat(oauth.path("session_state").asText()).isEqualTo("state-1");
        assertThat(oauth.path("has_refresh_token").asBoolean()).isTrue();
        assertThat(oauth.path("expires_at").asLong())
                .isEqualTo(oauth.path("created_at").asLong() + 200_000);
        assertThat(oauth.path("time_remaining").asLong()).isBetween(189_000L, 190_000L);
        assertThat(oauth.path("time_remaining_str").asText()).isEqualTo("2d 4h");
        assertThat(oauth.path("is_expired").asBoolean()).isFalse();
    }

    @Test
    @Item(66)
    void no_token_is_shown() throws Exception {
        String text = Calls.to(service).get(CredentialsCalls.LIST).text();

        assertThat(text)
                .doesNotContain("token-a\"", "token-of-the-second-account", "token-of-refreshing", "full_response");
        assertThat(credentials.all("token_preview")).containsExactly("Invalid Token", "token-of-t...ount");
    }

    @Test
    @Item(67)
    void an_added_credential_is_a_file_of_the_owner_alone_and_used_at_once() throws Exception {
        Set<String> before = files();
        RawResponse added = credentials.add("{\"bearer_token\":\"token-added\",\"user_id\":\"mine\"}");

        assertThat(added.status()).as("%s", added).isEqualTo(200);
        assertThat(added.json().path("message").asText()).isEqualTo("Credential added successfully");
        assertThat(credentials.all("user_id")).hasSize(3).contains("mine");
        Set<String> fresh = files();
        fresh.removeAll(before);
        assertThat(fresh).hasSize(1);
        Path file = folder().resolve(fresh.iterator().next());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().contains("token-added");
        assertThat(credentials.tokensOf(3)).contains("added");
    }

    @Test
    @Item(68)
    void an_addition_without_a_token_is_refused_and_a_name_leads_nowhere() throws Exception {
        Set<String> before = files();
        for (String body : List.of("{}", "{\"bearer_token\":\"\"}", "{\"bearer_token\":null}", "{\"user_id\":\"a\"}")) {
            RawResponse refused = credentials.add(body);
            assertThat(refused.status()).as("%s: %s", body, refused).isEqualTo(422);
            ErrorContract.isKept(refused);
        }
        assertThat(credentials.add("{bad").status()).isEqualTo(400);
        assertThat(files()).isEqualTo(before);

        for (String name : List.of("../x", "/tmp/x", "..", "a/b", "a\\\\b", "\\u0000", "manager_state", ".hidden")) {
            credentials.add("{\"bearer_token\":\"token-named\",\"filename\":\"" + name + "\"}");
        }
        assertThat(AppHome.lastingFiles(service.home().folder(), Integer.MAX_VALUE))
                .filteredOn(file -> !file.startsWith(folder()))
                .noneMatch(file -> file.getFileName().toString().startsWith("x")
                        || content(file).contains("token-named"));
        assertThat(Files.exists(Path.of("/tmp/x.json"))).isFalse();
        assertThat(folder().resolve("manager_state.json")).content().doesNotContain("token-named");
    }

    @Test
    @Item(69)
    void an_addition_after_a_deletion_overwrites_nothing() throws Exception {
        credentials.done("delete", "{\"index\":0}");
        credentials.done("delete", "{\"index\":0}");
        credentials.add("{\"bearer_token\":\"token-one\"}");
        credentials.add("{\"bearer_token\":\"token-two\"}");
        credentials.done("delete", "{\"index\":0}");
        credentials.add("{\"bearer_token\":\"token-three\"}");

        assertThat(credentials.all("filename")).hasSize(2).doesNotHaveDuplicates();
        assertThat(List.of(credentials.tokensOf(2).split(" "))).containsExactlyInAnyOrder("two", "three");
    }

    @Test
    @Item(70)
    void deleting_takes_a_position_and_nothing_else() throws Exception {
        for (String body : List.of(
                "{}",
                "{\"index\":\"0\"}",
                "{\"index\":true}",
                "{\"index\":null}",
                "{\"index\":0.5}",
                "{\"index\":[0]}")) {
            RawResponse refused = credentials.act("delete", body);
            assertThat(refused.status()).as("%s: %s", body, refused).isEqualTo(422);
            ErrorContract.isKept(refused);
        }
        for (String index : List.of("2", "-1", "2147483648")) {
            RawResponse refused = credentials.act("delete", "{\"index\":" + index + "}");
            assertThat(refused.status()).as("%s: %s", index, refused).isEqualTo(400);
            assertThat(refused.json().path("detail").asText())
                    .isEqualTo("Invalid index or failed to delete credential");
        }
        assertThat(credentials.all("filename")).containsExactly("a_manual.json", "b_oauth.json");

        assertThat(credentials.done("delete", "{\"index\":0}").path("message").asText())
                .isEqualTo("Credential #1 deleted successfully");
        assertThat(credentials.all("filename")).containsExactly("b_oauth.json");
        assertThat(files()).doesNotContain("a_manual.json");
    }

    @Test
    @Item(79)
    void a_credential_counts_as_expired_from_five_minutes_before_its_end() throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, Boolean> expired = Map.of(
                "{\"bearer_token\":\"t\",\"created_at\":%d,\"expires_in\":1000}".formatted(now - 1000 + 330),
                false,
                "{\"bearer_token\":\"t\",\"created_at\":%d,\"expires_in\":1000}".formatted(now - 1000 + 299),
                true,
                "{\"bearer_token\":\"t\",\"created_at\":%d,\"expires_in\":1000}".formatted(now - 1001),
                true,
                "{\"bearer_token\":\"t\",\"created_at\":%d}".formatted(now - 400_000_000),
                false,
                "{\"bearer_token\":\"t\",\"expires_in\":1}",
                false);
        int number = 0;
        for (String json : expired.keySet()) {
            service.home().credential("z" + ++number + ".json", json.replace("\"t\"", "\"token-z" + number + "\""));
        }
        JsonNode list = Eventually.get("seven credentials", LIMIT, credentials::list, all -> all.size() == 7);

        number = 0;
        for (boolean isExpired : expired.values()) {
            JsonNode credential = list.path(1 + ++number);
            assertThat(credential.path("filename").asText()).isEqualTo("z" + number + ".json");
            assertThat(credential.path("is_expired").asBoolean())
                    .as("%s", credential)
                    .isEqualTo(isExpired);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"e_dropped.json", "0_dropped.json"})
    @Item(81)
    void a_file_that_is_dropped_in_is_used_and_one_that_is_taken_away_is_not(String name) throws Exception {
        service.home().credential(name, "{\"bearer_token\":\"token-dropped\"}");
        Eventually.get("the dropped file", LIMIT, () -> credentials.tokensOf(3), tokens -> tokens.contains("dropped"));
        assertThat(credentials.all("filename")).hasSize(3).contains(name);

        Files.delete(folder().resolve(name));
        Eventually.get("its going", LIMIT, () -> credentials.all("filename"), all -> all.size() == 2);
        assertThat(credentials.tokensOf(3)).doesNotContain("dropped");
    }

    private Path folder() {
        return service.home().folder().resolve(".codebuddy_creds");
    }

    /** The names of the files directly in the directory of the credentials. */
    private Set<String> files() throws IOException {
        return AppHome.lastingFiles(folder(), 1).stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
