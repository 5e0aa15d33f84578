package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P22;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.acceptance.Framings.Framing;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No request can be hidden in the body of another, alone and behind other people's proxies. */
final class FramingTest {
    private static final int DEADLINE_MILLIS = 20_000;
    private static final int AT_ONCE = 48;
    private static final String MARKER = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String OF_MARKER = "\"service\":\"codebuddy2api\"";
    private static final String OF_HIDDEN = "\"authenticated\":";

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(
                Setup.with(simulator.uri()).sections("deadlines: {headers: 1s, body: 1s, idle: 2s}"));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @Test
    @Tag("trust")
    @Tag("P22")
    void nothing_is_hidden_from_the_service_alone() throws Exception {
        Proof proof = Proof.of(P22, "framings-alone");
        proof.show(() -> tried(service.port(), Framings.all(), "to the service itself"));
    }

    @Test
    @Tag("trust")
    @Tag("P22")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothing_is_hidden_from_the_service_behind_a_proxy() throws Exception {
        Proof proof = Proof.of(P22, "framings-behind-proxies");
        List<FrontProxy.Kind> here = new ArrayList<>();
        for (FrontProxy.Kind kind : FrontProxy.Kind.values()) {
            if (kind.isHere()) {
                here.add(kind);
            } else {
                proof.without(kind.title() + ", which is not installed here");
            }
        }
        int rounds = proof.amount(1, 3, 20);
        int every = proof.amount(4, 1, 1);
        List<Framing> framings = new ArrayList<>();
        for (int i = 0; i < rounds * Framings.all().size(); i += every) {
            framings.add(Framings.all().get(i % Framings.all().size()));
        }
        proof.show(() -> {
            List<String> figures = new ArrayList<>();
            for (FrontProxy.Kind kind : here) {
                try (FrontProxy proxy = FrontProxy.start(kind, service.port())) {
                    figures.add(tried(proxy.port(), framings, "through " + kind.title()));
                }
            }
            return figures.isEmpty() ? "tried with no proxy" : String.join("; ", figures);
        });
    }

    /** What came of all framings, many at once, so that one's remains could meet another. */
    private static String tried(int port, List<Framing> framings, String way) throws Exception {
        List<String> faults = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (Framing framing : framings) {
                Callable<String> call = () -> fault(port, framing);
                outcomes.add(callers.submit(call));
            }
            for (Future<String> outcome : outcomes) {
                if (!outcome.get().isEmpty()) {
                    faults.add(outcome.get());
                }
            }
        }
        assertThat(faults).isEmpty();
        return "%d requests with doubtful framing %s: %d desynchronised, 0 past the deadline"
                .formatted(framings.size(), way, faults.size());
    }

    /** What went wrong with one of them; empty if nothing. */
    private static String fault(int port, Framing framing) throws IOException {
        String shown = framing.text().replace("\r", "\\r").replace("\n", "\\n").replaceAll("[^ -~]", "?");
        String name = shown.length() <= 600 ? shown : shown.substring(0, 600);
        try {
            String same = exchanged(port, framing.text() + MARKER);
            if (same.contains(OF_HIDDEN)) {
                return "the hidden request was answered: " + name + "\n" + same;
            }
            String next = exchanged(port, MARKER);
            return next.startsWith("HTTP/1.1 200 ") && next.contains(OF_MARKER)
                    ? ""
                    : "the next caller got " + next + " after " + name;
        } catch (SocketTimeoutException hangs) {
            return "no end of " + name;
        }
    }

    /** All that comes back until the other side closes. */
    private static String exchanged(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
                InputStream in = socket.getInputStream();
                in.transferTo(all);
            } catch (SocketException reset) {
                // What had arrived before it is what is wanted.
            }
            return all.toString(ISO_8859_1);
        }
    }
}
