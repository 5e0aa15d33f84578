package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bad-input matrix, 6.1, as far as everything before the body is concerned. */
final class BadRequestTest {
    private static final String GOOD = Asked.body("hy3", false);

    private static HostileCaller caller;

    @BeforeAll
    static void start() throws Exception {
        caller = HostileCaller.start();
    }

    @AfterAll
    static void stop(TestReporter reporter) {
        caller.report(reporter);
        caller.close();
    }

    @AfterEach
    void a_fresh_connection_is_served() throws IOException {
        caller.aFreshConnectionIsServed();
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
            try (RawConnection connection = caller.connect()) {
                RawResponse response = caller.send(
                        connection,
                        ("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + (sent.isEmpty() ? "" : sent + "\r\n") + "Content-Length: " + GOOD.length()
                                        + "\r\n\r\n" + GOOD)
                                .getBytes(StandardCharsets.ISO_8859_1));

                assertThat(response.status()).as("%s", response).isEqualTo(401);
                assertThat(response.error().path("code").asText()).isEqualTo("invalid_api_key");
                assertThat(response.header("www-authenticate")).contains("Bearer");
                ErrorContract.isKept(response);
                caller.nothingReachedTheUpstream();
            }
        }
    }

    @Test
    void a_password_in_the_query_is_none() throws Exception {
        try (RawConnection connection = caller.connect()) {
            connection.send("GET /v1/models?key=" + AppHome.PASSWORD + "&api_key=" + AppHome.PASSWORD
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(401);
        }
    }

    @Test
    void a_missing_and_a_wrong_password_differ_in_the_message_alone() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (String header : List.of("", "Authorization: Bearer wrong\r\n")) {
            try (RawConnection connection = caller.connect()) {
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
        try (RawConnection connection = caller.connect()) {
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
        try (RawConnection connection = caller.connect()) {
            connection.send("HEAD /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            RawResponse response = connection.readWithoutBody();

            assertThat(response.status()).isEqualTo(405);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "CONNECT", "P\u0000ST", "$long", "BREW"})
    void a_method_that_nobody_knows_is_refused(String method) throws Exception {
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection,
                    (method.replace("$long", "X".repeat(20 * 1024)) + " /v1/chat/completions HTTP/1.1\r\n"
                                    + "Host: localhost\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));

            assertThat(response.status()).as("%s", response).isIn(400, 401, 404, 405, 414, 431, 501);
            ErrorContract.isKept(response);
            caller.nothingReachedTheUpstream();
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
            try (RawConnection connection = caller.connect()) {
                RawResponse response = caller.send(
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
                    caller.nothingReachedTheUpstream();
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
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection,
                    Asked.request(GOOD)
                            .replace("Host: localhost\r\n", host == null ? "" : host.replace("~", "\r\n") + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(statuses.split(",", -1))
                    .as("%s: %s", name, response)
                    .contains(Integer.toString(response.status()));
            ErrorContract.isKept(response);
            caller.nothingReachedTheUpstream();
        }
    }

    @Test
    void an_absolute_target_of_another_host_is_refused() throws Exception {
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection,
                    Asked.request(GOOD)
                            .replace("POST /", "POST http://evil.example/")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(response.status()).as("%s", response).isIn(400, 421);
            caller.nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void a_page_of_another_site_is_refused(String header) throws Exception {
        try (RawConnection connection = caller.connect()) {
            connection.send(Asked.request(GOOD, header));
            RawResponse response = connection.read();

            assertThat(response.status()).as("%s", response).isEqualTo(403);
            assertThat(response.error().path("code").asText()).isEqualTo("origin_not_allowed");
            assertThat(response.headers())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("access-control"));
            ErrorContract.isKept(response);
            caller.nothingReachedTheUpstream();
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
        try (RawConnection connection = caller.connect()) {
            String request = "POST " + Asked.CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + AppHome.PASSWORD + "\r\nContent-Type: application/json\r\n" + headers.replace("\\0", "\0") + "~~"
                    + (body == null ? "" : body) + "GET /health HTTP/1.1~Host: localhost~~";
            RawResponse response =
                    caller.send(connection, request.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1));

            assertThat(response.status()).as("%s: %s", name, response).isIn(400, 413, 501);
            ErrorContract.isKept(response);
            caller.endsWithoutAnotherAnswer(connection);
            caller.nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"size", "number"})
    void too_many_headers_are_refused(String what) throws Exception {
        String headers = what.equals("size")
                ? "X-Big: " + "x".repeat(16 * 1024) + "\r\n"
                : IntStream.range(0, 1_000).mapToObj(i -> "X-" + i + ": 1\r\n").collect(Collectors.joining());
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection,
                    Asked.request(GOOD)
                            .replace("Host: localhost\r\n", "Host: localhost\r\n" + headers)
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(response.status()).as("%s", response).isIn(400, 431);
            ErrorContract.isKept(response);
            caller.nothingReachedTheUpstream();
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
        try (RawConnection connection = caller.connect()) {
            connection.send(Asked.request(
                    GOOD, "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"));

            assertThat(connection.read().status()).isEqualTo(200);
        }
        assertThat(caller.simulator().journal().requests().getFirst().headers().toString())
                .doesNotContain("orwarded", "evil");
    }

    @Test
    void an_unknown_route_is_told_in_our_envelope() throws Exception {
        for (String path : List.of("/nothing", "/v1", "/v1/responses", "/codebuddy", "/api/nothing", "/v1/chat")) {
            try (RawConnection connection = caller.connect()) {
                connection.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                RawResponse response = connection.read();

                assertThat(response.status()).as(path).isEqualTo(404);
                assertThat(response.error().path("code").asText()).isEqualTo("unknown_route");
                ErrorContract.isKept(response);
            }
        }
    }

    private static String idAnswered(String id) throws IOException {
        try (RawConnection connection = caller.connect()) {
            connection.send(("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            return connection.read().header("x-request-id").orElseThrow();
        }
    }
}
