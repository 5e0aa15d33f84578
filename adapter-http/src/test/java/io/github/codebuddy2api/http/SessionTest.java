package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the admin page's session begins, lasts and ends. */
class SessionTest {
    private static final String SESSION = "/api/session";
    private static final String STATUS = "/api/status";
    private static final long START = ManualTime.START.getEpochSecond();

    private final ManualTime time = new ManualTime();
    private Owned owned;
    private Browser browser;

    @BeforeEach
    void serve() {
        owned = new Owned(time, Map.of(), Credentials.named("one"));
        browser = new Browser(owned);
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private void assertOver(RawCaller.Response response) {
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("\"code\":\"session_expired\"");
    }

    private String authenticated(Browser asking) {
        return asking.get(SESSION).body().replaceAll(".*\"authenticated\":(true|false).*", "$1");
    }

    // ---- begin

    @Test
    void at_first_there_is_none_and_nothing_is_told() {
        RawCaller.Response response = browser.get(SESSION);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("cache-control")).isEqualTo("no-store");
        assertThat(response.body())
                .isEqualTo("{\"authenticated\":false,\"locked\":null,\"now_ms\":" + START * 1000 + "}");
    }

    @Test
    void the_password_begins_one() {
        RawCaller.Response response = browser.login(Served.PASSWORD);

        String authenticated = "{\"authenticated\":true,\"expires_at\":" + (START + 3600)
                + ",\"locked\":null,\"now_ms\":" + START * 1000 + ",\"version\":\"1.2.3\"}";
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(authenticated);
        assertThat(response.header("set-cookie"))
                .matches("codebuddy2api_session=cb2s_[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(browser.get(SESSION).body()).isEqualTo(authenticated);
        assertThat(browser.get(STATUS).body())
                .isEqualTo("{\"version\":\"1.2.3\",\"started_at\":" + START + ",\"now_ms\":" + START * 1000
                        + ",\"draining\":false,\"running\":0,\"password_hashed\":false}");
    }

    @Test
    void over_tls_the_cookie_says_so() {
        String host = "localhost:" + owned.adapter().port();

        assertThat(browser.login(Served.PASSWORD, "Origin: https://" + host + "\r\n")
                        .header("set-cookie"))
                .matches("__Host-codebuddy2api_session=cb2s_.{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(browser.get(STATUS).status()).isEqualTo(200);
        assertThat(browser.send("DELETE", SESSION, "Origin: https://" + host + "\r\n", "")
                        .header("set-cookie"))
                .isEqualTo("__Host-codebuddy2api_session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
        assertThat(new Browser(owned)
                        .login(Served.PASSWORD, "Origin: http://" + host + "\r\n")
                        .header("set-cookie"))
                .doesNotContain("__Host-", "Secure");
    }

    @Test
    void two_sessions_have_two_ids() {
        assertThat(browser.loggedIn().cookie())
                .isNotEqualTo(new Browser(owned).loggedIn().cookie());
    }

    @Test
    void a_wrong_password_begins_none() {
        RawCaller.Response response = browser.login("wrong");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).doesNotContainKey("set-cookie");
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"message\":\"Invalid password\",\"type\":\"invalid_request_error\","
                        + "\"param\":null,\"code\":\"invalid_password\"},\"detail\":\"Invalid password\","
                        + "\"tries_left\":9}");
        assertThat(browser.login("").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', missing_required_parameter",
        "'{\"password\":null}', missing_required_parameter",
        "'{\"password\":5}', invalid_value",
        "'[]', invalid_json",
        "'{', invalid_json"
    })
    void a_body_without_a_password_is_told_what_is_missing(String body, String code) {
        RawCaller.Response response = owned.stranger("POST", SESSION, "", body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
        assertThat(browser.login("wrong").body()).contains("\"tries_left\":9");
    }

    @Test
    void another_site_cannot_log_in() {
        assertThat(browser.login(Served.PASSWORD, "Origin: https://elsewhere.example\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(browser.login(Served.PASSWORD, "Sec-Fetch-Site: cross-site\r\n")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_hashed_password_is_checked_too() {
        owned.password = new ServerPassword.Hashed(PasswordHash.derived(Served.PASSWORD.toCharArray(), 1000));

        assertThat(browser.login("wrong").status()).isEqualTo(401);
        assertThat(browser.login(Served.PASSWORD).status()).isEqualTo(200);
        assertThat(browser.get(STATUS).body()).contains("\"password_hashed\":true");
    }

    @Test
    void a_locked_server_begins_none_and_says_why() {
        owned.password = new ServerPassword.NotConfigured();

        assertThat(browser.get(SESSION).body())
                .contains(
                        "\"authenticated\":false",
                        "\"locked\":\"password_not_configured\"",
                        "\"locked_reason\":\"CODEBUDDY_PASSWORD is not configured");
        RawCaller.Response response = browser.login(Served.PASSWORD);
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("x-should-retry")).isEqualTo("false");
        assertThat(response.body()).contains("\"code\":\"password_not_configured\"");

        owned.password = new ServerPassword.Insecure("Too short.");
        assertThat(browser.get(SESSION).body())
                .contains("\"locked\":\"insecure_password\"", "\"locked_reason\":\"Too short.\"");
        assertThat(browser.login(Served.PASSWORD).body()).contains("\"code\":\"insecure_password\"");
    }

    // ---- throttle

    @Test
    void after_ten_wrong_passwords_none_is_checked_for_the_rest_of_a_minute() {
        Browser other = new Browser(owned).loggedIn();
        List<String> answers = IntStream.range(0, 10)
                .mapToObj(i -> browser.login("wrong").body())
                .toList();
        for (int i = 0; i < 10; i++) {
            assertThat(answers.get(i)).contains("\"tries_left\":" + (9 - i) + "}");
        }
        time.advance(Duration.ofSeconds(15));

        RawCaller.Response refused = browser.login(Served.PASSWORD);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("45");
        assertThat(refused.body()).contains("\"code\":\"too_many_attempts\"");
        assertThat(other.get(STATUS).status()).isEqualTo(200);
        assertThat(owned.get(STATUS).status()).isEqualTo(200);
        time.advance(Duration.ofSeconds(45));
        assertThat(browser.login(Served.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void right_passwords_are_not_counted() {
        for (int i = 0; i < 70; i++) {
            assertThat(new Browser(owned).login(Served.PASSWORD).status()).isEqualTo(200);
        }
        assertThat(browser.login("wrong").body()).contains("\"tries_left\":9");
    }

    // ---- last

    @Test
    void the_eleventh_session_ends_the_oldest() {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            browsers.add(new Browser(owned).loggedIn());
            time.advance(Duration.ofSeconds(1));
        }

        assertOver(browsers.getFirst().get(STATUS));
        assertThat(browsers.subList(1, 11))
                .allSatisfy(living -> assertThat(living.get(STATUS).status()).isEqualTo(200));
    }

    @Test
    void who_logs_in_again_has_one_session_and_not_two() {
        browser.loggedIn();
        String first = browser.cookieHeader();
        browser.loggedIn();

        assertOver(owned.stranger("GET", STATUS, first, ""));
        assertThat(browser.get(STATUS).status()).isEqualTo(200);
    }

    @Test
    void an_hour_without_use_ends_it() {
        browser.loggedIn();
        time.advance(Duration.ofMinutes(59));
        assertThat(browser.get(STATUS).status()).isEqualTo(200);
        time.advance(Duration.ofMinutes(59));
        assertThat(browser.get(STATUS).status()).isEqualTo(200);
        time.advance(Duration.ofMinutes(60));

        assertThat(authenticated(browser)).isEqualTo("false");
        assertOver(browser.get(STATUS));
        assertOver(browser.get(STATUS));
    }

    @Test
    void asking_whether_it_lasts_does_not_prolong_it() {
        browser.loggedIn();
        time.advance(Duration.ofMinutes(59));
        assertThat(authenticated(browser)).isEqualTo("true");
        time.advance(Duration.ofMinutes(2));

        assertOver(browser.get(STATUS));
    }

    @Test
    void what_the_page_may_not_send_does_not_prolong_it() {
        browser.loggedIn();
        time.advance(Duration.ofMinutes(59));
        owned.stranger("POST", "/codebuddy/v1/credentials/auto", browser.cookieHeader(), "");
        time.advance(Duration.ofMinutes(2));

        assertOver(browser.get(STATUS));
    }

    @Test
    void eight_hours_end_it_however_much_it_is_used() {
        browser.loggedIn();
        for (int i = 0; i < 15; i++) {
            time.advance(Duration.ofMinutes(30));
            assertThat(browser.get(STATUS).status()).isEqualTo(200);
        }
        assertThat(browser.get(SESSION).body()).contains("\"expires_at\":" + (START + 8 * 3600) + ",");
        time.advance(Duration.ofMinutes(30));

        assertOver(browser.get(STATUS));
    }

    @Test
    void another_password_ends_all() {
        Browser other = new Browser(owned).loggedIn();
        browser.loggedIn();
        owned.password = ServerPassword.from("another one of those", true);

        assertThat(authenticated(browser)).isEqualTo("false");
        assertOver(browser.get(STATUS));
        owned.password = ServerPassword.from(Served.PASSWORD, true);
        assertOver(other.get(STATUS));
    }

    @Test
    void the_same_password_read_again_ends_none() {
        browser.loggedIn();
        owned.password = ServerPassword.from(Served.PASSWORD, true);

        assertThat(browser.get(STATUS).status()).isEqualTo(200);
    }

    @Test
    void a_server_that_gets_locked_ends_all() {
        browser.loggedIn();
        owned.password = new ServerPassword.Insecure("Too short.");

        assertOver(browser.get(STATUS));
        owned.password = ServerPassword.from(Served.PASSWORD, true);
        assertOver(browser.get(STATUS));
    }

    // ---- end

    @Test
    void it_can_be_ended_again_and_again() {
        browser.loggedIn();
        for (int i = 0; i < 3; i++) {
            RawCaller.Response response = browser.send("DELETE", SESSION, "", "");
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
            assertThat(response.header("set-cookie"))
                    .isEqualTo("codebuddy2api_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
            assertOver(browser.get(STATUS));
        }
        assertThat(owned.stranger("DELETE", SESSION, "", "").status()).isEqualTo(204);
    }

    @Test
    void only_the_page_can_end_it() {
        browser.loggedIn();

        RawCaller.Response response = owned.stranger("DELETE", SESSION, browser.cookieHeader(), "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"csrf_check_failed\"");
        assertThat(authenticated(browser)).isEqualTo("true");
    }

    // ---- use

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Requested-By: \r\n",
                "X-Requested-By: Admin-Page\r\n",
                "X-Requested-By: XMLHttpRequest\r\n",
                "X-Requested-By: admin-page\r\nX-Requested-By: admin-page\r\n",
                Browser.FROM_THE_PAGE + "Sec-Fetch-Site: elsewhere\r\n",
                Browser.FROM_THE_PAGE + "Sec-Fetch-Site: none\r\nSec-Fetch-Site: elsewhere\r\n"
            })
    void only_the_page_can_change_something(String headers) {
        browser.loggedIn();

        RawCaller.Response response =
                owned.stranger("POST", "/codebuddy/v1/credentials/auto", browser.cookieHeader() + headers, "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"csrf_check_failed\"", "\"type\":\"permission_error\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://elsewhere.example\r\n",
                "Origin: null\r\n",
                "Origin: http://localhost\r\n",
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: same-site\r\n"
            })
    void another_sites_page_cannot_even_if_it_could_say_it_were_ours(String header) {
        browser.loggedIn();

        RawCaller.Response response = browser.send("POST", "/codebuddy/v1/credentials/auto", header, "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"origin_not_allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n"})
    void our_page_can(String header) {
        browser.loggedIn();
        String origin = "Origin: http://localhost:" + owned.adapter().port() + "\r\n";

        assertThat(browser.send("POST", "/codebuddy/v1/credentials/auto", header + origin, "")
                        .status())
                .isEqualTo(200);
        assertThat(owned.stranger("GET", STATUS, browser.cookieHeader() + header, "")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "elsewhere"})
    void another_sites_page_cannot_read(String site) {
        browser.loggedIn();
        String header = "Sec-Fetch-Site: " + site + "\r\n";

        RawCaller.Response response = browser.send("GET", STATUS, header, "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"csrf_check_failed\"");
        assertThat(browser.send("GET", SESSION, header, "").body()).contains("\"authenticated\":false");
    }

    @Test
    void what_is_no_id_of_ours_opens_nothing() {
        for (String value : List.of("", "x", "cb2s_", "cb2s_" + "x".repeat(43), "\"quoted\"", "y".repeat(4000))) {
            assertOver(owned.stranger("GET", STATUS, "Cookie: codebuddy2api_session=" + value + "\r\n", ""));
        }
        assertThat(owned.stranger("GET", STATUS, "Cookie: session=x; codebuddy2api_sessions=y; z\r\n", "")
                        .body())
                .contains("\"code\":\"invalid_api_key\"");
    }

    @Test
    void it_is_found_among_other_cookies() {
        browser.loggedIn();

        assertThat(owned.stranger("GET", STATUS, "Cookie: a=b;" + browser.cookie() + " ;c=d,e\r\n", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void two_values_are_none_but_the_name_that_only_tls_can_set_comes_first() {
        browser.loggedIn();
        String good = browser.cookie();
        String planted = "codebuddy2api_session=cb2s_" + "x".repeat(43);

        for (String both : List.of(
                "Cookie: " + good + "; " + planted + "\r\n",
                "Cookie: " + planted + "; " + good + "\r\n",
                "Cookie: " + good + "; " + good + "\r\n",
                "Cookie: " + good + "\r\nCookie: " + planted + "\r\n",
                "Cookie: " + good + "; __Host-" + planted + "\r\n")) {
            assertOver(owned.stranger("GET", STATUS, both, ""));
        }
        assertThat(owned.stranger("GET", STATUS, "Cookie: " + planted + "; __Host-" + good + "\r\n", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_bearer_is_judged_alone() {
        browser.loggedIn();

        RawCaller.Response wrong = browser.send("GET", STATUS, "Authorization: Bearer wrong\r\n", "");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("\"code\":\"invalid_api_key\"");
        assertThat(browser.send("GET", STATUS, "Authorization:\r\n", "").status())
                .isEqualTo(401);

        String right = "Cookie: codebuddy2api_session=over\r\nAuthorization: Bearer " + Served.PASSWORD + "\r\n";
        assertThat(owned.stranger("POST", "/codebuddy/v1/credentials/auto", right, "")
                        .status())
                .isEqualTo(200);
        assertThat(owned.stranger("GET", STATUS, right + "Sec-Fetch-Site: cross-site\r\n", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void chat_is_answered_too() {
        String chat = "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        browser.loggedIn();

        assertThat(browser.post("/v1/chat/completions", chat).status()).isEqualTo(200);
        assertThat(browser.get("/v1/models").status()).isEqualTo(200);
    }
}
