package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser is told with every answer, whoever gives it. */
class SecurityHeadersTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String CHAT =
            "{\"model\":\"a\",\"stream\":true,\"messages\":[{\"role\":\"user\"," + "\"content\":\"Hi\"}]}";

    private Owned owned;

    @BeforeEach
    void serve() {
        PageFile page = new PageFile("text/html", new byte[] {'x'}, null, null);
        owned = new Owned(Time.system(), Map.of("/index.html", page), Credentials.named("one"));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private static void assertGuarded(RawCaller.Response response) {
        assertThat(response.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .doesNotContainKey("server");
        assertThat(response.header("permissions-policy"))
                .contains("camera=()", "microphone=()", "geolocation=()")
                .matches("([a-z-]+=\\(\\)(, )?)+");
        assertThat(response.header("content-security-policy"))
                .startsWith("default-src 'none'; ")
                .contains("frame-ancestors 'none'");
        assertThat(response.header("x-request-id")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, GET / HTTP/1.1",
        "200, GET /health HTTP/1.1",
        "200, GET /api/session HTTP/1.1",
        "204, DELETE /api/session HTTP/1.1",
        "204, OPTIONS /v1/models HTTP/1.1",
        "401, GET /v1/models HTTP/1.1",
        "404, GET /nothing HTTP/1.1",
        "405, POST /health HTTP/1.1",
        "400, GET /health HTTP/3.1",
        "400, GET /%zz HTTP/1.1"
    })
    void every_answer_is_guarded(int status, String line) {
        try (RawCaller caller = owned.connect()) {
            RawCaller.Response response =
                    caller.send(line + "\r\n" + HOST + "\r\n").response();

            assertThat(response.status()).isEqualTo(status);
            assertGuarded(response);
        }
    }

    @Test
    void so_is_one_to_a_head_that_is_refused_before_it_means_anything() {
        for (String more : new String[] {
            "Host: two\r\n", "Transfer-Encoding: x\r\n", "X: " + "y".repeat(20_000) + "\r\n", "Content-Length: -1\r\n"
        }) {
            try (RawCaller caller = owned.connect()) {
                RawCaller.Response response = caller.send("GET /health HTTP/1.1\r\n" + HOST + more + "\r\n")
                        .readHead();

                assertThat(response.status()).isBetween(400, 501);
                assertGuarded(response);
            }
        }
    }

    @Test
    void so_is_one_that_is_given_when_the_body_does_not_come() {
        HttpOptions.Deadlines usual = HttpOptions.Deadlines.DEFAULT;
        owned.options = owned.options.with(new HttpOptions.Deadlines(
                usual.headers(), Duration.ofMillis(50), usual.writeStall(), usual.idle(), usual.linger()));
        try (RawCaller caller = owned.connect()) {
            RawCaller.Response response = caller.send("POST /api/session HTTP/1.1\r\n" + HOST
                            + "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{")
                    .response();

            assertThat(response.status()).isEqualTo(408);
            assertGuarded(response);
        }
    }

    @Test
    void so_is_a_stream() {
        RawCaller.Response response = owned.post("/v1/chat/completions", CHAT);

        assertThat(response.header("content-type")).startsWith("text/event-stream");
        assertGuarded(response);
    }

    @Test
    void so_is_the_stream_of_events() {
        try (RawCaller caller = owned.connect()) {
            RawCaller.Response head = caller.ask("GET", "/api/events").readHead();

            assertThat(head.header("content-type")).startsWith("text/event-stream");
            assertGuarded(head);
        }
    }
}
