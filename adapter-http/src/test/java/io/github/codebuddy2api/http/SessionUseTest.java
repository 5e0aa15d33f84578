package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session opens, and to whom: the admin page, and no other that makes a browser send its cookie. */
class SessionUseTest {
    private static final String SESSION = "/api/session";
    private static final String STATUS = "/api/status";

    private Owned owned;
    private Browser browser;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one"));
        browser = new Browser(owned).loggedIn();
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private static void assertOver(RawCaller.Response response) {
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("\"code\":\"session_expired\"");
    }

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
        RawCaller.Response response = browser.send("POST", "/codebuddy/v1/credentials/auto", header, "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"origin_not_allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n"})
    void our_page_can(String header) {
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
        assertThat(owned.stranger("GET", STATUS, "Cookie: a=b;" + browser.cookie() + " ;c=d,e\r\n", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_cookie_that_is_over_or_planted_does_not_lock_the_owner_out() {
        String good = browser.cookie();
        String dead = "codebuddy2api_session=cb2s_" + "x".repeat(43);

        for (String both : List.of(
                "Cookie: " + good + "; " + dead + "\r\n",
                "Cookie: " + dead + "; " + good + "\r\n",
                "Cookie: " + good + "; " + good + "\r\n",
                "Cookie: " + good + "\r\nCookie: " + dead + "\r\n",
                "Cookie: " + good + "; __Host-" + dead + "\r\n",
                "Cookie: " + dead + "; __Host-" + good + "\r\n")) {
            assertThat(owned.stranger("GET", STATUS, both, "").status()).isEqualTo(200);
            assertThat(owned.stranger("GET", SESSION, both, "").body()).contains("\"authenticated\":true");
            assertThat(owned.stranger("POST", "/codebuddy/v1/credentials/auto", both + Browser.FROM_THE_PAGE, "")
                            .status())
                    .isEqualTo(200);
        }
        assertOver(owned.stranger("GET", STATUS, "Cookie: " + dead + "; __Host-" + dead + "\r\n", ""));
    }

    @Test
    void of_many_cookies_only_four_are_looked_at() {
        String dead = IntStream.range(0, 4)
                .mapToObj(i -> "codebuddy2api_session=cb2s_" + String.valueOf(i).repeat(43) + "; ")
                .collect(Collectors.joining());

        assertOver(owned.stranger("GET", STATUS, "Cookie: " + dead + browser.cookie() + "\r\n", ""));
    }

    @Test
    void a_new_session_takes_away_the_cookie_of_the_other_scheme() {
        String host = "localhost:" + owned.adapter().port();
        String body = "{\"password\":\"" + Served.PASSWORD + "\"}";
        String stale = "codebuddy2api_session=cb2s_" + "x".repeat(43) + "\r\n";

        assertThat(cookiesSet("Cookie: __Host-" + stale + "Origin: http://" + host + "\r\n", body))
                .satisfiesExactly(
                        own -> assertThat(own).startsWith("codebuddy2api_session=cb2s_"),
                        other -> assertThat(other)
                                .isEqualTo("__Host-codebuddy2api_session=; Path=/; HttpOnly; SameSite=Strict; Secure;"
                                        + " Max-Age=0"));
        assertThat(cookiesSet("Cookie: " + stale + "Origin: https://" + host + "\r\n", body))
                .satisfiesExactly(
                        own -> assertThat(own).startsWith("__Host-codebuddy2api_session=cb2s_"),
                        other -> assertThat(other)
                                .isEqualTo("codebuddy2api_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"));
    }

    private List<String> cookiesSet(String headers, String body) {
        return List.of(owned.stranger("POST", SESSION, headers, body)
                .header("set-cookie")
                .split("\n", -1));
    }

    @Test
    void a_bearer_is_judged_alone() {
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
        assertThat(browser.post("/v1/chat/completions", chat).status()).isEqualTo(200);
        assertThat(browser.get("/v1/models").status()).isEqualTo(200);
    }
}
