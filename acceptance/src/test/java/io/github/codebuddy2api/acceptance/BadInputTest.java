package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bad-input matrix, 6.1 and the chat row of 6.2: each is refused with the field's path, nothing reaches the upstream,
 * and a fresh connection is served afterwards.
 */
final class BadInputTest {
    private static final String GOOD = Asked.body("hy3", false);
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final List<Long> MICROS = Collections.synchronizedList(new ArrayList<>());

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    /** A body, and what comes of it. */
    record BadBody(String name, byte[] body, int status, String code, String param) {
        static BadBody value(String param, String json) {
            return of(param + " " + json, json, 400, "invalid_value", param);
        }

        static BadBody missing(String param, String json) {
            return of("no " + param, json, 400, "missing_required_parameter", param);
        }

        static BadBody notJson(String name, String text) {
            return new BadBody(name, text.getBytes(StandardCharsets.UTF_8), 400, "invalid_json", null);
        }

        static BadBody of(String name, String json, int status, String code, String param) {
            return new BadBody(name, json.getBytes(StandardCharsets.UTF_8), status, code, param);
        }

        @Override
        public String toString() {
            return name.substring(0, Math.min(name.length(), 90));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).sections("limits: {max_body: 4 MiB}"));
        Asked.chat(service, "hy3", false);
    }

    @AfterAll
    static void stop(TestReporter reporter) {
        List<Long> sorted = MICROS.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            reporter.publishEntry(Map.of(
                    "refused", Integer.toString(sorted.size()),
                    "median", sorted.get(sorted.size() / 2) + " us",
                    "longest", sorted.getLast() + " us"));
        }
        service.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    @AfterEach
    void a_fresh_connection_is_served() throws IOException {
        try (RawConnection connection = service.connect()) {
            connection.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + AppHome.PASSWORD
                    + "\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    static Stream<BadBody> texts_that_are_no_json() {
        return Stream.of(
                BadBody.notJson("nothing", ""),
                BadBody.notJson("blanks", " \r\n\t "),
                BadBody.notJson("null", "null"),
                BadBody.notJson("an array", "[1]"),
                BadBody.notJson("a string", "\"x\""),
                BadBody.notJson("a number", "7"),
                BadBody.notJson("an open brace", "{"),
                BadBody.notJson("a bare word", "{bad"),
                BadBody.notJson("a body that breaks off", GOOD.substring(0, GOOD.length() - 2)),
                BadBody.notJson("trailing junk", GOOD + "x"),
                BadBody.notJson("two documents", GOOD + GOOD),
                BadBody.notJson("two documents on two lines", GOOD + "\n" + GOOD),
                BadBody.notJson("a duplicate key", "{\"model\":\"hy3\",\"model\":\"hy3\"," + MESSAGES + "}"),
                BadBody.notJson("a trailing comma", "{\"model\":\"hy3\"," + MESSAGES + ",}"),
                BadBody.notJson("a comment", "{/* */\"model\":\"hy3\"," + MESSAGES + "}"),
                BadBody.notJson("single quotes", GOOD.replace('"', '\'')),
                BadBody.notJson("NaN", with("\"temperature\":NaN")),
                BadBody.notJson("a leading zero", with("\"temperature\":01")),
                BadBody.notJson("a NUL", "{\"model\":\"hy3\u0000\"," + MESSAGES + "}"),
                BadBody.notJson("a raw line end in a string", "{\"model\":\"h\ny3\"," + MESSAGES + "}"),
                BadBody.notJson("a bad escape", "{\"model\":\"\\x68y3\"," + MESSAGES + "}"),
                BadBody.notJson("half an escape", "{\"model\":\"\\ud8\"," + MESSAGES + "}"),
                new BadBody(
                        "invalid UTF-8",
                        bytes(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
                        400,
                        "invalid_json",
                        null),
                new BadBody("an overlong form", within(0xc0, 0xaf), 400, "invalid_json", null),
                new BadBody("a surrogate in UTF-8", within(0xed, 0xa0, 0x80), 400, "invalid_json", null),
                new BadBody("a cut character", within(0xe4, 0xb8), 400, "invalid_json", null),
                new BadBody("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16), 400, "invalid_json", null),
                BadBody.notJson("a number of a million digits", with("\"seed\":" + "7".repeat(1_000_000))),
                BadBody.notJson(
                        "a depth of a hundred thousand", with("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000))),
                BadBody.notJson(
                        "a depth of a hundred thousand objects",
                        with("\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
                BadBody.notJson("a hundred thousand messages", body(messages(100_000))),
                BadBody.notJson(
                        "a deep content",
                        body("{\"role\":\"user\",\"content\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")));
    }

    static Stream<BadBody> values_that_cannot_be_meant() {
        String big = "x".repeat(10 * 1024);
        return Stream.of(
                BadBody.missing("messages", "{}"),
                BadBody.missing("messages", "{\"model\":\"hy3\"}"),
                BadBody.missing("model", "{" + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":7," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":null," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":\"\"," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":\"h\\r\\ny3\"," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":\"" + big + "\"," + MESSAGES + "}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":null}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":{}}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":\"x\"}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":[]}"),
                BadBody.value("messages", body(messages(20_001))),
                BadBody.value("messages[0]", body("null")),
                BadBody.value("messages[1]", body("{\"role\":\"user\",\"content\":\"a\"},\"x\"")),
                BadBody.value("messages[0].role", body("{\"role\":\"wizard\",\"content\":\"a\"}")),
                BadBody.value("messages[0].role", body("{\"role\":7,\"content\":\"a\"}")),
                BadBody.missing("messages[0].role", body("{\"content\":\"a\"}")),
                BadBody.missing("messages[0].content", body("{\"role\":\"user\"}")),
                BadBody.value("messages[0].content", body("{\"role\":\"user\",\"content\":7}")),
                BadBody.value("messages[0].content", body("{\"role\":\"user\",\"content\":{}}")),
                BadBody.value("messages[0].content[0]", body("{\"role\":\"user\",\"content\":[1]}")),
                BadBody.missing("messages[0].content[0].type", body("{\"role\":\"user\",\"content\":[{}]}")),
                BadBody.value("stream", with("\"stream\":\"true\"")),
                BadBody.value("stream", with("\"stream\":1")),
                BadBody.value("stream_options", with("\"stream_options\":{\"include_usage\":true}")),
                BadBody.value("stream_options", with("\"stream\":true,\"stream_options\":7")),
                BadBody.value(
                        "stream_options.include_usage",
                        with("\"stream\":true,\"stream_options\":{\"include_usage\":\"yes\"}")),
                BadBody.value("n", with("\"n\":0")),
                BadBody.value("n", with("\"n\":\"1\"")),
                BadBody.of("n 2", with("\"n\":2"), 400, "unsupported_parameter", "n"),
                BadBody.of("n a billion", with("\"n\":1000000000"), 400, "unsupported_parameter", "n"),
                BadBody.value("temperature", with("\"temperature\":\"NaN\"")),
                BadBody.value("max_tokens", with("\"max_tokens\":-1")),
                BadBody.value("max_tokens", with("\"max_tokens\":9223372036854775808")),
                BadBody.value("max_completion_tokens", with("\"max_completion_tokens\":1.5")),
                BadBody.value("tools", with("\"tools\":{}")),
                BadBody.value("tools", with("\"tools\":[" + tools(10_000) + "]")),
                BadBody.value("tools[0]", with("\"tools\":[1]")),
                BadBody.value("tools[1].function.name", with("\"tools\":[" + tools(1) + "," + tool("two words") + "]")),
                BadBody.value(
                        "tool_choice",
                        with("\"tools\":[" + tools(1)
                                + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"other\"}}")),
                BadBody.value("tool_choice", with("\"tools\":[" + tools(1) + "],\"tool_choice\":7")),
                BadBody.value("tool_choice", with("\"tool_choice\":\"required\"")),
                BadBody.value("stop", with("\"stop\":7")),
                BadBody.value("stop[1]", with("\"stop\":[\"a\",7]")),
                BadBody.value("stop", with("\"stop\":[" + "\"a\",".repeat(9_999) + "\"a\"]")));
    }

    @ParameterizedTest
    @MethodSource({"texts_that_are_no_json", "values_that_cannot_be_meant"})
    void a_bad_body_is_refused_with_the_path_of_its_field(BadBody bad) throws Exception {
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(connection, request(bad.body()));

            assertThat(response.status()).as("%s", response).isEqualTo(bad.status());
            assertThat(response.error().path("code").asText())
                    .as("%s", response)
                    .isEqualTo(bad.code());
            assertThat(response.error().path("param").asText(null))
                    .as("%s", response)
                    .isEqualTo(bad.param());
            assertThat(response.error().path("type").asText()).isEqualTo("invalid_request_error");
            ErrorContract.isKept(response);
            isServedOnOrClosed(connection, response);
            nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization:",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: correct-horse-battery",
                "Authorization: Basic Y29ycmVjdDpob3JzZQ==",
                "Authorization: Bearer wrong",
                "Authorization: Bearer correct-horse-batter",
                "Authorization: Bearer correct-horse-battery2",
                "Authorization: Bearer CORRECT-HORSE-BATTERY",
                "Authorization: Bearer correct-horse-battery, Bearer other",
                "Authorization: Bearer correct-horse-battery\r\nAuthorization: Bearer correct-horse-battery",
                "Authorization: Bearer gr\u00fc\u00dfe",
                "Cookie: password=correct-horse-battery",
                "x-api-key: correct-horse-battery",
                "Authorization: Bearer $long",
            })
    void who_does_not_show_the_password_is_unauthorized(String header) throws Exception {
        String sent = header.replace("$long", "x".repeat(8 * 1024));
        for (String target : List.of("/v1/chat/completions", "/codebuddy/v1/chat/completions")) {
            try (RawConnection connection = service.connect()) {
                RawResponse response = send(
                        connection,
                        ("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + (sent.isEmpty() ? "" : sent + "\r\n") + "Content-Length: " + GOOD.length()
                                        + "\r\n\r\n" + GOOD)
                                .getBytes(StandardCharsets.ISO_8859_1));

                assertThat(response.status()).as("%s", response).isEqualTo(401);
                assertThat(response.error().path("code").asText()).isEqualTo("invalid_api_key");
                assertThat(response.header("www-authenticate")).contains("Bearer");
                ErrorContract.isKept(response);
                nothingReachedTheUpstream();
            }
        }
    }

    @Test
    void a_password_in_the_query_is_none() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send("GET /v1/models?key=" + AppHome.PASSWORD + "&api_key=" + AppHome.PASSWORD
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(401);
        }
    }

    @Test
    void a_missing_and_a_wrong_password_differ_in_the_message_alone() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (String header : List.of("", "Authorization: Bearer wrong\r\n")) {
            try (RawConnection connection = service.connect()) {
                connection.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n");
                bodies.add(connection.read().text().replaceAll("\"(message|detail)\":\"[^\"]*\"", ""));
            }
        }

        assertThat(Set.copyOf(bodies)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, POST",
        "PUT, /v1/chat/completions, POST",
        "PATCH, /v1/chat/completions, POST",
        "DELETE, /codebuddy/v1/chat/completions, POST",
        "TRACE, /v1/chat/completions, POST",
        "POST, /v1/models, GET",
        "DELETE, /health, GET",
    })
    void another_method_is_told_the_right_one(String method, String path, String allowed) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(method + " " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nX-Echo: echo-me\r\nContent-Length: 0\r\n\r\n");
            RawResponse response = connection.read();

            assertThat(response.status()).as("%s", response).isEqualTo(405);
            assertThat(response.header("allow").orElse("")).contains(allowed);
            assertThat(response.error().path("code").asText()).isEqualTo("method_not_allowed");
            assertThat(response.text()).doesNotContain("echo-me");
            ErrorContract.isKept(response);
        }
    }

    @Test
    void head_of_a_posting_route_has_no_body() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send("HEAD /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            RawResponse response = connection.readWithoutBody();

            assertThat(response.status()).isEqualTo(405);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "CONNECT", "P\u0000ST", "$long", "BREW"})
    void a_method_that_nobody_knows_is_refused(String method) throws Exception {
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(
                    connection,
                    (method.replace("$long", "X".repeat(20 * 1024)) + " /v1/chat/completions HTTP/1.1\r\n"
                                    + "Host: localhost\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));

            assertThat(response.status()).as("%s", response).isIn(400, 401, 404, 405, 414, 431, 501);
            ErrorContract.isKept(response);
            nothingReachedTheUpstream();
        }
    }

    /** However the path is written, nobody gets in without the password, and with it nothing odd happens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/chat/completions",
                "/v1//chat/completions",
                "/v1/./chat/completions",
                "/v1/x/../chat/completions",
                "/v1/%2e%2e/v1/chat/completions",
                "/health/../v1/chat/completions",
                "/health/%2e%2e/v1/chat/completions",
                "/v1%2fchat%2fcompletions",
                "/v1%5cchat%5ccompletions",
                "/v1\\chat\\completions",
                "/v1/chat/completions;a=b",
                "/v1/chat;a=b/completions",
                "/v1/chat/completions%00",
                "/v1/chat/completions%c0%af",
                "/v1/chat/completions%zz",
                "/V1/CHAT/COMPLETIONS",
                "/v1/chat/completions/x",
                "/v1/%63hat/completions",
                "*",
                "v1/chat/completions",
                "/$long",
            })
    void another_way_to_write_the_path_opens_nothing(String path) throws Exception {
        for (String key : List.of("wrong", AppHome.PASSWORD)) {
            try (RawConnection connection = service.connect()) {
                RawResponse response = send(
                        connection,
                        Asked.request(GOOD)
                                .replace("POST " + Asked.CHAT, "POST " + path.replace("$long", "x".repeat(5 * 1024)))
                                .replace(AppHome.PASSWORD, key)
                                .getBytes(StandardCharsets.UTF_8));

                if (response.status() == 200) {
                    assertThat(key).isEqualTo(AppHome.PASSWORD);
                } else {
                    assertThat(response.status()).as("%s", response).isIn(400, 401, 404, 414, 421);
                    ErrorContract.isKept(response);
                    nothingReachedTheUpstream();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing        |                              | 400
            two            | Host: localhost~Host: localhost | 400
            empty          | Host:                        | 400,421
            foreign        | Host: evil.example           | 421
            foreign port   | Host: evil.example:8001      | 421
            with a path    | Host: localhost/x            | 400,421
            with a user    | Host: a@localhost            | 400,421
            """)
    void a_host_that_is_not_ours_is_refused(String name, String host, String statuses) throws Exception {
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(
                    connection,
                    Asked.request(GOOD)
                            .replace("Host: localhost\r\n", host == null ? "" : host.replace("~", "\r\n") + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(statuses.split(",", -1))
                    .as("%s: %s", name, response)
                    .contains(Integer.toString(response.status()));
            ErrorContract.isKept(response);
            nothingReachedTheUpstream();
        }
    }

    @Test
    void an_absolute_target_of_another_host_is_refused() throws Exception {
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(
                    connection,
                    Asked.request(GOOD)
                            .replace("POST /", "POST http://evil.example/")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(response.status()).as("%s", response).isIn(400, 421);
            nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void a_page_of_another_site_is_refused(String header) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(GOOD, header));
            RawResponse response = connection.read();

            assertThat(response.status()).as("%s", response).isEqualTo(403);
            assertThat(response.error().path("code").asText()).isEqualTo("origin_not_allowed");
            assertThat(response.headers())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("access-control"));
            ErrorContract.isKept(response);
            nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type:",
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json; charset=nope",
                "Content-Type: application/jsonp",
                "Content-Type: text/json",
                "Content-Type: application/json\r\nContent-Type: text/plain",
            })
    void a_body_that_is_not_declared_as_json_is_refused(String header) throws Exception {
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(
                    connection,
                    Asked.request(GOOD)
                            .replace("Content-Type: application/json\r\n", header.isEmpty() ? "" : header + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(response.status()).as("%s", response).isEqualTo(415);
            assertThat(response.error().path("code").asText()).isEqualTo("unsupported_media_type");
            ErrorContract.isKept(response);
            nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "gzip, gzip"})
    void a_compressed_body_is_refused(String encoding) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(GOOD, "Content-Encoding: " + encoding));
            RawResponse response = connection.read();

            assertThat(response.status()).as("%s", response).isIn(400, 415);
            ErrorContract.isKept(response);
            nothingReachedTheUpstream();
        }
    }

    /** Framing that two readers could understand differently: refused, and what follows never runs as a request. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            length and chunks     | Transfer-Encoding: chunked~Content-Length: 5   | 0~~
            two lengths           | Content-Length: 5~Content-Length: 6            | 12345
            a negative length     | Content-Length: -1                             | x
            a length of words     | Content-Length: five                           | 12345
            an unknown coding     | Transfer-Encoding: xchunked                    | 0~~
            chunked not last      | Transfer-Encoding: chunked, gzip               | 0~~
            a bad chunk size      | Transfer-Encoding: chunked                     | zz~{}~0~~
            a huge chunk size     | Transfer-Encoding: chunked                     | FFFFFFFFFFFFFFFF~{}~0~~
            a folded header       | X-Conversation-ID: a~ b                        |
            a blank before colon  | X-Conversation-ID : a                          |
            a NUL in a header     | X-Conversation-ID: a\\0b                       |
            """)
    void ambiguous_framing_is_refused_and_the_connection_closed(String name, String headers, String body)
            throws Exception {
        try (RawConnection connection = service.connect()) {
            String request = "POST " + Asked.CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + AppHome.PASSWORD + "\r\nContent-Type: application/json\r\n" + headers.replace("\\0", "\0") + "~~"
                    + (body == null ? "" : body) + "GET /health HTTP/1.1~Host: localhost~~";
            RawResponse response = send(connection, request.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1));

            assertThat(response.status()).as("%s: %s", name, response).isIn(400, 413, 501);
            ErrorContract.isKept(response);
            endsWithoutAnotherAnswer(connection);
            nothingReachedTheUpstream();
        }
    }

    @Test
    void a_body_that_ends_early_is_no_request() throws Exception {
        try (RawConnection connection = service.connect()) {
            String request = Asked.request(GOOD);
            connection.send(request.substring(0, request.length() - 10));
            connection.halfClose();

            String answer = new String(connection.readToEnd(), StandardCharsets.UTF_8);
            assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"))
                    .as(answer)
                    .isTrue();
            nothingReachedTheUpstream();
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_is_told_to_go_on() throws Exception {
        try (RawConnection connection = service.connect()) {
            String request = Asked.request(GOOD, "Expect: 100-continue");
            int body = request.indexOf("\r\n\r\n") + 4;
            connection.send(request.substring(0, body));
            assertThat(connection.readHead().status()).isEqualTo(100);
            connection.send(request.substring(body));

            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_at_the_limit_is_read_and_one_byte_more_is_not() throws Exception {
        int limit = 4 * 1024 * 1024;
        String start = GOOD.substring(0, GOOD.length() - 1) + ",\"x\":\"";
        String atLimit = start + "y".repeat(limit - start.length() - 2) + "\"}";
        try (RawConnection connection = service.connect()) {
            assertThat(send(connection, request(atLimit.getBytes(StandardCharsets.US_ASCII)))
                            .status())
                    .isEqualTo(200);
        }
        simulator.journal().clear();
        for (boolean chunked : List.of(false, true)) {
            try (RawConnection connection = service.connect()) {
                String over = atLimit.substring(0, atLimit.length() - 2) + "y\"}";
                String request = Asked.request(over);
                if (chunked) {
                    request = request.replaceFirst("Content-Length: (\\d+)", "Transfer-Encoding: chunked")
                                    .replace("\r\n\r\n{", "\r\n\r\n" + Integer.toHexString(over.length()) + "\r\n{")
                            + "\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
                }
                RawResponse response = send(connection, request.getBytes(StandardCharsets.US_ASCII));

                assertThat(response.status()).as("chunked " + chunked).isEqualTo(413);
                assertThat(response.error().path("code").asText()).isEqualTo("request_too_large");
                ErrorContract.isKept(response);
                endsWithoutAnotherAnswer(connection);
                nothingReachedTheUpstream();
            }
        }
    }

    @Test
    void a_body_that_is_announced_too_large_is_refused_before_it_is_sent() throws Exception {
        try (RawConnection connection = service.connect()) {
            String request = Asked.request(GOOD).replaceFirst("Content-Length: \\d+", "Content-Length: 52428800");
            connection.send(request.substring(0, request.indexOf("\r\n\r\n") + 4));

            RawResponse response = connection.read();
            assertThat(response.status()).isEqualTo(413);
            ErrorContract.isKept(response);
        }
    }

    @Test
    void a_million_keys_are_read_or_refused_but_not_fatal() throws Exception {
        StringBuilder keys = new StringBuilder(GOOD.substring(0, GOOD.length() - 1));
        for (int key = 0; key < 250_000; key++) {
            keys.append(",\"k").append(key).append("\":1");
        }
        try (RawConnection connection = service.connect()) {
            RawResponse response =
                    send(connection, request(keys.append('}').toString().getBytes(StandardCharsets.US_ASCII)));

            assertThat(response.status()).as("%s", response).isIn(200, 400, 413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"size", "number"})
    void too_many_headers_are_refused(String what) throws Exception {
        String headers = what.equals("size")
                ? "X-Big: " + "x".repeat(16 * 1024) + "\r\n"
                : IntStream.range(0, 1_000).mapToObj(i -> "X-" + i + ": 1\r\n").collect(Collectors.joining());
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(
                    connection,
                    Asked.request(GOOD)
                            .replace("Host: localhost\r\n", "Host: localhost\r\n" + headers)
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(response.status()).as("%s", response).isIn(400, 431);
            ErrorContract.isKept(response);
            nothingReachedTheUpstream();
        }
    }

    @Test
    void a_request_id_is_taken_over_only_if_it_is_harmless() throws Exception {
        for (String id : List.of("x".repeat(10 * 1024), "a\u001b[31mb", "a b", "\u00fc", "x".repeat(65))) {
            assertThat(idAnswered(id)).isNotEqualTo(id).matches("[A-Za-z0-9._-]{1,64}");
        }
        assertThat(idAnswered("Mine._-1")).isEqualTo("Mine._-1");
    }

    @Test
    void forwarded_addresses_change_nothing() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(
                    GOOD, "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"));

            assertThat(connection.read().status()).isEqualTo(200);
        }
        assertThat(simulator.journal().requests().getFirst().headers().toString())
                .doesNotContain("orwarded", "evil");
    }

    /** Fields with which some clients address other gateways: they do nothing here, and go nowhere. */
    @Test
    void fields_that_try_to_lead_elsewhere_do_nothing() throws Exception {
        String elsewhere = simulator.uri() + "/elsewhere";
        RawResponse response = Asked.chat(
                service,
                "hy3",
                false,
                ",\"api_base\":\"" + elsewhere + "\",\"base_url\":\"" + elsewhere + "\",\"api_key\":\"stolen-key\"",
                ",\"headers\":{\"Authorization\":\"Bearer stolen-key\"},\"extra_headers\":{\"X-Evil\":\"1\"}");

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(simulator.journal().requests()).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/v2/chat/completions");
            assertThat(call.body().text() + call.headers()).doesNotContain("elsewhere", "stolen-key", "X-Evil");
        });
    }

    @Test
    void the_address_of_a_picture_is_not_fetched_by_us() throws Exception {
        String picture = simulator.uri() + "/picture.png";
        String content = "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + picture + "\"}}]";
        try (RawConnection connection = service.connect()) {
            RawResponse response = send(
                    connection,
                    request("{\"model\":\"glm-4.6v\",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}"));
            assertThat(response.status()).as("%s", response).isEqualTo(400);
        }

        assertThat(simulator.journal().requests()).noneMatch(call -> call.path().startsWith("/picture"));
    }

    @Test
    void an_unknown_route_is_told_in_our_envelope() throws Exception {
        for (String path : List.of("/nothing", "/v1", "/v1/responses", "/codebuddy", "/api/nothing", "/v1/chat")) {
            try (RawConnection connection = service.connect()) {
                connection.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                RawResponse response = connection.read();

                assertThat(response.status()).as(path).isEqualTo(404);
                assertThat(response.error().path("code").asText()).isEqualTo("unknown_route");
                ErrorContract.isKept(response);
            }
        }
    }

    private static String idAnswered(String id) throws IOException {
        try (RawConnection connection = service.connect()) {
            connection.send(("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            return connection.read().header("x-request-id").orElseThrow();
        }
    }

    /** What was kept open serves a good request; what was not is closed. */
    private static void isServedOnOrClosed(RawConnection connection, RawResponse response) throws IOException {
        if (response.header("connection").orElse("").equalsIgnoreCase("close")) {
            assertThat(connection.awaitEnd()).isTrue();
        } else {
            connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    /** The server skips what it refused for a while; that nothing more will come spares waiting for that. */
    private static void endsWithoutAnotherAnswer(RawConnection connection) throws IOException {
        connection.halfClose();
        assertThat(new String(connection.readToEnd(), StandardCharsets.UTF_8)).doesNotContain("healthy");
    }

    private static void nothingReachedTheUpstream() {
        assertThat(simulator.journal().requests()).isEmpty();
    }

    /** Sends and reads, also when the server answers before it has read everything. */
    private static RawResponse send(RawConnection connection, byte[] request) throws IOException {
        long start = System.nanoTime();
        try {
            connection.send(request);
        } catch (IOException refusedEarly) {
            // The answer came first; it is read below.
        }
        RawResponse response = connection.read();
        MICROS.add((System.nanoTime() - start) / 1_000);
        return response;
    }

    private static byte[] request(String body) {
        return request(body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] request(byte[] body) {
        String head = Asked.request("").replace("Content-Length: 0", "Content-Length: " + body.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** A good body with one more member. */
    private static String with(String member) {
        return "{\"model\":\"hy3\"," + MESSAGES + "," + member + "}";
    }

    private static String body(String messages) {
        return "{\"model\":\"hy3\",\"messages\":[" + messages + "]}";
    }

    private static String messages(int count) {
        return "{\"role\":\"user\",\"content\":\"a\"},".repeat(count - 1) + "{\"role\":\"user\",\"content\":\"a\"}";
    }

    private static String tools(int count) {
        return IntStream.range(0, count).mapToObj(i -> tool("tool_" + i)).collect(Collectors.joining(","));
    }

    private static String tool(String name) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}";
    }

    /** A good body whose text holds these bytes. */
    private static byte[] within(int... bytes) {
        String[] halves = GOOD.split("prime", 2);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(halves[0].getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(bytes(bytes));
        body.writeBytes(halves[1].getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
