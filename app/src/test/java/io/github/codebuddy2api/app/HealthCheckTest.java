package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthCheckTest {
    @TempDir
    Path home;

    @Test
    void a_running_service_is_healthy_also_when_it_listens_on_every_address() throws IOException {
        configure("0.0.0.0", 8001);
        try (Service service = Service.start(home, OptionalInt.of(0))) {
            configure("0.0.0.0", URI.create(service.address()).getPort());

            assertThatCode(() -> HealthCheck.ask(home)).doesNotThrowAnyException();
        }
    }

    @Test
    void a_service_is_asked_where_it_listens_whatever_the_file_says_by_now() throws IOException {
        configure("127.0.0.1", 8001);
        try (Service service = Service.start(home, OptionalInt.of(0))) {
            configure("127.0.0.1", 1);

            assertThatCode(() -> HealthCheck.ask(home)).as(service.address()).doesNotThrowAnyException();
        }

        assertThatThrownBy(() -> HealthCheck.ask(home)).isInstanceOf(IOException.class);
    }

    @Test
    void nobody_listening_is_not_healthy() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        configure("127.0.0.1", free);

        assertThatThrownBy(() -> HealthCheck.ask(home)).isInstanceOf(IOException.class);
    }

    @Test
    void another_answer_than_200_is_not_healthy() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configure("127.0.0.1", socket.getLocalPort());
            Thread.ofVirtual().start(() -> answer(socket));

            assertThatThrownBy(() -> HealthCheck.ask(home)).hasMessageContaining("503");
        }
    }

    @Test
    void asking_writes_nothing() {
        assertThatThrownBy(() -> HealthCheck.ask(home)).hasMessageContaining("config.yaml");

        assertThatCode(() -> Files.delete(home)).doesNotThrowAnyException();
    }

    private void configure(String host, int port) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("config")).resolve("config.yaml"), """
                server:
                  host: %s
                  port: %d
                  password: ""
                """.formatted(host, port));
    }

    private static void answer(ServerSocket socket) {
        try (var peer = socket.accept()) {
            peer.getOutputStream()
                    .write("HTTP/1.1 503 Service Unavailable\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The test fails for want of an answer.
        }
    }
}
