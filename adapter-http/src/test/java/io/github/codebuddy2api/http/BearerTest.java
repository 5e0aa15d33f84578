package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call. */
class BearerTest {
    private static final String GOOD = "Bearer " + Served.PASSWORD;

    private static RawCaller.Response models(RawCaller caller, String headers) {
        return caller.send(("GET /v1/models?key=" + "x" + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1))
                .response();
    }

    private static Served served() {
        return Served.with(ScriptedUpstream.always(Script.text("a")));
    }

    static Stream<String> headersWithoutAccess() {
        return Stream.of(
                "",
                "Authorization:\r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Bearer \r\n",
                "Authorization: Bearer x\r\n",
                "Authorization: " + GOOD + "\r\nAuthorization: " + GOOD + "\r\n",
                "Authorization: Basic Y29ycmVjdA==\r\n",
                "Authorization: Bearer " + "x".repeat(8 * 1024) + "\r\n",
                "Authorization: Bearer p\u00e4ss\r\n",
                "Authorization: " + GOOD + ", Bearer x\r\n",
                "Authorization: " + GOOD + "x\r\n",
                "Authorization: Bearer" + Served.PASSWORD + "\r\n",
                "Cookie: password=" + Served.PASSWORD + "\r\n",
                "x-api-key: " + Served.PASSWORD + "\r\n");
    }

    @ParameterizedTest
    @MethodSource("headersWithoutAccess")
    void without_the_right_token_nothing_is_answered(String headers) {
        try (Served served = served();
                RawCaller caller = served.connect()) {
            RawCaller.Response response = models(caller, headers);

            assertThat(response.status()).isIn(401, 400);
            if (response.status() == 401) {
                assertThat(response.header("www-authenticate")).isEqualTo("Bearer");
                assertThat(response.body().replace("Invalid password", "Not authenticated"))
                        .isEqualTo("{\"error\":{\"message\":\"Not authenticated\",\"type\":\"invalid_request_error\","
                                + "\"param\":null,\"code\":\"invalid_api_key\"},\"detail\":\"Not authenticated\"}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void the_scheme_is_read_without_regard_to_case(String scheme) {
        try (Served served = served();
                RawCaller caller = served.connect()) {
            assertThat(models(caller, "Authorization: " + scheme + Served.PASSWORD + "\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static RawCaller.Response chatWith(ServerPassword password, String token) {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
        try (Served served = Served.with(upstream, HttpOptions.of("127.0.0.1", 0), password);
                RawCaller caller = served.connect()) {
            return caller.send(
                            "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .response();
        }
    }

    @Test
    void a_server_without_a_password_is_locked_and_says_so() {
        for (String configured : new String[] {null, "", "  "}) {
            RawCaller.Response response = chatWith(ServerPassword.from(configured, true), "anything");

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(response.body())
                    .contains(
                            "\"code\":\"password_not_configured\"",
                            "CODEBUDDY_PASSWORD is not configured on the server.");
        }
    }

    @Test
    void a_placeholder_or_a_short_password_for_others_protects_nothing() {
        for (ServerPassword password : new ServerPassword[] {
            ServerPassword.from("changeme", true),
            ServerPassword.from("Your_Secret_Password", true),
            ServerPassword.from("elevenchars", false),
            ServerPassword.from("$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$aGFzaA", true),
            ServerPassword.from("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", true)
        }) {
            RawCaller.Response response = chatWith(password, "changeme");

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).contains("\"code\":\"insecure_password\"");
            assertThat(response.header("x-should-retry")).isEqualTo("false");
        }
        assertThat(ServerPassword.from("elevenchars", true)).isInstanceOf(ServerPassword.Plain.class);
    }

    @Test
    void health_tells_that_the_server_is_locked() {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
        try (Served served = Served.with(upstream, HttpOptions.of("127.0.0.1", 0), ServerPassword.from(null, true));
                RawCaller caller = served.connect()) {
            assertThat(caller.ask("GET", "/health").response().body())
                    .isEqualTo("{\"status\":\"healthy\",\"service\":\"codebuddy2api\",\"locked\":true}");
        }
    }

    @Test
    void a_password_is_stored_in_a_form_that_only_it_matches() {
        String stored = PasswordHash.create(Served.PASSWORD.toCharArray());

        assertThat(stored).matches("\\$pbkdf2-sha256\\$i=600000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(PasswordHash.parse(stored).orElseThrow().matches(Served.PASSWORD.toCharArray()))
                .isTrue();
        assertThat(ServerPassword.from(stored, false)).isInstanceOf(ServerPassword.Hashed.class);
        assertThat(ServerPassword.from(stored, false).toString()).doesNotContain(stored.substring(30));
    }

    @Test
    void a_hashed_password_opens_once_slowly_and_then_fast_and_guesses_are_counted() {
        ServerPassword password = new ServerPassword.Hashed(PasswordHash.derived(Served.PASSWORD.toCharArray(), 1000));
        assertGuessesAreCounted(password);
    }

    @Test
    void wrong_bearers_are_counted() {
        assertGuessesAreCounted(ServerPassword.from(Served.PASSWORD, true));
    }

    private static void assertGuessesAreCounted(ServerPassword password) {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
        try (Served served = Served.with(upstream, HttpOptions.of("127.0.0.1", 0), password);
                RawCaller caller = served.connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(models(caller, "Authorization: " + GOOD + "\r\n").status())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(models(caller, "Authorization: Bearer wrong" + i + "\r\n")
                                .status())
                        .isEqualTo(401);
            }

            for (String token : new String[] {"Bearer wrong10", "Bearer wrong1", GOOD}) {
                RawCaller.Response refused = models(caller, "Authorization: " + token + "\r\n");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.body()).contains("\"code\":\"too_many_attempts\"");
                assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
            }
        }
    }

    @Test
    void a_client_with_a_wrong_key_that_never_gives_up_locks_nobody_out() {
        try (Served served = served();
                RawCaller caller = served.connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(models(caller, "Authorization: Bearer wrong\r\n").status())
                        .isEqualTo(401);
                assertThat(models(caller, "Authorization: " + GOOD + "\r\n").status())
                        .isEqualTo(200);
            }
        }
    }
}
