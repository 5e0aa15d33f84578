package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.http.HttpOptions.Deadlines;
import io.github.codebuddy2api.http.HttpOptions.Limits;
import io.github.codebuddy2api.http.HttpOptions.Listen;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the owner changes takes effect while the server runs. */
class LiveOptionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(100);

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one"));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private void limits(int maxBody, int maxLine, int maxHeaderBytes, int maxHeaders, int maxConnections) {
        owned.options =
                owned.options.with(new Limits(maxBody, maxLine, maxHeaderBytes, maxHeaders, maxConnections, 256));
    }

    @Test
    void the_limit_on_bodies() {
        String body = "{\"model\":\"" + "x".repeat(2000) + "\"}";
        assertThat(owned.post("/v1/chat/completions", body).status()).isEqualTo(400);

        limits(1000, 4096, 16 * 1024, 100, 64);

        assertThat(owned.post("/v1/chat/completions", body).status()).isEqualTo(413);
        try (RawCaller caller = owned.connect()) {
            caller.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Served.PASSWORD
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n{");
            assertThat(caller.response().status()).isEqualTo(413);
        }
    }

    @Test
    void the_limits_on_heads() {
        String path = "/health?" + "x".repeat(500);
        String headers = ("A: " + "x".repeat(100) + "\r\n").repeat(4) + "B: 1\r\nC: 1\r\n";
        assertThat(owned.stranger("GET", path, headers, "").status()).isEqualTo(200);

        limits(1000, 300, 16 * 1024, 100, 64);
        assertThat(owned.stranger("GET", path, headers, "").status()).isEqualTo(414);
        limits(1000, 4096, 300, 100, 64);
        assertThat(owned.stranger("GET", path, headers, "").status()).isEqualTo(400);
        limits(1000, 4096, 16 * 1024, 3, 64);
        assertThat(owned.stranger("GET", path, headers, "").status()).isEqualTo(431);
        limits(1000, 4096, 16 * 1024, 100, 64);
        assertThat(owned.stranger("GET", path, headers, "").status()).isEqualTo(200);
    }

    @Test
    void the_number_of_connections() throws IOException {
        limits(1000, 4096, 16 * 1024, 100, 1);
        try (RawCaller first = owned.connect()) {
            assertThat(first.ask("GET", "/health").response().status()).isEqualTo(200);
            try (RawCaller second = owned.connect().ask("GET", "/health")) {
                assertThat(first.ask("GET", "/health").response().status()).isEqualTo(200);

                first.socket().shutdownOutput();

                assertThat(second.response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void more_connections_than_may_wait_are_closed() {
        limits(1000, 4096, 16 * 1024, 100, 1);
        try (RawCaller first = owned.connect()) {
            assertThat(first.ask("GET", "/health").response().status()).isEqualTo(200);
            List<RawCaller> waiting = Stream.generate(owned::connect).limit(65).toList();

            boolean oneIsClosed = waiting.getLast().isClosedByServer();

            waiting.forEach(RawCaller::close);
            assertThat(oneIsClosed).isTrue();
        }
    }

    @Test
    void the_deadlines_even_of_connections_that_are_open() {
        try (RawCaller caller = owned.connect()) {
            assertThat(caller.ask("GET", "/health").response().status()).isEqualTo(200);
            owned.options = owned.options.with(new Deadlines(SHORT, LONG, LONG, LONG, SHORT));
            caller.send("GET /hea");

            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @Test
    void the_names_under_which_we_are_known() {
        String named = "GET /health HTTP/1.1\r\nHost: api.example\r\n\r\n";
        try (RawCaller caller = owned.connect()) {
            assertThat(caller.send(named).response().status()).isEqualTo(421);

            owned.options = owned.options.with(new Listen("127.0.0.1", 0, List.of("api.example")));

            assertThat(caller.send(named).response().status()).isEqualTo(200);
        }
    }

    @Test
    void the_password() {
        assertThat(owned.get("/v1/models").status()).isEqualTo(200);

        owned.password = ServerPassword.from("another long password", true);

        assertThat(owned.get("/v1/models").status()).isEqualTo(401);
    }
}
