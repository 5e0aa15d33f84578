package io.github.codebuddy2api.codebuddy;

import static io.github.codebuddy2api.proofs.Promise.P21;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes before a request can be sent. */
class ConnectingTest extends LiveTest {
    private static final String STORE_PASSWORD = "only-for-this-test";
    private static final String ANSWER = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Connection: close\r
            \r
            data: {"choices":[{"index":0,"delta":{"content":"Seven"},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    @Tag("trust")
    @Tag("P21")
    void no_request_is_sent_to_whoever_shows_a_certificate_that_nobody_vouches_for() throws Exception {
        Proof proof = Proof.of(P21, "certificates-nobody-vouches-for");
        proof.show(() -> {
            int attempts = 0;
            try (ServerSocket server = selfSigned()) {
                options.set(at("https", server));

                assertThat(failureOf("glm-5.2"))
                        .isInstanceOfSatisfying(
                                UpstreamUnavailable.class,
                                failure -> assertThat(failure.reason()).isEqualTo(Reason.TLS));
                for (ThrowingCallable call : callsWithTokens()) {
                    assertThatThrownBy(call).isInstanceOf(GatewayException.class);
                    attempts++;
                }
                assertThat(requests).hasValue(0);
            }
            return "%d calls with a token to a TLS server with a certificate of its own: %d requests reached it"
                    .formatted(attempts + 1, requests.get());
        });
    }

    private List<ThrowingCallable> callsWithTokens() {
        return List.of(
                () -> complete("glm-5.2"),
                () -> codeBuddy.models().models(Credentials.of("a")),
                () -> codeBuddy.quotas().quota(Credentials.of("a")),
                () -> codeBuddy.accounts().accounts(Credentials.of("a")),
                () -> codeBuddy.refresher().refresh(Credentials.refreshable("a", Instant.EPOCH)));
    }

    @Test
    void a_test_host_is_believed_if_the_owner_says_so() throws Exception {
        try (ServerSocket server = selfSigned()) {
            options.set(at("https", server).withSslVerify(false));

            assertThat(complete("glm-5.2").choices().get(0).message().content()).isEqualTo("Seven");
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void whether_certificates_are_checked_can_be_changed_from_one_call_to_the_next() throws Exception {
        try (ServerSocket server = selfSigned()) {
            for (boolean check : new boolean[] {false, true, false, true}) {
                int before = requests.get();
                options.set(at("https", server).withSslVerify(check));

                if (check) {
                    assertThat(failureOf("glm-5.2")).isInstanceOf(UpstreamUnavailable.class);
                } else {
                    assertThat(complete("glm-5.2").choices()).hasSize(1);
                }
                assertThat(requests).hasValue(check ? before : before + 1);
            }
        }
    }

    @Test
    void a_connection_that_is_not_accepted_in_time_is_given_up() throws Exception {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // More than the backlog holds, so the next one gets no reply at all.
            for (int i = 0; i < 8; i++) {
                waiting.add(connecting(full));
            }
            options.set(at("http", full).withDeadlines(new Deadlines(SHORT, LONG, LONG, LONG, LONG)));

            assertThat(failureOf("glm-5.2"))
                    .isInstanceOfSatisfying(
                            UpstreamUnavailable.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    private CodeBuddyOptions at(String scheme, ServerSocket server) {
        return CodeBuddyOptions.at(URI.create(scheme + "://127.0.0.1:" + server.getLocalPort()));
    }

    private static SocketChannel connecting(ServerSocket to) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(to.getInetAddress(), to.getLocalPort()));
        return channel;
    }

    /** Answers every request that is sent to it, until it is closed. */
    private ServerSocket selfSigned() throws Exception {
        ServerSocket server =
                sslContext().getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    answer(socket);
                } catch (IOException notOurs) {
                    // A failed handshake, or the end of the test.
                }
            }
        });
        return server;
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = lines.readLine();
        if (line == null) {
            return;
        }
        requests.incrementAndGet();
        while (line != null && !line.isEmpty()) {
            line = lines.readLine();
        }
        socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.UTF_8));
    }

    private SSLContext sslContext() throws Exception {
        Path file = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
