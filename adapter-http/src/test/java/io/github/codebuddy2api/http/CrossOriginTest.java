package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.http.HttpOptions.Access;
import io.github.codebuddy2api.http.HttpOptions.LoginGuard;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites may call if the owner allows them by name. */
class CrossOriginTest {
    private static final String APP = "https://app.example:8443";
    private static final String ALLOW = "access-control-allow-origin";
    private static final String CHAT = "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one"));
        owned.options = owned.options.with(new Access(List.of(APP), LoginGuard.AUTO));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private RawCaller.Response preflight(String origin, String more) {
        return owned.stranger("OPTIONS", "/v1/chat/completions", "Origin: " + origin + "\r\n" + more, "");
    }

    @Test
    void an_allowed_page_is_told_in_advance() {
        String names = "authorization, content-type, x-stainless-os";
        RawCaller.Response response = preflight(APP, "Access-Control-Request-Headers: " + names + "\r\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("allow")).isEqualTo("POST, OPTIONS");
        assertThat(response.header(ALLOW)).isEqualTo(APP);
        assertThat(response.header("vary")).isEqualTo("Origin");
        assertThat(response.header("access-control-allow-methods")).contains("POST");
        assertThat(response.header("access-control-allow-headers")).isEqualTo(names);
        assertThat(response.headers()).doesNotContainKey("access-control-allow-credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\ty", "a;b", "a,,b", "\"a\""})
    void strange_names_of_headers_are_not_repeated(String names) {
        assertThat(preflight(APP, "Access-Control-Request-Headers: " + names + "\r\n")
                        .header("access-control-allow-headers"))
                .startsWith("Authorization, Content-Type");
    }

    @Test
    void an_allowed_page_can_call_and_read_the_answer() {
        RawCaller.Response response =
                owned.post("/v1/chat/completions", CHAT, "Origin: " + APP + "\r\nSec-Fetch-Site: cross-site\r\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header(ALLOW)).isEqualTo(APP);
        assertThat(response.header("vary")).isEqualTo("Origin");
    }

    @Test
    void an_allowed_page_can_read_an_error_too() {
        RawCaller.Response response = owned.post("/v1/chat/completions", "{", "Origin: " + APP + "\r\n");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header(ALLOW)).isEqualTo(APP);
        assertThat(response.headers()).doesNotContainKey("cross-origin-resource-policy");
    }

    @Test
    void an_allowed_page_cannot_use_the_session_of_ours() {
        Browser browser = new Browser(owned).loggedIn();

        RawCaller.Response response = owned.stranger(
                "POST",
                "/v1/chat/completions",
                browser.cookieHeader() + Browser.FROM_THE_PAGE + "Origin: " + APP + "\r\n",
                CHAT);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"csrf_check_failed\"");
        assertThat(owned.upstream.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "http://app.example:8443",
                "https://app.example:8443.evil.example",
                "https://APP.example:8443",
                "null",
                "*"
            })
    void another_page_cannot(String origin) {
        assertThat(preflight(origin, "").headers()).doesNotContainKey(ALLOW);
        RawCaller.Response response = owned.post("/v1/chat/completions", CHAT, "Origin: " + origin + "\r\n");
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers()).doesNotContainKey(ALLOW);
        assertThat(response.header("cross-origin-resource-policy")).isEqualTo("same-origin");
        assertThat(owned.upstream.calls()).isEmpty();
    }

    @Test
    void two_origins_are_none() {
        String both = "Origin: " + APP + "\r\nOrigin: https://elsewhere.example\r\n";

        assertThat(owned.post("/v1/chat/completions", CHAT, both).status()).isEqualTo(403);
    }

    @Test
    void a_page_that_is_not_allowed_any_more_cannot_call_any_more() {
        owned.options = owned.options.with(Access.DEFAULT);

        assertThat(owned.post("/v1/chat/completions", CHAT, "Origin: " + APP + "\r\n")
                        .status())
                .isEqualTo(403);
    }
}
