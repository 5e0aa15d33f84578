package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the upstream tells of the account behind one credential, and what comes from other programs. */
class AccountRoutesTest {
    private static final String ROUTE = "/codebuddy/v1/credentials";

    private Owned owned;

    @BeforeEach
    void serve() {
        Instant now = Instant.now();
        owned = new Owned(Owned.full("one", now, now.plusSeconds(90_000)), Credentials.of("two"));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    @Test
    void the_accounts_of_one_credential_are_listed() {
        assertThat(owned.get(ROUTE + "/accounts?index=0").body())
                .isEqualTo("{\"accounts\":[{\"uid\":\"u-1\",\"name\":\"Ada\",\"email\":\"ada@example.org\","
                        + "\"enterprise_id\":null,\"enterprise_name\":null,\"department\":null,\"current\":true},"
                        + "{\"uid\":\"u-1\",\"name\":\"Ada\",\"email\":\"ada@example.org\",\"enterprise_id\":\"e-7\","
                        + "\"enterprise_name\":\"e-7\",\"department\":null,\"current\":false}]}");
        assertThat(owned.directory.lists.asked()).containsExactly("one");
    }

    @Test
    void a_credential_is_switched_to_another_account() {
        RawCaller.Response response =
                owned.post(ROUTE + "/switch", "{\"id\":\"one\",\"uid\":\"u-1\",\"enterprise_id\":\"e-7\"}");

        assertThat(response.body())
                .startsWith("{\"message\":\"Account switched\"")
                .contains("\"enterprise_id\":\"e-7\"");
        Credential stored = owned.store.all().getFirst();
        assertThat(stored.account().enterprise()).contains("e-7");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"index\":0}', 422",
        "'{\"index\":0,\"uid\":7}', 400",
        "'{\"index\":0,\"uid\":\"nobody\"}', 404",
        "'{\"index\":0,\"uid\":\"u-1\",\"enterprise_id\":\"e-8\"}', 404"
    })
    void an_account_that_is_not_offered_is_not_switched_to(String body, int status) {
        assertThat(owned.post(ROUTE + "/switch", body).status()).isEqualTo(status);
        assertThat(owned.directory.switches.asked()).isEmpty();
    }

    @Test
    void what_is_left_is_told_in_plain_numbers() {
        owned.quotas.quotas.nowAnswers(new Quota(
                new BigDecimal("1.5E+3"),
                new BigDecimal("0.10"),
                new BigDecimal("1499.9"),
                Instant.ofEpochSecond(77),
                List.of(new Quota.Grant("\"Gift\"", BigDecimal.TEN, BigDecimal.ZERO, null))));

        assertThat(owned.get(ROUTE + "/quota?id=one").body())
                .startsWith(
                        "{\"total\":1500,\"used\":0.1,\"remaining\":1499.9,\"resets_at\":77,\"grants\":["
                                + "{\"name\":\"\\\"Gift\\\"\",\"total\":10,\"remaining\":0,\"ends_at\":null}],\"checked_at\":1");
        assertThat(owned.get(ROUTE + "/quota?id=one").status()).isEqualTo(200);
        assertThat(owned.quotas.quotas.asked()).containsExactly("one");
    }

    @Test
    void the_check_in_is_shown_without_claiming_it_and_claimed_on_request() {
        assertThat(owned.get(ROUTE + "/check-in?index=0").body())
                .isEqualTo("{\"status\":\"open\",\"credit\":10,\"streak_days\":1}");
        assertThat(owned.quotas.claims.asked()).isEmpty();

        assertThat(owned.post(ROUTE + "/check-in", "{\"index\":0}").body())
                .isEqualTo("{\"status\":\"claimed\",\"credit\":10,\"streak_days\":2}");
        assertThat(owned.quotas.claims.asked()).containsExactly("one");
    }

    @Test
    void no_check_in_is_told_as_such() {
        owned.quotas.statuses.nowAnswers(new CheckIn.NotOffered());

        assertThat(owned.get(ROUTE + "/check-in?index=1").body()).isEqualTo("{\"status\":\"not_offered\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 422",
        "?index=, 422",
        "?index=x, 422",
        "?index=0.0, 422",
        "?index=99999999999999999999, 422",
        "?index=2, 400",
        "?index=-1, 400",
        "?id=three, 404",
        "?id=one&index=1, 409",
        "?id=%zz, 400",
        "?index=0&junk=%ff, 200",
        "?id=one, 200"
    })
    void a_query_names_one_credential_or_is_refused(String query, int status) {
        for (String route : List.of("/accounts", "/quota", "/check-in")) {
            assertThat(owned.get(ROUTE + route + query).status()).as(route).isEqualTo(status);
        }
    }

    @Test
    void exactly_the_one_that_is_named_is_tested() {
        RawCaller.Response response = owned.post(ROUTE + "/test", "{\"index\":1,\"model\":\"glm-5.2\"}");

        assertThat(response.body())
                .startsWith("{\"ok\":true,\"model\":\"glm-5.2\",\"duration_ms\":")
                .doesNotContain("error");
        assertThat(owned.upstream.calls()).hasSize(1);
        assertThat(owned.upstream.calls().getFirst().credential().id().value()).isEqualTo("two");
    }

    @Test
    void a_credential_that_the_upstream_refuses_is_no_fault_of_the_callers_password() {
        owned.directory.lists.nowFails(new CredentialRejected(true, "The account must log in again."));

        RawCaller.Response refused = owned.get(ROUTE + "/accounts?index=0");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("\"code\":\"credential_rejected\"", "The account must log in again.");
        assertThat(refused.header("x-should-retry")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"a\\u0000\"", "[]"})
    void a_model_that_cannot_be_is_not_asked(String model) {
        assertThat(owned.post(ROUTE + "/test", "{\"index\":0,\"model\":" + model + "}")
                        .status())
                .isEqualTo(400);
        assertThat(owned.upstream.calls()).isEmpty();
    }

    @Test
    void tokens_are_refreshed_on_request() {
        assertThat(owned.post(ROUTE + "/refresh", "{\"index\":0}").body())
                .startsWith("{\"message\":\"Credential refreshed\",\"id\":\"one\"");
        assertThat(owned.store.all().getFirst().accessToken().reveal()).endsWith("-refreshed");

        assertThat(owned.post(ROUTE + "/refresh", "{\"index\":1}").status()).isBetween(400, 409);
    }

    @Test
    void an_upstream_that_is_away_is_told_as_always() {
        owned.quotas.quotas.nowFails(
                new UpstreamUnavailable(UpstreamUnavailable.Reason.UNREACHABLE, null, "Away.", null));

        RawCaller.Response response = owned.get(ROUTE + "/quota?index=0");

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":\"upstream_unreachable\"", "\"detail\":\"Away.\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"token\":1}", "\"{\\\"token\\\":1}\""})
    void another_programs_file_is_taken_over_with_its_warning(String content) {
        RawCaller.Response response = owned.post(ROUTE + "/import", "{\"content\":" + content + "}");

        assertThat(response.body())
                .startsWith("{\"message\":\"Credential imported successfully\",\"id\":\"added-1\",\"warning\":\""
                        + Owned.CAUTION + "\"")
                .contains("\"credential\":{\"index\":2");
        assertThat(owned.store.all()).hasSize(3);
    }

    @Test
    void the_access_token_alone_needs_no_warning() {
        assertThat(owned.post(ROUTE + "/import", "{\"content\":{\"token\":1},\"access_token_only\":true}")
                        .body())
                .contains("\"warning\":null");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, 422",
        "'{\"content\":null}', 422",
        "'{\"content\":7}', 400",
        "'{\"content\":[]}', 400",
        "'{\"content\":{}}', 400",
        "'{\"content\":\"\"}', 400",
        "'{\"content\":{\"token\":1},\"access_token_only\":\"yes\"}', 400",
        "'{', 400"
    })
    void what_is_no_credential_is_not_taken_over(String body, int status) {
        assertThat(owned.post(ROUTE + "/import", body).status()).isEqualTo(status);
        assertThat(owned.store.all()).hasSize(2);
    }
}
