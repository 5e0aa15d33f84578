package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P21;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.codebuddy2api.proofs.Proof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way to turn a token to somebody it is not meant for. He listens, and must hear nothing. */
final class TokenSinkTest {
    private static final String START = "/codebuddy/auth/start";
    private static final List<Integer> REDIRECTS = List.of(300, 301, 302, 303, 307, 308);

    private final AtomicInteger heardUpstream = new AtomicInteger();
    private final AtomicInteger heardSink = new AtomicInteger();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private HttpServer upstream;
    private ServerSocket sink;
    private ServiceUnderTest service;

    // What the upstream answers.
    private volatile int status = 302;
    private volatile String body = "";
    private volatile String location = "";

    @BeforeEach
    void start() throws Exception {
        upstream = server(this::upstream);
        sink = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::hear);
        service = ServiceUnderTest.start(
                Setup.with(uri(upstream)).withManyTokens().sections("settings: {allow_sensitive: true}"));
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        upstream.stop(0);
        sink.close();
    }

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    private static HttpServer server(Answering answering) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", answering::to);
        server.start();
        return server;
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Counts whoever connects, whatever he speaks. */
    private void hear() {
        while (!sink.isClosed()) {
            try {
                sink.accept().close();
                heardSink.incrementAndGet();
            } catch (IOException closed) {
                // The loop ends if it is the listener.
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void upstream(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (authorization.contains("token-")) {
            heardUpstream.incrementAndGet();
            tokens.add(authorization);
        }
        if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
        }
        answer(exchange, status, body);
    }

    /** Addresses of the sink, each written in another way. */
    private List<String> addresses() {
        int port = sink.getLocalPort();
        return List.of(
                "http://127.0.0.1:" + port,
                "http://localhost:" + port,
                "http://127.1:" + port,
                "http://0x7f.1:" + port,
                "http://0x7f000001:" + port,
                "http://2130706433:" + port,
                "http://017700000001:" + port,
                "http://[::ffff:127.0.0.1]:" + port,
                "http://[::ffff:7f00:1]:" + port,
                "http://[0:0:0:0:0:ffff:7f00:1]:" + port,
                "http://0.0.0.0:" + port,
                "http://www.codebuddy.ai@127.0.0.1:" + port,
                "http://user:pass@127.0.0.1:" + port,
                "http://127.0.0.1:" + port + "#www.codebuddy.ai",
                "http://127.0.0.1:" + port + "?www.codebuddy.ai",
                "http://127.0.0.1:" + port + "/www.codebuddy.ai",
                "//127.0.0.1:" + port,
                "https://127.0.0.1:" + port,
                "https://localhost:" + port,
                "https://0x7f.1:" + port,
                "https://www.codebuddy.ai@localhost:" + port,
                "https://www.codebuddy.ai:443@localhost:" + port,
                "https://www.codebuddy.ai\\\\@localhost:" + port,
                "https://www.codebuddy.ai.localhost:" + port,
                "https://www.c\u043edebuddy.ai",
                "https://www.codebuddy\u3002ai.localhost:" + port,
                "https://xn--cdebuddy-zbg.ai",
                "HTTP://LOCALHOST:" + port,
                "file:///etc/passwd");
    }

    @Test
    @Tag("trust")
    @Tag("P21")
    void nobody_hears_a_token_whom_it_is_not_meant_for() throws Exception {
        Proof proof = Proof.of(P21, "tokens-at-the-sink");
        proof.show(() -> {
            int attempts = redirects() + settings() + logins() + files();
            assertThat(heardSink).as("connections at the sink").hasValue(0);
            assertThat(heardUpstream).as("the attempts did send tokens").hasPositiveValue();
            return "%d attempts by redirects, the settings API, sign-in replies and credential files:"
                            .formatted(attempts)
                    + " %d connections at the sink, %d tokens where they belong"
                            .formatted(heardSink.get(), heardUpstream.get());
        });
    }

    private int redirects() throws IOException {
        int attempts = 0;
        for (int redirect : REDIRECTS) {
            status = redirect;
            for (String address : List.of(
                    "http://127.0.0.1:" + sink.getLocalPort() + "/x", "//127.0.0.1:" + sink.getLocalPort() + "/x")) {
                location = address;
                for (boolean stream : new boolean[] {true, false}) {
                    RawResponse answered = Calls.to(service).chat("hy3", stream);
                    assertThat(answered.status()).as("%s", answered).isNotEqualTo(200);
                    attempts++;
                }
                Calls.to(service).get("/v1/models");
                attempts++;
            }
        }
        location = "";
        return attempts;
    }

    private int settings() throws IOException {
        status = 500;
        int attempts = 0;
        String before = Calls.to(service)
                .get("/api/settings")
                .json()
                .at("/settings/CODEBUDDY_API_ENDPOINT")
                .asText();
        for (String address : addresses()) {
            RawResponse told = Calls.to(service)
                    .post("/api/settings", "{\"settings\":{\"CODEBUDDY_API_ENDPOINT\":\"" + address + "\"}}");
            assertThat(told.status()).as("%s: %s", address, told).isBetween(400, 499);
            Calls.to(service).chat("hy3", false);
            attempts++;
        }
        assertThat(Calls.to(service)
                        .get("/api/settings")
                        .json()
                        .at("/settings/CODEBUDDY_API_ENDPOINT")
                        .asText())
                .isEqualTo(before);
        return attempts;
    }

    private int logins() throws IOException {
        status = 200;
        int attempts = 0;
        for (String address : addresses()) {
            body = "{\"code\":0,\"data\":{\"state\":\"fake\",\"authUrl\":\"" + address + "/login?state=fake\"}}";
            RawResponse started = Calls.to(service).get(START);
            assertThat(started.json().path("success").asBoolean(true))
                    .as("%s: %s", address, started)
                    .isFalse();
            assertThat(started.text()).doesNotContain(String.valueOf(sink.getLocalPort()));
            attempts++;
        }
        return attempts;
    }

    /** Accounts whose files name the sink, and no others, so that each of them is used. */
    private int files() throws Exception {
        status = 500;
        body = "";
        AppHome home = AppHome.empty();
        home.config(Setup.with(uri(upstream)).yaml(ServiceUnderTest.freePort()));
        List<String> named = new ArrayList<>();
        for (String address : addresses()) {
            String host = address.replaceFirst("^.*//", "");
            String token = "token-elsewhere-" + named.size();
            home.credential(
                    "elsewhere-" + named.size() + ".json",
                    "{\"bearer_token\":\"%s\",\"domain\":\"%s\",\"endpoint\":\"%s\",\"api_endpoint\":\"%s\"}"
                            .formatted(token, host, address, address));
            named.add("Bearer " + token);
        }
        try (ServiceUnderTest others = ServiceUnderTest.start(home, home.port(), List.of())) {
            for (int i = 0; i < named.size(); i++) {
                Calls.to(others).chat("hy3", false);
            }
        }
        assertThat(tokens).as("each was used").containsAll(named);
        return named.size();
    }
}
