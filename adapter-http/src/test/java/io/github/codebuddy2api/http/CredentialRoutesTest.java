package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner's credentials: listed, added, deleted, chosen. */
class CredentialRoutesTest {
    private static final String ROUTE = "/codebuddy/v1/credentials";

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one", "two", "three"));
    }

    private void serve(Credential only) {
        owned.close();
        owned = new Owned(only);
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private String list() {
        return owned.get(ROUTE).body();
    }

    private static void assertError(RawCaller.Response response, int status, String code) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.body())
                .startsWith("{\"error\":{\"message\":\"")
                .contains("\"code\":\"" + code + "\"", "\"detail\":");
        assertThat(response.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void a_credential_of_which_all_is_known_has_all_members() {
        Instant now = Instant.now();
        serve(Owned.full("full", now.minusSeconds(3600), now.plusSeconds(90_000 + 30)));

        RawCaller.Response response = owned.get(ROUTE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("cache-control")).isEqualTo("no-store");
        assertThat(response.body())
                .startsWith("{\"credentials\":[{\"index\":0,\"filename\":\"full.json\",\"user_id\":\"ada@example.org\","
                        + "\"email\":\"ada@example.org\",\"name\":\"Ada\",\"created_at\":"
                        + now.minusSeconds(3600).getEpochSecond() + ",\"expires_in\":93630,\"expires_at\":"
                        + now.plusSeconds(90_030).getEpochSecond() + ",\"time_remaining\":")
                .contains(
                        "\"time_remaining_str\":\"1d 1h\",\"is_expired\":false,\"token_type\":\"Bearer\","
                                + "\"scope\":\"openid email\",\"domain\":\"www.codebuddy.cn\","
                                + "\"session_state\":\"session-full\",\"has_refresh_token\":true,"
                                + "\"file_path\":\"creds/full.json\",\"has_token\":true,"
                                + "\"token_preview\":\"not-a-toke...full\",\"id\":\"full\",\"etag\":\"",
                        "\"label\":null,\"state\":\"ready\",\"until\":null,\"reason\":null,\"pinned\":false,\"enabled\":true,"
                                + "\"refresh\":\"fine\"}],\"etag\":\"")
                .endsWith("\",\"unusable\":[]}");
    }

    @Test
    void a_credential_of_which_little_is_known_has_them_too() {
        serve(Credential.of("bare", "short"));

        assertThat(list())
                .contains("\"index\":0,\"filename\":\"bare\",\"user_id\":null,\"email\":null,\"name\":null,"
                        + "\"created_at\":null,\"expires_in\":null,\"expires_at\":null,\"time_remaining\":null,"
                        + "\"time_remaining_str\":\"Unknown\",\"is_expired\":false,\"token_type\":\"Bearer\","
                        + "\"scope\":null,\"domain\":null,\"session_state\":null,\"has_refresh_token\":false,"
                        + "\"file_path\":\"creds/bare\",\"has_token\":true,\"token_preview\":\"Invalid Token\"");
    }

    @ParameterizedTest
    @CsvSource({"-10, true, Expired", "200, true, 3m", "3700, false, 1h 1m", "400, false, 6m", "172900, false, 2d 0h"})
    void what_is_left_is_told_in_words(long left, boolean expired, String words) {
        serve(Credentials.expiring("x", Instant.now().plusSeconds(left + 5)));

        assertThat(list()).contains("\"time_remaining_str\":\"" + words + "\",\"is_expired\":" + expired);
    }

    @Test
    void no_answer_holds_a_token() {
        serve(Owned.full("full", Instant.now(), Instant.now().plusSeconds(90_000)));
        String answers = list()
                + owned.get(ROUTE + "/current").body()
                + owned.post(ROUTE + "/test", "{\"index\":0}").body()
                + owned.post(ROUTE + "/refresh", "{\"index\":0}").body()
                + owned.post(ROUTE + "/disable", "{\"index\":0}").body();

        assertThat(answers).doesNotContain("not-a-token-of", "not-a-refresh-token");
    }

    @Test
    void what_is_added_is_listed() {
        RawCaller.Response response = owned.post(
                ROUTE, "{\"bearer_token\":\" not-a-token-of-mine \\n\",\"user_id\":\"bob\",\"filename\":\"../bob\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"message\":\"Credential added successfully\"");
        assertThat(owned.store.all()).hasSize(4);
        assertThat(owned.store.all().getLast().accessToken().reveal()).isEqualTo("not-a-token-of-mine");
        assertThat(list()).contains("\"user_id\":\"bob\"");
    }

    static Stream<Arguments> badAdditions() {
        return Stream.of(
                arguments("{}", 422, "missing_required_parameter"),
                arguments("{\"bearer_token\":null}", 422, "missing_required_parameter"),
                arguments("{\"bearer_token\":\"\"}", 422, "missing_required_parameter"),
                arguments("{\"bearer_token\":\" \"}", 422, "missing_required_parameter"),
                arguments("{\"bearer_token\":7}", 422, "missing_required_parameter"),
                arguments("{\"bearer_token\":\"a\\nb\"}", 400, "invalid_value"),
                arguments("{\"bearer_token\":\"t\u00f6ken\"}", 400, "invalid_value"),
                arguments("{\"bearer_token\":\"" + "x".repeat(20_000) + "\"}", 400, "invalid_value"),
                arguments("{\"bearer_token\":\"" + "x".repeat(1024 * 1024) + "\"}", 413, "request_too_large"),
                arguments("{\"bearer_token\":\"x\",\"user_id\":7}", 400, "invalid_value"),
                arguments("{\"bearer_token\":\"x\",\"filename\":[]}", 400, "invalid_value"),
                arguments("{\"bearer_token\":\"x\",\"filename\":\"a\\u0000b\"}", 400, "invalid_value"),
                arguments("{\"bearer_token\":\"x\",\"filename\":\"" + "x".repeat(2000) + "\"}", 400, "invalid_value"),
                arguments("{bad", 400, "invalid_json"),
                arguments("", 400, "invalid_json"),
                arguments("null", 400, "invalid_json"),
                arguments("[1]", 400, "invalid_json"),
                arguments("{\"bearer_token\":\"x\",\"bearer_token\":\"y\"}", 400, "invalid_json"),
                arguments("{} {}", 400, "invalid_json"));
    }

    @ParameterizedTest
    @MethodSource("badAdditions")
    void what_cannot_be_added_is_refused(String body, int status, String code) {
        assertError(owned.post(ROUTE, body), status, code);

        assertThat(owned.store.all()).hasSize(3);
    }

    @Test
    void a_missing_token_is_said_as_scripts_read_it() {
        assertThat(owned.post(ROUTE, "{}").body()).endsWith("\"detail\":\"bearer_token is required\"}");
    }

    @Test
    void one_is_deleted_by_its_index_and_brought_back_by_its_id() {
        RawCaller.Response deleted = owned.post(ROUTE + "/delete", "{\"index\":1}");

        assertThat(deleted.body()).isEqualTo("{\"message\":\"Credential #2 deleted successfully\",\"id\":\"two\"}");
        assertThat(list()).doesNotContain("\"id\":\"two\"");
        assertThat(owned.post(ROUTE + "/restore", "{\"id\":\"two\"}").status()).isEqualTo(200);
        assertThat(list()).contains("\"id\":\"two\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/delete, Valid integer index is required, Invalid index or failed to delete credential",
        "/select, index is required, Invalid credential index",
        "/test, Valid integer index is required, Invalid credential index",
        "/refresh, Valid integer index is required, Invalid credential index",
        "/enable, Valid integer index is required, Invalid credential index",
        "/disable, Valid integer index is required, Invalid credential index",
        "/check-in, Valid integer index is required, Invalid credential index",
        "/switch, Valid integer index is required, Invalid credential index"
    })
    void a_bad_index_chooses_nothing(String route, String missing, String outOfRange) {
        assertThat(owned.post(ROUTE + route, "{}").body()).endsWith("\"detail\":\"" + missing + "\"}");
        assertThat(owned.post(ROUTE + route, "{\"index\":3}").body()).endsWith("\"detail\":\"" + outOfRange + "\"}");
        for (String index : new String[] {"\"0\"", "0.0", "1e0", "[0]", "true", "{}", "\"\""}) {
            assertError(owned.post(ROUTE + route, "{\"index\":" + index + "}"), 422, "invalid_value");
        }
        assertError(owned.post(ROUTE + route, "{\"index\":null}"), 422, "invalid_value");
        for (String index : new String[] {"-1", "3", "2147483648", "9223372036854775808", "1" + "0".repeat(90)}) {
            assertError(owned.post(ROUTE + route, "{\"index\":" + index + "}"), 400, "credential_not_found");
        }
        assertError(owned.post(ROUTE + route, "{\"index\":NaN}"), 400, "invalid_json");
        assertError(owned.post(ROUTE + route, "{\"id\":\"gone\"}"), 404, "credential_not_found");
        assertError(owned.post(ROUTE + route, "{\"id\":0}"), 400, "invalid_value");
        assertThat(owned.store.all()).hasSize(3);
    }

    @Test
    void who_has_seen_another_list_changes_nothing() {
        String etag = Owned.text(list().substring(list().lastIndexOf("\"etag\"")), "etag");
        owned.store.replace(Credentials.named("zero", "one", "two"));

        assertError(owned.post(ROUTE + "/delete", "{\"index\":0,\"etag\":\"" + etag + "\"}"), 409, "stale_view");
        assertError(owned.post(ROUTE + "/delete", "{\"index\":0,\"id\":\"one\"}"), 409, "stale_view");
        assertThat(owned.store.all()).hasSize(3);

        String item = Owned.text(list(), "etag");
        assertThat(owned.post(ROUTE + "/delete", "{\"index\":0,\"id\":\"zero\",\"etag\":\"" + item + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owned.store.all()).hasSize(2);
    }

    @Test
    void the_index_of_what_was_just_deleted_is_another_ones_or_nobodys() {
        owned.post(ROUTE + "/delete", "{\"index\":2}");

        assertError(owned.post(ROUTE + "/delete", "{\"index\":2}"), 400, "credential_not_found");
        assertError(owned.post(ROUTE + "/delete", "{\"id\":\"three\"}"), 404, "credential_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"id\":\"\"}", "{\"id\":\"nothing\"}", "{\"index\":0}"})
    void what_was_not_deleted_cannot_be_brought_back(String body) {
        assertThat(owned.post(ROUTE + "/restore", body).status()).isIn(400, 404, 422);
    }

    @Test
    void the_one_that_is_next_is_told_in_five_ways() {
        String one = "\"index\":0,\"filename\":\"one\",\"user_id\":null";
        assertThat(owned.get(ROUTE + "/current").body())
                .isEqualTo("{\"status\":\"auto_rotation\"," + one
                        + ",\"usage_count\":0,\"rotation_count\":1,\"auto_rotation_enabled\":true}");

        owned.gatewaySettings = GatewaySettings.DEFAULT.withRotationCount(0);
        assertThat(owned.get(ROUTE + "/current").body())
                .isEqualTo("{\"status\":\"rotation_count_zero\"," + one
                        + ",\"rotation_count\":0,\"auto_rotation_enabled\":true}");

        assertThat(owned.post(ROUTE + "/toggle-rotation", "").body())
                .isEqualTo("{\"message\":\"Auto rotation disabled\",\"auto_rotation_enabled\":false}");
        assertThat(owned.get(ROUTE + "/current").body())
                .isEqualTo("{\"status\":\"auto_rotation_disabled\"," + one
                        + ",\"rotation_count\":0,\"auto_rotation_enabled\":false}");

        assertThat(owned.post(ROUTE + "/select", "{\"index\":2}").body())
                .startsWith("{\"message\":\"Credential #3 selected successfully\"");
        assertThat(owned.get(ROUTE + "/current").body())
                .isEqualTo("{\"status\":\"manual_selected\",\"index\":2,\"filename\":\"three\",\"user_id\":null}");
        assertThat(owned.post(ROUTE + "/auto", "").body())
                .isEqualTo("{\"message\":\"Resumed automatic credential rotation\"}");
        assertThat(owned.post(ROUTE + "/toggle-rotation", "").body())
                .isEqualTo("{\"message\":\"Auto rotation enabled\",\"auto_rotation_enabled\":true}");

        owned.store.replace();
        assertThat(owned.get(ROUTE + "/current").body()).isEqualTo("{\"status\":\"no_credentials\"}");
    }

    @Test
    void one_is_switched_off_and_on() {
        assertThat(owned.post(ROUTE + "/disable", "{\"index\":0}").body())
                .contains("\"state\":\"disabled\"", "\"enabled\":false");
        assertThat(owned.post(ROUTE + "/enable", "{\"id\":\"one\"}").body())
                .contains("\"state\":\"ready\"", "\"enabled\":true");
    }

    @Test
    void one_is_given_a_label_and_loses_it_again() {
        assertThat(owned.post(ROUTE + "/rename", "{\"id\":\"two\",\"label\":\"  Work \u5de5\u4f5c \"}")
                        .body())
                .startsWith("{\"message\":\"Credential renamed\",\"id\":\"two\"")
                .contains("\"label\":\"Work \u5de5\u4f5c\"");
        assertThat(list()).containsOnlyOnce("\"label\":\"Work \u5de5\u4f5c\"");

        assertThat(owned.post(ROUTE + "/rename", "{\"index\":1,\"label\":null}").body())
                .contains("\"label\":null");
        owned.post(ROUTE + "/rename", "{\"index\":1,\"label\":\"Work\"}");
        assertThat(owned.post(ROUTE + "/rename", "{\"index\":1,\"label\":\" \"}")
                        .body())
                .contains("\"label\":null");
        assertThat(owned.store.all()).noneMatch(credential -> credential.label() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "{}", "true", "\"a\\nb\"", "\"a\\u0000b\"", "\"\\u202eb\""})
    void what_is_no_label_is_refused_with_the_field_named(String label) {
        RawCaller.Response response = owned.post(ROUTE + "/rename", "{\"index\":1,\"label\":" + label + "}");

        assertError(response, 422, "invalid_value");
        assertThat(response.body()).contains("\"param\":\"label\"");
    }

    @Test
    void a_label_has_its_length_and_is_not_forgotten() {
        String fits = "{\"index\":1,\"label\":\"" + "x".repeat(64) + "\"}";
        assertThat(owned.post(ROUTE + "/rename", fits).status()).isEqualTo(200);
        assertError(owned.post(ROUTE + "/rename", fits.replace("xx\"", "xxx\"")), 422, "invalid_value");

        assertError(owned.post(ROUTE + "/rename", "{\"index\":1}"), 422, "missing_required_parameter");
        assertError(owned.post(ROUTE + "/rename", "{\"label\":\"Work\"}"), 422, "invalid_value");
        assertError(owned.post(ROUTE + "/rename", "{\"id\":\"gone\",\"label\":\"x\"}"), 404, "credential_not_found");
    }

    @Test
    void a_label_does_not_make_what_the_owner_saw_stale() {
        String item = Owned.text(list(), "etag");
        owned.post(ROUTE + "/rename", "{\"index\":0,\"label\":\"Work\"}");

        assertThat(owned.post(ROUTE + "/disable", "{\"index\":0,\"etag\":\"" + item + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_store_that_is_full_is_no_fault_of_the_caller() {
        owned.store.breakDown(true);

        assertError(owned.post(ROUTE, "{\"bearer_token\":\"not-a-token\"}"), 507, "persist_failed");
        assertError(owned.post(ROUTE + "/delete", "{\"index\":0}"), 507, "persist_failed");
        assertError(owned.post(ROUTE + "/rename", "{\"index\":0,\"label\":\"Work\"}"), 507, "persist_failed");
        assertThat(list()).contains("\"id\":\"one\"");
    }
}
