package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list, 71 to 78 and 82: which credential is used. */
final class RotationListTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static SimulatedCodeBuddy simulator;

    private final List<ServiceUnderTest> services = new ArrayList<>();

    @BeforeAll
    static void startSimulator() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @AfterEach
    void stop() {
        services.forEach(ServiceUnderTest::close);
    }

    @Test
    @Item(71)
    void an_expired_one_is_passed_over_and_each_other_has_its_turns() throws Exception {
        CredentialsCalls three = withExpiredMiddle("rotation_count: 2");

        assertThat(three.tokensOf(5)).isEqualTo("a a c c a");
    }

    @Test
    @Item(72)
    void a_count_of_zero_changes_never() throws Exception {
        assertThat(three("rotation_count: 0").tokensOf(4)).isEqualTo("a a a a");
    }

    @Test
    @Item({73, 82})
    void rotation_can_be_switched_off_and_on() throws Exception {
        CredentialsCalls three = three("rotation_count: 1");
        hasKeys(three.current(), "auto_rotation", "index", "filename", "user_id", "usage_count", "rotation_count");
        assertThat(three.current().path("auto_rotation_enabled").asBoolean()).isTrue();

        JsonNode off = three.done("toggle-rotation", "");
        assertThat(off.path("message").asText()).isEqualTo("Auto rotation disabled");
        assertThat(off.path("auto_rotation_enabled").asBoolean(true)).isFalse();
        hasKeys(three.current(), "auto_rotation_disabled", "index", "filename", "user_id", "rotation_count");
        assertThat(three.current().path("auto_rotation_enabled").asBoolean(true))
                .isFalse();
        String same = three.tokensOf(3);
        assertThat(same.split(" ")).containsOnly(same.substring(0, 1));
        assertThat(three.current().path("filename").asText()).isEqualTo(same.charAt(0) + ".json");

        JsonNode on = three.done("toggle-rotation", "");
        assertThat(on.path("message").asText()).isEqualTo("Auto rotation enabled");
        assertThat(on.path("auto_rotation_enabled").asBoolean()).isTrue();
        assertThat(three.tokensOf(3).split(" ")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    @Item({74, 82})
    void a_selected_one_is_used_until_rotation_is_resumed() throws Exception {
        CredentialsCalls three = three("rotation_count: 1");
        assertThat(three.done("select", "{\"index\":1}").path("message").asText())
                .isEqualTo("Credential #2 selected successfully");

        assertThat(three.tokensOf(4)).isEqualTo("b b b b");
        hasKeys(three.current(), "manual_selected", "index", "filename", "user_id");
        assertThat(three.current().path("index").asInt()).isEqualTo(1);
        assertThat(three.current().path("filename").asText()).isEqualTo("b.json");

        assertThat(three.done("auto", "").path("message").asText()).isEqualTo("Resumed automatic credential rotation");
        assertThat(three.tokensOf(3).split(" ")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    @Item(74)
    void a_selection_that_cannot_be_meant_is_refused() throws Exception {
        CredentialsCalls three = three("rotation_count: 1");
        for (String body : List.of("{}", "{\"index\":\"1\"}", "{\"index\":true}", "{\"index\":null}")) {
            assertThat(three.act("select", body).status()).as(body).isEqualTo(422);
        }
        for (String body : List.of("{\"index\":3}", "{\"index\":-1}")) {
            RawResponse refused = three.act("select", body);
            assertThat(refused.status()).as("%s: %s", body, refused).isEqualTo(400);
            assertThat(refused.json().path("detail").asText()).isEqualTo("Invalid credential index");
        }
        assertThat(three.tokensOf(3).split(" ")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    @Item(75)
    void a_selection_stays_with_its_account_when_another_is_deleted() throws Exception {
        CredentialsCalls three = three("rotation_count: 1");
        three.done("select", "{\"index\":2}");
        three.done("delete", "{\"index\":0}");

        assertThat(three.tokensOf(3)).isEqualTo("c c c");
        assertThat(three.current().path("status").asText()).isEqualTo("manual_selected");
        assertThat(three.current().path("index").asInt()).isEqualTo(1);
    }

    @Test
    @Item({76, 77})
    void selection_and_switch_survive_a_restart_and_a_selected_file_may_go() throws Exception {
        AppHome home = home("rotation_count: 1");
        CredentialsCalls first = start(home);
        first.done("select", "{\"index\":1}");
        first.done("toggle-rotation", "");
        services.getLast().process().stop();

        CredentialsCalls second = start(home);
        assertThat(second.current().path("status").asText()).isEqualTo("manual_selected");
        assertThat(second.tokensOf(2)).isEqualTo("b b");
        second.done("auto", "");
        assertThat(second.current().path("status").asText()).isEqualTo("auto_rotation_disabled");
        second.done("toggle-rotation", "");
        second.done("select", "{\"index\":1}");
        services.getLast().process().stop();

        Files.delete(folder(home).resolve("b.json"));
        CredentialsCalls third = start(home);
        assertThat(third.current().path("status").asText()).isEqualTo("auto_rotation");
        assertThat(third.tokensOf(2).split(" ")).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    @Item(77)
    void the_state_file_of_the_original_is_honoured() throws Exception {
        AppHome home = home("rotation_count: 1");
        Path state = folder(home).resolve("manager_state.json");
        Files.writeString(
                state,
                "{\n  \"auto_rotation_enabled\": false,\n  \"current_index\": 2,\n  \"manual_selected_index\": null,\n"
                        + "  \"manual_selected_filename\": null,\n  \"saved_at\": 1760000000\n}");
        CredentialsCalls three = start(home);

        assertThat(three.current().path("status").asText()).isEqualTo("auto_rotation_disabled");
        assertThat(three.current().path("index").asInt()).isEqualTo(2);
        assertThat(three.tokensOf(2)).isEqualTo("c c");
        three.done("select", "{\"index\":0}");
        JsonNode saved = Json.read(Files.readString(state));
        assertThat(saved.path("auto_rotation_enabled").asBoolean(true)).isFalse();
        assertThat(saved.path("manual_selected_index").asInt(-1)).isZero();
        assertThat(saved.path("manual_selected_filename").asText()).isEqualTo("a.json");
        assertThat(saved.path("saved_at").asLong()).isGreaterThan(1_760_000_000);
    }

    @Test
    @Item(78)
    void a_selected_one_that_expires_is_replaced() throws Exception {
        AppHome home = home("rotation_count: 1");
        long now = Instant.now().getEpochSecond();
        home.credential(
                "b.json",
                "{\"bearer_token\":\"token-b\",\"created_at\":%d,\"expires_in\":1000}".formatted(now - 1000 + 306));
        CredentialsCalls three = start(home);
        three.done("select", "{\"index\":1}");
        assertThat(three.tokensOf(1)).isEqualTo("b");

        Eventually.get(
                "its end",
                LIMIT,
                three::list,
                list -> list.path(1).path("is_expired").asBoolean());

        assertThat(three.tokensOf(3)).doesNotContain("b");
    }

    @Test
    @Item(82)
    void nothing_to_use_and_nothing_to_change_are_told() throws Exception {
        CredentialsCalls three = three("rotation_count: 0");
        hasKeys(three.current(), "rotation_count_zero", "index", "filename", "user_id", "rotation_count");
        assertThat(three.current().path("rotation_count").asInt(-1)).isZero();
        assertThat(three.current().path("auto_rotation_enabled").asBoolean()).isTrue();
        for (int left = 3; left > 0; left--) {
            three.done("delete", "{\"index\":0}");
        }
        assertThat(three.current().path("status").asText()).isEqualTo("no_credentials");
    }

    private static void hasKeys(JsonNode current, String status, String... keys) {
        assertThat(current.path("status").asText()).as("%s", current).isEqualTo(status);
        assertThat(current.fieldNames()).toIterable().contains(keys);
    }

    private CredentialsCalls withExpiredMiddle(String line) throws Exception {
        AppHome home = home(line);
        home.credential("b.json", "{\"bearer_token\":\"token-b\",\"created_at\":1500000000,\"expires_in\":3600}");
        return start(home);
    }

    private CredentialsCalls three(String line) throws Exception {
        return start(home(line));
    }

    private static AppHome home(String line) throws Exception {
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).codebuddy(line).yaml(ServiceUnderTest.freePort()));
        for (String name : List.of("a", "b", "c")) {
            home.credential(
                    name + ".json", "{\"bearer_token\":\"token-%1$s\",\"user_id\":\"user-%1$s\"}".formatted(name));
        }
        return home;
    }

    private static Path folder(AppHome home) {
        return home.folder().resolve(".codebuddy_creds");
    }

    private CredentialsCalls start(AppHome home) throws Exception {
        services.add(ServiceUnderTest.start(home, home.port(), List.of()));
        return new CredentialsCalls(simulator, services.getLast());
    }
}
