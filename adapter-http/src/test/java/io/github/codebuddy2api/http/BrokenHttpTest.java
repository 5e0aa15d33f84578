package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP that is broken, dangerous or not what we read: an envelope, nothing for the upstream, no second meaning. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenHttpTest {
    private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String MESSAGES = "\"messages\":[" + USER + "]";
    private static final String MODEL = "\"model\":\"glm-5.2\"";
    private static final String GOOD = "{" + MODEL + "," + MESSAGES + "}";

    private final ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
    private Served served;
    private int expectedCalls;

    @BeforeAll
    void serve() {
        HttpOptions.Deadlines usual = HttpOptions.Deadlines.DEFAULT;
        served = Served.with(
                upstream,
                HttpOptions.of("127.0.0.1", 0)
                        .with(new HttpOptions.Deadlines(
                                usual.headers(),
                                usual.body(),
                                usual.writeStall(),
                                usual.idle(),
                                Duration.ofMillis(100))));
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @AfterEach
    void the_next_caller_is_served_and_the_upstream_got_nothing_else() {
        try (RawCaller next = served.connect()) {
            assertThat(next.post(GOOD).response().status()).isEqualTo(200);
        }
        expectedCalls++;
        assertThat(upstream.calls()).hasSize(expectedCalls);
    }

    private static void assertError(RawCaller.Response response, int status, String code, String param) {
        assertThat(response.body())
                .contains("\"code\":\"" + code + "\"")
                .contains("\"param\":" + (param == null ? "null" : "\"" + param + "\""))
                .contains("\"type\":\"invalid_request_error\"", "\"detail\":");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("x-request-id")).isNotEmpty();
    }

    private static String times(int count, String separator, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "Content-Type: application/json; charset=utf-16\r\n",
                "Content-Type: application/json; charset=nope\r\n",
                "Content-Type: application/json\r\nContent-Type: application/json\r\n"
            })
    void only_json_in_utf_8_is_read(String contentType) {
        try (RawCaller caller = served.connect()) {
            RawCaller.Response response = caller.send(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + Served.PASSWORD + "\r\n" + contentType + "Content-Length: " + GOOD.length()
                                    + "\r\n\r\n" + GOOD)
                    .response();

            assertError(response, 415, "unsupported_media_type", null);
        }
    }

    private String headers(String more) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Served.PASSWORD
                + "\r\nContent-Type: application/json\r\n" + more + "\r\n";
    }

    static Stream<Arguments> brokenHttp() {
        String smuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return Stream.of(
                arguments("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled, "400"),
                arguments("Content-Length: 5\r\nContent-Length: 5\r\n", "12345", "400"),
                arguments("Content-Length: 5\r\nContent-Length: 6\r\n", "12345", "400"),
                arguments("Content-Length: +3\r\n", "abc", "400"),
                arguments("Content-Length: -1\r\n", "", "400"),
                arguments("Content-Length: 99999999999999999999\r\n", "", "400"),
                arguments("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", "400"),
                arguments("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n", "400"),
                arguments("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", "501"),
                arguments("Transfer-Encoding: chunked\r\n", "zz\r\nab\r\n0\r\n\r\n", "400"),
                arguments("Transfer-Encoding: chunked\r\n", "-5\r\nab\r\n0\r\n\r\n", "400"),
                arguments("Transfer-Encoding: chunked\r\n", "fffffffff\r\nab\r\n0\r\n\r\n", "400"),
                arguments("Content-Length: 16777217\r\n", "{", "413"),
                arguments("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("Content-Encoding: br\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("X-Folded: a\r\n b\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("X-Space : a\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("X-Nul: a\u0000b\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("X-Conversation-ID: a\rb\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("Host: other\r\nContent-Length: 2\r\n", "{}", "400"),
                arguments("X-Large: " + "a".repeat(17 * 1024) + "\r\n", "", "400"),
                arguments(times(150, "", i -> "X-" + i + ": a\r\n"), "", "431"),
                arguments("Expect: 100-continue\r\nContent-Length: 16777217\r\n", "", "413"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("brokenHttp")
    void a_request_that_two_readers_could_understand_differently_is_the_last_one(
            String more, String body, String status) {
        try (RawCaller caller = served.connect()) {
            caller.send((headers(more) + body).getBytes(ISO_8859_1));

            RawCaller.Response response = caller.response();

            assertThat(response.body()).contains("\"error\":{\"message\":", "\"detail\":");
            assertThat(Integer.toString(response.status())).isEqualTo(status);
            assertThat(response.header("x-request-id")).isNotEmpty();
            assertThat(response.header("content-type")).isEqualTo("application/json; charset=utf-8");
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /health HTTP/1.1\\r\\n\\r\\n|400",
                "GET /health HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n\\r\\n|400",
                "GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n|505",
                "GET /health HTTP/2.7\\r\\nHost: localhost\\r\\n\\r\\n|400",
                "GET  HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n|400",
                "G\\u0001T /health HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n|400",
                "GET /%zz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n|400",
                "GET /health#a HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n|400",
                "CONNECT localhost:1 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n|4"
            })
    void a_head_that_is_not_http_is_answered_with_an_envelope(String request, String status) {
        try (RawCaller caller = served.connect()) {
            caller.send(request.replace("\\r\\n", "\r\n").replace("\\u0001", "\u0001"));

            RawCaller.Response response = caller.response();

            assertThat(Integer.toString(response.status())).startsWith(status);
            if (response.status() != 200) {
                assertThat(response.body()).contains("\"error\":{\"message\":", "\"detail\":");
            }
        }
    }

    @Test
    void a_body_that_nobody_asked_to_be_sent_is_no_second_request() {
        String hidden = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawCaller caller = served.connect()) {
            caller.send("GET /health HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + hidden.length() + "\r\n\r\n" + hidden);

            RawCaller.Response response = caller.response();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5 * 1024, 20 * 1024, 200 * 1024})
    void a_request_line_that_is_too_long_is_told_so(int length) {
        try (RawCaller caller = served.connect()) {
            caller.send("GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            RawCaller.Response response = caller.response();

            assertError(response, 414, "uri_too_long", null);
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_over_the_limit_is_refused_even_if_it_is_all_sent(boolean chunked) {
        int size = 16 * 1024 * 1024 + 1;
        byte[] body = " ".repeat(size).getBytes(ISO_8859_1);
        try (Served patient = Served.with(upstream);
                RawCaller caller = patient.connect()) {
            if (chunked) {
                caller.send(headers("Transfer-Encoding: chunked\r\n") + Integer.toHexString(size) + "\r\n");
            } else {
                caller.send(caller.head("/v1/chat/completions", size, ""));
            }
            caller.send(body);

            RawCaller.Response response = caller.response();

            assertError(response, 413, "request_too_large", null);
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    /** Regression: Helidon kept all of it, until the heap was full. */
    @ParameterizedTest
    @ValueSource(strings = {"1;x=", "1\r\n{\r\n0\r\nX: "})
    void framing_of_a_body_that_never_ends_is_not_kept(String begun) {
        int mostMegabytes = 64;
        byte[] block = "x".repeat(1 << 20).getBytes(ISO_8859_1);
        try (RawCaller caller = served.connect()) {
            caller.send(headers("Transfer-Encoding: chunked\r\n") + begun);

            assertThatThrownBy(() -> {
                        for (int megabyte = 0; megabyte < mostMegabytes; megabyte++) {
                            caller.send(block);
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
        }
    }
}
