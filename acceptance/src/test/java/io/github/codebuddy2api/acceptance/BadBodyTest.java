package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bad-input matrix, 6.1 and the chat row of 6.2, as far as the body is concerned. */
final class BadBodyTest {
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
    @MethodSource({
        "io.github.codebuddy2api.acceptance.BadBodies#textsThatAreNoJson",
        "io.github.codebuddy2api.acceptance.BadBodies#valuesThatCannotBeMeant"
    })
    void a_bad_body_is_refused_with_the_path_of_its_field(BadBodies.BadBody bad) throws Exception {
        try (RawConnection connection = caller.connect()) {
            RawResponse response =
                    caller.send(connection, Asked.requestWith(bad.body().toArray()));

            assertThat(response.status()).as("%s", response).isEqualTo(bad.status());
            assertThat(response.error().path("code").asText())
                    .as("%s", response)
                    .isEqualTo(bad.code());
            assertThat(response.error().path("param").asText(null))
                    .as("%s", response)
                    .isEqualTo(bad.param());
            assertThat(response.error().path("type").asText()).isEqualTo("invalid_request_error");
            ErrorContract.isKept(response);
            caller.isServedOnOrClosed(connection, response);
            caller.nothingReachedTheUpstream();
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
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection,
                    Asked.request(GOOD)
                            .replace("Content-Type: application/json\r\n", header.isEmpty() ? "" : header + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(response.status()).as("%s", response).isEqualTo(415);
            assertThat(response.error().path("code").asText()).isEqualTo("unsupported_media_type");
            ErrorContract.isKept(response);
            caller.nothingReachedTheUpstream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "gzip, gzip"})
    void a_compressed_body_is_refused(String encoding) throws Exception {
        try (RawConnection connection = caller.connect()) {
            connection.send(Asked.request(GOOD, "Content-Encoding: " + encoding));
            RawResponse response = connection.read();

            assertThat(response.status()).as("%s", response).isIn(400, 415);
            ErrorContract.isKept(response);
            caller.nothingReachedTheUpstream();
        }
    }

    @Test
    void a_body_that_ends_early_is_no_request() throws Exception {
        try (RawConnection connection = caller.connect()) {
            String request = Asked.request(GOOD);
            connection.send(request.substring(0, request.length() - 10));
            connection.halfClose();

            String answer = new String(connection.readToEnd(), StandardCharsets.UTF_8);
            assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"))
                    .as(answer)
                    .isTrue();
            caller.nothingReachedTheUpstream();
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_is_told_to_go_on() throws Exception {
        try (RawConnection connection = caller.connect()) {
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
        try (RawConnection connection = caller.connect()) {
            assertThat(caller.send(connection, Asked.requestWith(atLimit.getBytes(StandardCharsets.US_ASCII)))
                            .status())
                    .isEqualTo(200);
        }
        caller.simulator().journal().clear();
        for (boolean chunked : List.of(false, true)) {
            try (RawConnection connection = caller.connect()) {
                String over = atLimit.substring(0, atLimit.length() - 2) + "y\"}";
                String request = Asked.request(over);
                if (chunked) {
                    request = request.replaceFirst("Content-Length: (\\d+)", "Transfer-Encoding: chunked")
                                    .replace("\r\n\r\n{", "\r\n\r\n" + Integer.toHexString(over.length()) + "\r\n{")
                            + "\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
                }
                RawResponse response = caller.send(connection, request.getBytes(StandardCharsets.US_ASCII));

                assertThat(response.status()).as("chunked " + chunked).isEqualTo(413);
                assertThat(response.error().path("code").asText()).isEqualTo("request_too_large");
                ErrorContract.isKept(response);
                caller.endsWithoutAnotherAnswer(connection);
                caller.nothingReachedTheUpstream();
            }
        }
    }

    @Test
    void a_body_that_is_announced_too_large_is_refused_before_it_is_sent() throws Exception {
        try (RawConnection connection = caller.connect()) {
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
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection, Asked.requestWith(keys.append('}').toString().getBytes(StandardCharsets.US_ASCII)));

            assertThat(response.status()).as("%s", response).isIn(200, 400, 413);
        }
    }

    /** Fields with which some clients address other gateways: they do nothing here, and go nowhere. */
    @Test
    void fields_that_try_to_lead_elsewhere_do_nothing() throws Exception {
        String elsewhere = caller.simulator().uri() + "/elsewhere";
        RawResponse response = Asked.chat(
                caller.service(),
                "hy3",
                false,
                ",\"api_base\":\"" + elsewhere + "\",\"base_url\":\"" + elsewhere + "\",\"api_key\":\"stolen-key\"",
                ",\"headers\":{\"Authorization\":\"Bearer stolen-key\"},\"extra_headers\":{\"X-Evil\":\"1\"}");

        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(caller.simulator().journal().requests()).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/v2/chat/completions");
            assertThat(call.body().text() + call.headers()).doesNotContain("elsewhere", "stolen-key", "X-Evil");
        });
    }

    @Test
    void the_address_of_a_picture_is_not_fetched_by_us() throws Exception {
        String picture = caller.simulator().uri() + "/picture.png";
        String content = "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + picture + "\"}}]";
        try (RawConnection connection = caller.connect()) {
            RawResponse response = caller.send(
                    connection,
                    Asked.request(
                            "{\"model\":\"glm-4.6v\",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}"));
            assertThat(response.status()).as("%s", response).isEqualTo(400);
        }

        assertThat(caller.simulator().journal().requests())
                .noneMatch(call -> call.path().startsWith("/picture"));
    }
}
