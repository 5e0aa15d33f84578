package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.login.LoginRefusal;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.LoginLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging an account in over HTTP. */
class LoginRoutesTest {
    private static final String START = "/codebuddy/auth/start";
    private static final String POLL = "/codebuddy/auth/poll";
    private static final String CANCEL = "/codebuddy/auth/cancel";
    private static final String CALLBACK = "/codebuddy/auth/callback";
    private static final String UNKNOWN = "{\"error\":\"oauth_state_invalid\",\"error_description\":\"This login is not"
            + " known here, or is over: begin a new one.\",\"detail\":\"This login is not known here, or is over: begin"
            + " a new one.\"}";

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned();
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private RawCaller.Response start(String headers) {
        return owned.stranger("GET", START, headers, "");
    }

    private String begun() {
        return Owned.text(start("").body(), "auth_state");
    }

    private RawCaller.Response poll(String state) {
        return owned.stranger("POST", POLL, "", "{\"auth_state\":\"" + state + "\",\"device_code\":7}");
    }

    private static void assertTold(RawCaller.Response response, String error, String member) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":\"" + error + "\",\"error_description\":\"")
                .contains("\"detail\":\"", member);
        assertThat(response.header("cache-control")).isEqualTo("no-store");
    }

    // ---- start

    @Test
    void a_login_begins_without_a_password_on_this_machine() {
        RawCaller.Response response = start("");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("cache-control")).isEqualTo("no-store");
        assertThat(response.body())
                .startsWith("{\"success\":true,\"method\":\"codebuddy_real_auth\",\"auth_state\":\"")
                .contains(
                        "\"verification_uri_complete\":\"https://login.example/?number=1\"",
                        "\"verification_uri\":\"https://login.example\"",
                        "\"token_endpoint\":\"https://login.example/v2/plugin/auth/token\"",
                        "\"interval\":5,\"status\":\"awaiting_login\",\"instructions\":\"",
                        "\"message\":\"",
                        "\"platform\":\"CLI\"}")
                .containsPattern("\"expires_in\":(599|600),")
                .doesNotContain("not-a-state");
    }

    @Test
    void each_login_has_a_state_of_its_own() {
        Set<String> states = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            states.add(begun());
        }

        assertThat(states).hasSize(10);
    }

    @Test
    void one_login_too_many_is_told_when_to_come_back() {
        owned.gatewaySettings = GatewaySettings.DEFAULT.with(new LoginLimits(1, Duration.ofSeconds(50)));
        begun();

        RawCaller.Response response = start("");

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.body()).contains("\"code\":\"too_many_logins\"");
        assertThat(Integer.parseInt(response.header("retry-after"))).isBetween(1, 50);
        assertThat(owned.logins.starts()).isEqualTo(1);
    }

    @Test
    void an_upstream_that_begins_no_login_is_told_in_the_body() {
        owned.logins.startsFail(new UpstreamUnavailable(UpstreamUnavailable.Reason.UNREACHABLE, null, "Away.", null));

        RawCaller.Response response = start("");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"success\":false,\"error\":\"auth_start_failed\",\"message\":\"Away.\","
                        + "\"code\":\"upstream_unreachable\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://elsewhere.example\r\n",
                "Origin: null\r\n",
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: same-site\r\n",
                "Sec-Purpose: prefetch\r\n",
                "Sec-Purpose: prefetch;prerender\r\n",
                "Purpose: prefetch\r\n"
            })
    void other_sites_and_guessing_browsers_begin_nothing(String header) {
        RawCaller.Response response = start(header);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"type\":\"permission_error\"", "\"detail\":");
        assertThat(owned.logins.starts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "OPTIONS"})
    void only_get_begins_a_login(String method) {
        assertThat(owned.stranger(method, START, "", "").status()).isIn(405, 204);
        assertThat(owned.logins.starts()).isZero();
    }

    // ---- poll

    @Test
    void the_end_of_a_login_holds_no_token() {
        owned.logins.then(Owned.loggedIn());
        String state = begun();

        RawCaller.Response done = poll(state);

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.header("cache-control")).isEqualTo("no-store");
        assertThat(done.body())
                .startsWith("{\"access_token\":\"********\",\"token_type\":\"Bearer\",\"saved\":true,\"message\":\"")
                .contains(
                        "\"expires_in\":3600,\"scope\":\"openid\"",
                        "\"domain\":\"www.codebuddy.cn\",\"id\":\"added-1\",\"enabled\":true,\"accounts\":[{\"uid\":\"u-1\"",
                        "\"enterprise_id\":\"e-7\"")
                .doesNotContain("not-a-", "refresh_token");
        assertThat(owned.store.all()).hasSize(1);
        assertThat(poll(state).body()).isEqualTo(UNKNOWN);
    }

    @Test
    void a_login_under_way_is_pending_with_the_upstreams_codes() {
        String state = begun();

        assertTold(poll(state), "authorization_pending", "\"code\":11217}");
        assertTold(poll(state), "slow_down", "\"interval\":");
    }

    @Test
    void a_login_that_its_owner_gives_up_is_over() {
        String state = begun();

        assertThat(owned.post(CANCEL, "{\"auth_state\":\"" + state + "\"}").body())
                .isEqualTo("{\"message\":\"Login cancelled\",\"cancelled\":true}");
        assertThat(poll(state).body()).isEqualTo(UNKNOWN);
        for (String unknown : new String[] {state, "", "x".repeat(200)}) {
            RawCaller.Response again = owned.post(CANCEL, "{\"auth_state\":\"" + unknown + "\"}");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).contains("\"cancelled\":false");
        }
        assertThat(owned.stranger("POST", CANCEL, "", "{}").status()).isEqualTo(401);
    }

    @Test
    void an_account_that_is_prepared_is_pending_too() {
        Tokens tokens = Tokens.of(Secret.of("not-a-token"));
        owned.logins.then(new LoginStep.AwaitingAccount(Secret.of("not-a-state"), tokens, Owned.PERSONAL));

        assertTold(poll(begun()), "authorization_pending", "\"code\":12151}");
    }

    @ParameterizedTest
    @EnumSource(LoginRefusal.class)
    void a_refusal_says_what_the_person_can_do(LoginRefusal reason) {
        owned.logins.then(new LoginStep.Refused(reason));

        RawCaller.Response response = poll(begun());

        assertTold(response, "access_denied", "\"code\":\"" + reason.code() + "\"}");
        assertThat(response.body()).contains(reason.message());
    }

    @Test
    void an_upstream_that_is_away_disturbs_a_poll_and_no_more() {
        owned.logins.thenFails(new UpstreamUnavailable(UpstreamUnavailable.Reason.UNREACHABLE, null, "Away.", null));

        assertTold(poll(begun()), "auth_error", "\"details\":{\"message\":\"Away.\"}}");
    }

    @Test
    void a_login_that_nobody_ends_is_over_in_time() {
        owned.gatewaySettings = GatewaySettings.DEFAULT.with(new LoginLimits(10, Duration.ofNanos(1)));

        assertTold(poll(begun()), "expired_token", "");
    }

    @Test
    void a_credential_that_cannot_be_stored_can_be_asked_for_again() {
        owned.logins.then(Owned.loggedIn());
        owned.store.breakDown(true);
        String state = begun();

        RawCaller.Response failed = poll(state);

        assertThat(failed.status()).isEqualTo(507);
        assertThat(failed.body()).contains("\"code\":\"persist_failed\"").doesNotContain("not-a-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "<script>alert(1)</script>", "../../etc", "%00", "\u00e9"})
    void a_state_that_is_not_ours_is_not_told_apart(String state) {
        assertThat(poll(state).body()).isEqualTo(UNKNOWN);
        assertThat(poll("0".repeat(64)).body()).isEqualTo(UNKNOWN);
        assertThat(poll("a".repeat(5000)).body()).isEqualTo(UNKNOWN);
        assertThat(owned.logins.asked()).isEmpty();
    }

    @Test
    void a_query_does_as_well_as_a_body() {
        owned.logins.then(Owned.loggedIn());
        String state = begun();

        assertThat(owned.stranger("GET", POLL + "?x=1&state=" + state, "", "").status())
                .isEqualTo(200);
        assertThat(owned.stranger("GET", POLL + "?auth_state=" + state, "", "").body())
                .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?auth_state", "?auth_state=", "?state=&x=1"})
    void a_query_without_a_state_is_not_enough(String query) {
        assertTold(owned.stranger("GET", POLL + query, "", ""), "missing_parameters", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"auth_state\":\"\"}", "{\"auth_state\":null}", "{\"auth_state\":7}"})
    void a_body_without_a_state_is_not_enough(String body) {
        assertTold(owned.stranger("POST", POLL, "", body), "missing_parameters", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "null", "{\"auth_state\":\"x\"} {}", "{\"a\":1,\"a\":2}"})
    void a_body_that_is_no_object_is_unprocessable(String body) {
        RawCaller.Response response = owned.stranger("POST", POLL, "", body);

        assertThat(response.status()).isEqualTo(422);
        assertThat(response.body())
                .startsWith("{\"error\":{\"message\":\"")
                .contains(
                        "\"code\":\"invalid_json\"",
                        "\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\"],\"msg\":");
    }

    @Test
    void a_body_is_small() {
        String body = "{\"auth_state\":\"" + "x".repeat(8 * 1024) + "\"}";

        assertThat(owned.stranger("POST", POLL, "", body).status()).isEqualTo(413);
    }

    @Test
    void a_query_that_is_badly_escaped_is_refused() {
        RawCaller.Response response = owned.stranger("GET", POLL + "?auth_state=%zz", "", "");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"bad_request\"", "\"detail\":");
    }

    @Test
    void who_guesses_states_is_slowed_down_and_nobody_else() {
        owned.logins.then(Owned.loggedIn());
        String state = begun();
        int refused = 0;
        for (int i = 0; i < 10_000 && refused == 0; i++) {
            RawCaller.Response response = poll("guess" + i);
            assertThat(response.status()).isIn(400, 429);
            refused += response.status() == 429 ? 1 : 0;
        }

        assertThat(refused).isEqualTo(1);
        assertThat(poll(state).status()).isEqualTo(200);
    }

    // ---- callback

    @Test
    void a_browser_that_is_sent_back_is_told_so_and_nothing_is_stored() {
        assertThat(owned.stranger("GET", CALLBACK + "?code=c%22&state=s", "", "")
                        .body())
                .isEqualTo("{\"message\":\"You can close this page: the login goes on by itself.\","
                        + "\"code\":\"c\\\"\",\"state\":\"s\"}");
        assertThat(owned.stranger("GET", CALLBACK, "", "").body()).endsWith("\"code\":null,\"state\":null}");
        assertTold(
                owned.stranger("GET", CALLBACK + "?error=" + "e".repeat(2000), "", ""),
                "e".repeat(512),
                "The login was not completed.");
        assertThat(owned.store.all()).isEmpty();
    }
}
