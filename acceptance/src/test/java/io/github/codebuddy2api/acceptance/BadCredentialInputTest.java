package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials and logins. */
final class BadCredentialInputTest extends BadAdminInput {
    @Test
    void the_list_of_credentials_is_not_to_be_stored_and_holds_no_token() throws Exception {
        RawResponse list = Calls.to(service).get(LIST);

        assertThat(list.header("cache-control")).contains("no-store");
        assertThat(list.text())
                .doesNotContain(
                        "token-one", "token-two", service.home().folder().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"index\":\"0\"}",
                "{\"index\":0.0}",
                "{\"index\":-1}",
                "{\"index\":2147483648}",
                "{\"index\":9223372036854775808}",
                "{\"index\":1e0}",
                "{\"index\":null}",
                "{\"index\":[]}",
                "{\"index\":true}",
                "{\"index\":7}",
                "{\"filename\":\"../x\"}",
                "{\"filename\":\"/etc/passwd\"}",
                "{\"filename\":\"CON\"}",
                "{\"filename\":\"codebuddy_token_1.json\\u0000\"}",
                "{\"filename\":\"\\u202ecodebuddy_token_1.json\"}",
                "{\"id\":\"../codebuddy_token_1.json\"}",
                "{\"id\":\"\"}",
                "{\"id\":7}",
                "{\"id\":\"no-such-id\"}",
                "{\"index\":0,\"id\":\"no-such-id\"}",
                "{\"index\":NaN}",
                "null",
                "[]",
                "",
            })
    void what_names_no_credential_deletes_selects_and_does_nothing(String body) throws Exception {
        for (String route :
                List.of("delete", "select", "test", "refresh", "enable", "disable", "restore", "switch", "check-in")) {
            RawResponse response = Calls.to(service).post(LIST + "/" + route, body);

            assertThat(response.status()).as("%s: %s", route, response).isIn(400, 404, 409, 422);
            ErrorContract.isKept(response);
        }
        changedNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?id=", "?id=../x", "?id=%00", "?id=7", "?index=7", "?index=x", "?index=-1"})
    void what_names_no_credential_in_a_query_is_refused(String query) throws Exception {
        for (String route : List.of("accounts", "quota", "check-in")) {
            RawResponse response = Calls.to(service).get(LIST + "/" + route + query);

            assertThat(response.status()).as("%s: %s", route, response).isIn(400, 404, 422);
            ErrorContract.isKept(response);
        }
        changedNothing();
    }

    @Test
    void of_two_deletions_at_once_one_is_done() throws Exception {
        Calls.to(service).post(LIST, "{\"bearer_token\":\"token-extra\",\"user_id\":\"extra\"}");
        JsonNode list = Calls.to(service).get(LIST).json().path("credentials");
        String id = "";
        for (JsonNode credential : list) {
            id = credential.path("user_id").asText().equals("extra")
                    ? credential.path("id").asText()
                    : id;
        }
        String body = "{\"id\":\"" + id + "\"}";
        List<Integer> statuses =
                together(8, () -> Calls.to(service).post(LIST + "/delete", body).status());

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).allMatch(status -> status == 200 || status == 404 || status == 400 || status == 409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bearer_token\":\"\"}",
                "{\"bearer_token\":\"   \"}",
                "{\"bearer_token\":\"token\\nX-Evil: 1\"}",
                "{\"bearer_token\":\"token\\u0000\"}",
                "{\"bearer_token\":\"token with blanks\"}",
                "{\"bearer_token\":7}",
                "{\"bearer_token\":[\"a\"]}",
                "{\"bearer_token\":null}",
                "{\"token\":\"a\"}",
                "{}",
                "[]",
                "null",
                "\"token\"",
                "{\"bearer_token\":\"a\"",
                "{\"bearer_token\":\"a\"}x",
                "",
            })
    void a_credential_that_cannot_be_one_is_not_added(String body) throws Exception {
        RawResponse response = Calls.to(service).post(LIST, body);

        assertThat(response.status()).as("%s", response).isIn(400, 422);
        ErrorContract.isKept(response);
        changedNothing();
    }

    @Test
    void a_token_of_a_mebibyte_is_refused() throws Exception {
        RawResponse response = Calls.to(service).post(LIST, "{\"bearer_token\":\"" + "a".repeat(1024 * 1024) + "\"}");

        assertThat(response.status()).isIn(400, 413, 422);
        changedNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\":\"../../x\",\"sub\":\"/etc/x\"}",
                "{\"email\":7,\"exp\":\"soon\"}",
                "{\"sub\":\"a\\u0000b\\r\\nc\"}",
                "[]",
                "DEEP",
                "no json at all",
            })
    void a_token_with_bad_claims_leads_nowhere(String claims) throws Exception {
        String payload = claims.equals("DEEP") ? "[".repeat(100_000) : claims;
        String token = "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".simulated";
        RawResponse response = Calls.to(service).post(LIST, "{\"bearer_token\":\"" + token + "\"}");

        assertThat(response.status()).as("%s", response).isIn(200, 400, 413, 422);
        List<Path> fresh = new ArrayList<>(files().keySet());
        fresh.removeAll(before.keySet());
        assertThat(fresh)
                .allSatisfy(file -> assertThat(file.getParent())
                        .isEqualTo(service.home().folder().resolve(".codebuddy_creds")));
        if (response.status() == 200) {
            RawResponse deleted = Calls.to(service).post(LIST + "/delete", "{\"id\":\"" + idOfAdded() + "\"}");
            assertThat(deleted.status()).as("%s", deleted).isEqualTo(200);
        }
    }

    @Test
    void a_hundred_logins_at_once_are_at_most_ten() throws Exception {
        try (ServiceUnderTest fresh = ServiceUnderTest.start(Setup.with(simulator.uri()))) {
            List<Integer> statuses = together(
                    100,
                    () -> Calls.to(fresh).as("").get("/codebuddy/auth/start").status());

            assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(10);
            assertThat(statuses).allMatch(status -> status == 200 || status == 429);
            RawResponse tooMany = Calls.to(fresh).as("").get("/codebuddy/auth/start");
            assertThat(tooMany.status()).as("%s", tooMany).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"})
    void a_foreign_page_begins_no_login(String header) throws Exception {
        simulator.journal().clear();
        RawResponse response = Calls.to(service).as("").ask("GET", "/codebuddy/auth/start", "", header);

        assertThat(response.status()).as("%s", response).isEqualTo(403);
        assertThat(simulator.journal().requests("/v2/plugin/auth/state")).isEmpty();
    }

    @Test
    void a_page_that_is_only_prefetched_begins_no_login() throws Exception {
        simulator.journal().clear();
        RawResponse response =
                Calls.to(service).as("").ask("GET", "/codebuddy/auth/start", "", "Sec-Purpose: prefetch;prerender");

        assertThat(response.status()).as("%s", response).isBetween(400, 503);
        assertThat(simulator.journal().requests("/v2/plugin/auth/state")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "%00",
                "a b",
                "00000000000000000000000000000000",
                "LONG",
            })
    void a_guessed_state_is_answered_like_any_other(String guess) throws Exception {
        simulator.journal().clear();
        String state = guess.equals("LONG") ? "a".repeat(7_000) : guess;
        RawResponse other = guess("unknown");
        RawResponse response = guess(state);

        assertThat(response.status())
                .as("%s", response)
                .isEqualTo(other.status())
                .isEqualTo(400);
        assertThat(response.text()).isEqualTo(other.text()).doesNotContain(state);
        assertThat(simulator.journal().requests("/v2/plugin/auth/token")).isEmpty();
    }

    /** Guesses again when it was told to wait. */
    private static RawResponse guess(String state) throws Exception {
        return Eventually.get(
                "an answer to a guess",
                Duration.ofSeconds(20),
                () -> Calls.to(service)
                        .as("")
                        .post("/codebuddy/auth/poll", "{\"auth_state\":" + Json.quoted(state) + "}"),
                response -> response.status() != 429);
    }

    private static String idOfAdded() throws IOException {
        for (JsonNode credential : Calls.to(service).get(LIST).json().path("credentials")) {
            if (!credential.path("user_id").asText().startsWith("user-")) {
                return credential.path("id").asText();
            }
        }
        throw new AssertionError("it is not listed");
    }
}
