package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestReporter;

/**
 * A service that is asked badly, and what must hold after every bad request: nothing of it has reached the upstream, and a
 * fresh connection is served.
 */
final class HostileCaller implements AutoCloseable {
    private final SimulatedCodeBuddy simulator;
    private final ServiceUnderTest service;
    private final List<Long> micros = new ArrayList<>();

    private HostileCaller(SimulatedCodeBuddy simulator, ServiceUnderTest service) {
        this.simulator = simulator;
        this.service = service;
    }

    static HostileCaller start() throws IOException, InterruptedException {
        SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
        ServiceUnderTest service =
                ServiceUnderTest.start(Setup.with(simulator.uri()).sections("limits: {max_body: 4 MiB}"));
        // The first request pays for classes being loaded.
        Asked.chat(service, "hy3", false);
        simulator.journal().clear();
        return new HostileCaller(simulator, service);
    }

    RawConnection connect() throws IOException {
        return service.connect();
    }

    ServiceUnderTest service() {
        return service;
    }

    SimulatedCodeBuddy simulator() {
        return simulator;
    }

    RawResponse send(RawConnection connection, String request) throws IOException {
        return send(connection, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends and reads, also when the server answers before it has read everything. */
    RawResponse send(RawConnection connection, byte[] request) throws IOException {
        long start = System.nanoTime();
        try {
            connection.send(request);
        } catch (IOException refusedEarly) {
            // The answer came first; it is read below.
        }
        RawResponse response = connection.read();
        micros.add((System.nanoTime() - start) / 1_000);
        return response;
    }

    void nothingReachedTheUpstream() {
        assertThat(simulator.journal().requests()).isEmpty();
    }

    /** What was kept open serves a good request; what was not is closed. */
    void isServedOnOrClosed(RawConnection connection, RawResponse response) throws IOException {
        if (response.header("connection").orElse("").equalsIgnoreCase("close")) {
            connection.halfClose();
            assertThat(connection.awaitEnd()).isTrue();
        } else {
            connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    /** The server skips what it refused for a while; that nothing more will come spares waiting for that. */
    void endsWithoutAnotherAnswer(RawConnection connection) throws IOException {
        connection.halfClose();
        assertThat(new String(connection.readToEnd(), StandardCharsets.UTF_8)).doesNotContain("healthy");
    }

    /** To be called after each test: serves a good caller and forgets the bad one. */
    void aFreshConnectionIsServed() throws IOException {
        try (RawConnection connection = service.connect()) {
            connection.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + AppHome.PASSWORD
                    + "\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
        simulator.journal().clear();
    }

    /** How long the refusals took; the promise is 50 ms, the huge ones excepted. */
    void report(TestReporter reporter) {
        List<Long> sorted = micros.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            reporter.publishEntry(Map.of(
                    "refused", Integer.toString(sorted.size()),
                    "median", sorted.get(sorted.size() / 2) + " us",
                    "nine of ten within", sorted.get(sorted.size() * 9 / 10) + " us",
                    "longest", sorted.getLast() + " us"));
        }
    }

    @Override
    public void close() {
        service.close();
        simulator.close();
    }
}
