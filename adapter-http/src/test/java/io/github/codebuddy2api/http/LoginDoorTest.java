package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.http.HttpOptions.Access;
import io.github.codebuddy2api.http.HttpOptions.LoginGuard;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may log an account in, and what becomes of what a stranger logs in. */
class LoginDoorTest {
    private static final String START = "/codebuddy/auth/start";
    private static final String POLL = "/codebuddy/auth/poll";
    private static final String CALLBACK = "/codebuddy/auth/callback";
    private static final String THROUGH_A_PROXY = "X-Forwarded-For: 203.0.113.7\r\n";
    private static final String WITH_PASSWORD = "Authorization: Bearer " + Served.PASSWORD + "\r\n";

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

    @ParameterizedTest
    @CsvSource({
        "AUTO, '', 200",
        "AUTO, 'X-Forwarded-For: 203.0.113.7', 401",
        "AUTO, 'x-forwarded-for: 127.0.0.1', 401",
        "AUTO, 'Forwarded: for=203.0.113.7', 401",
        "AUTO, 'X-Real-IP: 203.0.113.7', 401",
        "AUTO, 'X-Forwarded-Proto: https', 401",
        "AUTO, 'Via: 1.1 proxy', 401",
        "ALWAYS, '', 401",
        "NEVER, '', 200",
        "NEVER, 'X-Forwarded-For: 203.0.113.7', 200"
    })
    void who_needs_the_password_is_for_the_owner_to_say(LoginGuard guard, String header, int status) {
        owned.options = owned.options.with(new Access(List.of(), guard));
        String headers = header.isEmpty() ? "" : header + "\r\n";
        // What passes the door is told that the state is not known.
        int told = status == 200 ? 400 : status;

        assertThat(start(headers).status()).isEqualTo(status);
        assertThat(owned.stranger("GET", POLL + "?state=x", headers, "").status())
                .isEqualTo(told);
        assertThat(owned.stranger("POST", POLL, headers, "{\"auth_state\":\"x\"}")
                        .status())
                .isEqualTo(told);
        assertThat(start(headers + WITH_PASSWORD).status()).isEqualTo(200);
        assertThat(owned.stranger("GET", CALLBACK, headers, "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1, '', 200",
        "127.0.0.1, '', 200",
        "[::1]:8001, '', 200",
        "LOCALHOST, 'http://localhost', 200",
        "gateway.example, '', 401",
        "gateway.example:8001, 'https://gateway.example:8001', 401",
        "localhost, 'https://app.example', 401"
    })
    void only_who_asks_this_machine_by_its_own_name_and_from_no_other_page_is_local(
            String host, String origin, int status) {
        owned.options = owned.options
                .with(new Access(List.of("https://app.example"), LoginGuard.AUTO))
                .with(new HttpOptions.Listen("127.0.0.1", 0, List.of("gateway.example")));
        String page = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";

        try (RawCaller caller = owned.connect()) {
            caller.send("GET " + START + " HTTP/1.1\r\nHost: " + host + "\r\n" + page + "\r\n");
            assertThat(caller.response().status()).isEqualTo(status);
        }
        try (RawCaller caller = owned.connect()) {
            caller.send("GET " + START + " HTTP/1.1\r\nHost: " + host + "\r\n" + page + WITH_PASSWORD + "\r\n");
            assertThat(caller.response().status()).isEqualTo(200);
        }
    }

    @Test
    void a_locked_server_lets_nobody_else_log_in() {
        owned.password = new ServerPassword.NotConfigured();

        assertThat(start("").status()).isEqualTo(200);
        assertThat(start(THROUGH_A_PROXY + WITH_PASSWORD).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false"})
    void what_a_stranger_has_a_hand_in_is_not_used_before_the_owner_says_so(boolean ownStart, boolean ownPoll) {
        owned.options = owned.options.with(new Access(List.of(), LoginGuard.NEVER));
        owned.logins.then(Owned.loggedIn());
        String state =
                Owned.text(start(ownStart ? WITH_PASSWORD : THROUGH_A_PROXY).body(), "auth_state");

        RawCaller.Response done =
                owned.stranger("GET", POLL + "?auth_state=" + state, ownPoll ? WITH_PASSWORD : THROUGH_A_PROXY, "");

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body()).contains("\"saved\":true", "\"enabled\":false");
        assertThat(owned.get("/codebuddy/v1/credentials").body()).contains("\"state\":\"disabled\"");
    }

    @Test
    void what_a_stranger_logs_in_is_not_kept_if_it_cannot_be_switched_off_for_good() {
        owned.options = owned.options.with(new Access(List.of(), LoginGuard.NEVER));
        owned.logins.then(Owned.loggedIn());
        String state = Owned.text(start(THROUGH_A_PROXY).body(), "auth_state");
        owned.choices.breakDown(true);

        RawCaller.Response done = owned.stranger("GET", POLL + "?auth_state=" + state, THROUGH_A_PROXY, "");

        assertThat(done.status()).isEqualTo(507);
        assertThat(owned.store.all()).isEmpty();
    }

    @Test
    void an_owner_from_elsewhere_logs_in_as_at_home() {
        owned.options = owned.options.with(new Access(List.of(), LoginGuard.NEVER));
        owned.logins.then(Owned.loggedIn());
        String headers = THROUGH_A_PROXY + WITH_PASSWORD;
        String state = Owned.text(start(headers).body(), "auth_state");

        assertThat(owned.stranger("GET", POLL + "?auth_state=" + state, headers, "")
                        .body())
                .contains("\"enabled\":true");
    }

    @Test
    void a_session_is_the_owner_from_elsewhere_if_the_page_asks() {
        owned.logins.then(Owned.loggedIn());
        String session = THROUGH_A_PROXY + new Browser(owned).loggedIn().cookieHeader();
        String headers = session + Browser.FROM_THE_PAGE;
        String state = Owned.text(start(headers).body(), "auth_state");

        assertThat(start(session).status()).isEqualTo(403);
        assertThat(owned.stranger("GET", POLL + "?auth_state=" + state, session, "")
                        .status())
                .isEqualTo(403);
        assertThat(owned.stranger("GET", POLL + "?auth_state=" + state, headers, "")
                        .body())
                .contains("\"enabled\":true");
    }

    @Test
    void a_session_makes_a_login_the_owners_where_nobody_needs_one() {
        owned.options = owned.options.with(new Access(List.of(), LoginGuard.NEVER));
        owned.logins.then(Owned.loggedIn());
        String session = THROUGH_A_PROXY + new Browser(owned).loggedIn().cookieHeader();
        String headers = session + Browser.FROM_THE_PAGE;

        String state = Owned.text(start(headers).body(), "auth_state");
        assertThat(owned.stranger("GET", POLL + "?auth_state=" + state, headers, "")
                        .body())
                .contains("\"enabled\":true");

        owned.logins.then(Owned.loggedIn());
        String other = Owned.text(start(session).body(), "auth_state");
        assertThat(owned.stranger("GET", POLL + "?auth_state=" + other, session, "")
                        .body())
                .contains("\"enabled\":false");
    }

    @Test
    void here_a_login_can_be_begun_whatever_the_cookie_says() {
        assertThat(start("Cookie: codebuddy2api_session=over\r\n").status()).isEqualTo(200);
        assertThat(start(THROUGH_A_PROXY + "Cookie: codebuddy2api_session=over\r\n" + Browser.FROM_THE_PAGE)
                        .body())
                .contains("\"code\":\"session_expired\"");
    }
}
