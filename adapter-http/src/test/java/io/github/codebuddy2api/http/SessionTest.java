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

/** How the admin page's session begins, lasts and ends. */
class SessionTest {
    private static final String SESSION = "/api/session";
    private static final String STATUS = "/api/status";
    private static final String AUTO = "/codebuddy/v1/credentials/auto";
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

    @Test
    void after_ten_wrong_passwords_none_is_checked_for_the_rest_of_a_minute() {
        Browser other = new Browser(owned).loggedIn();
        List<String> answers = IntStream.range(0, 10)
                .mapToObj(i -> browser.login("wrong " + i).body())
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
        assertThat(owned.get(STATUS).status()).isEqualTo(429);
        time.advance(Duration.ofSeconds(45));
        assertThat(browser.login(Served.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void the_same_wrong_password_again_is_the_same_guess() {
        for (int i = 0; i < 70; i++) {
            assertThat(browser.login("wrong").body()).contains("\"tries_left\":9}");
        }
    }

    @Test
    void right_passwords_are_not_counted() {
        for (int i = 0; i < 70; i++) {
            assertThat(new Browser(owned).login(Served.PASSWORD).status()).isEqualTo(200);
        }
        assertThat(browser.login("wrong").body()).contains("\"tries_left\":9");
    }

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
        assertThat(browser.post(AUTO, "").status()).isEqualTo(200);
        time.advance(Duration.ofMinutes(59));
        assertThat(browser.post(AUTO, "").status()).isEqualTo(200);
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
    void a_page_that_only_looks_does_not_keep_it_for_ever() {
        browser.loggedIn();
        for (int i = 0; i < 59; i++) {
            time.advance(Duration.ofMinutes(1));
            assertThat(browser.get(STATUS).status()).isEqualTo(200);
        }
        time.advance(Duration.ofMinutes(1));

        assertOver(browser.get(STATUS));
    }

    @Test
    void a_chat_prolongs_it() {
        browser.loggedIn();
        time.advance(Duration.ofMinutes(59));
        String chat = "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        assertThat(browser.post("/v1/chat/completions", chat).status()).isEqualTo(200);
        time.advance(Duration.ofMinutes(59));

        assertThat(browser.get(STATUS).status()).isEqualTo(200);
    }

    @Test
    void what_the_page_may_not_send_does_not_prolong_it() {
        browser.loggedIn();
        time.advance(Duration.ofMinutes(59));
        owned.stranger("POST", AUTO, browser.cookieHeader(), "");
        time.advance(Duration.ofMinutes(2));

        assertOver(browser.get(STATUS));
    }

    @Test
    void eight_hours_end_it_however_much_it_is_used() {
        browser.loggedIn();
        for (int i = 0; i < 15; i++) {
            time.advance(Duration.ofMinutes(30));
            assertThat(browser.post(AUTO, "").status()).isEqualTo(200);
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
    void a_password_that_was_changed_and_changed_back_ends_all_though_nobody_looked() {
        browser.loggedIn();
        owned.password = ServerPassword.from("another one of those", true);
        owned.password = ServerPassword.from(Served.PASSWORD, true);

        assertOver(browser.get(STATUS));
    }

    @Test
    void a_server_that_gets_locked_ends_all() {
        browser.loggedIn();
        owned.password = new ServerPassword.Insecure("Too short.");

        assertOver(browser.get(STATUS));
        owned.password = ServerPassword.from(Served.PASSWORD, true);
        assertOver(browser.get(STATUS));
    }

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
}
