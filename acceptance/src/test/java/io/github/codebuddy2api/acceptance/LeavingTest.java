package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P4;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.PeerClosed;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers who leave, in each phase of a request and in each way: how late their upstream calls end, what is left. */
@Tag("trust")
@Tag("P4")
@Timeout(value = 45, unit = TimeUnit.MINUTES)
final class LeavingTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PROMISED_MILLIS = 100;
    private static final String GATE = "nobody opens it";

    /** Sockets that may be between two states when they are counted; one that leaked per caller would be far more. */
    private static final int SOCKETS_IN_TRANSIT = 4;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static int turn;

    private enum Phase {
        BEFORE_HEADERS,
        BEFORE_FIRST_TOKEN,
        WITHIN_STREAM,
        WITHIN_WHOLE_ANSWER,
        SECOND_ATTEMPT
    }

    private enum Leaving {
        FIN,
        RST,
        HALF_CLOSE
    }

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
        Asked.chat(service, "hy3", true);
        Asked.chat(service, "hy3", false);
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @Test
    void whoever_leaves_takes_the_upstream_call_along() throws Exception {
        Proof proof = Proof.of(P4, "callers-who-left")
                .without(
                        "a TCP connection to the upstream that is not yet made; counted instead is one without response");
        int each = proof.amount(2, 25, 1_000);
        proof.show(() -> {
            for (Phase phase : Phase.values()) {
                micros(phase, Leaving.RST);
            }
            long before = sockets();
            List<Long> delays = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                for (Phase phase : Phase.values()) {
                    for (Leaving leaving : Leaving.values()) {
                        delays.add(micros(phase, leaving));
                    }
                }
            }
            long left = Eventually.get(
                    "the sockets of those who left",
                    LIMIT,
                    LeavingTest::sockets,
                    open -> open <= before + SOCKETS_IN_TRANSIT);
            assertThat(Asked.chat(service, "hy3", false).status()).isEqualTo(200);
            Collections.sort(delays);
            double p99 = delays.get((int) (delays.size() * 0.99)) / 1_000.0;
            if (p99 > PROMISED_MILLIS) {
                proof.fallsShort("the upstream call is not closed within 100 ms (p99)");
            }
            return "%d phases × 3 ways × %,d: every upstream call was closed, p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %d sockets before, %d after; the accounts still serve"
                    .formatted(
                            Phase.values().length,
                            each,
                            delays.get(delays.size() / 2) / 1_000.0,
                            p99,
                            delays.getLast() / 1_000.0,
                            before,
                            left);
        });
    }

    private static long micros(Phase phase, Leaving leaving) throws Exception {
        String model = script(phase);
        boolean stream = phase != Phase.WITHIN_WHOLE_ANSWER;
        simulator.journal().clear();
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body(model, stream)));
            Exchange call =
                    simulator.journal().awaitRequest(UPSTREAM_CHAT, phase == Phase.SECOND_ATTEMPT ? 2 : 1, LIMIT);
            switch (phase) {
                case BEFORE_HEADERS, SECOND_ATTEMPT -> {
                    // There is nothing more to wait for.
                }
                case BEFORE_FIRST_TOKEN -> simulator.journal().awaitStarted(call, LIMIT);
                case WITHIN_WHOLE_ANSWER -> simulator.journal().awaitFirstEvent(call, LIMIT);
                case WITHIN_STREAM -> {
                    connection.readHead();
                    connection.readChunkWith("one");
                }
            }
            long left = System.nanoTime();
            leave(connection, leaving);
            PeerClosed closed = simulator.journal().awaitClosed(call, LIMIT);
            simulator.unscript(model);
            return (closed.nanos() - left) / 1_000;
        }
    }

    @Test
    void whoever_leaves_the_line_for_an_account_asks_nothing_and_gives_up_his_place() throws Exception {
        Proof proof = Proof.of(P4, "callers-who-left-the-line");
        int each = proof.amount(2, 25, 1_000);
        proof.show(() -> {
            simulator.script("held", Scenario.of(Streams.head(), Streams.text("one"), new Step.AwaitGate(GATE)));
            simulator.journal().clear();
            Setup full = Setup.with(simulator.uri())
                    .withTokens("token-one")
                    .sections("gateway: {max_per_account: 1, queue: 1, queue_wait: 60s}");
            try (ServiceUnderTest narrow = ServiceUnderTest.start(full);
                    RawConnection holder = narrow.connect()) {
                holder.send(Asked.request(Asked.body("held", true)));
                holder.readHead();
                holder.readChunkWith("one");
                for (int i = 0; i < each; i++) {
                    for (Leaving leaving : Leaving.values()) {
                        waitAndLeave(narrow, leaving);
                    }
                }
                assertThat(simulator.journal().requests(UPSTREAM_CHAT)).hasSize(1);
                holder.reset();
                assertThat(Asked.chat(narrow, "hy3", false).status()).isEqualTo(200);
            }
            return "3 ways × %,d, out of the one place in the line: 0 asked upstream, each gave up its place"
                    .formatted(each);
        });
    }

    private static void waitAndLeave(ServiceUnderTest narrow, Leaving leaving) throws Exception {
        try (RawConnection waiter = narrow.connect()) {
            waiter.send(Asked.request(Asked.body("hy3", true)));
            Eventually.get(
                    "a place in the line",
                    LIMIT,
                    () -> newest(narrow),
                    newest -> newest.path("state").asText().equals("waiting")
                            && newest.at("/attempts/0/considered/0/standing")
                                    .asText()
                                    .equals("busy"));
            leave(waiter, leaving);
            Eventually.get(
                    "the end of the request",
                    LIMIT,
                    () -> newest(narrow),
                    newest -> newest.path("outcome").asText().equals("cancelled"));
        }
    }

    private static JsonNode newest(ServiceUnderTest narrow) throws IOException {
        return Json.read(Calls.to(narrow).get("/api/requests").text()).at("/requests/0");
    }

    private static void leave(RawConnection connection, Leaving leaving) throws IOException {
        switch (leaving) {
            case FIN -> connection.leave();
            case RST -> connection.reset();
            case HALF_CLOSE -> connection.halfClose();
        }
    }

    private static String script(Phase phase) {
        String model = "left-" + turn++;
        Step wait = new Step.AwaitGate(GATE);
        switch (phase) {
            case BEFORE_HEADERS -> simulator.script(model, Scenario.of(wait));
            case BEFORE_FIRST_TOKEN -> simulator.script(model, Scenario.of(Streams.head(), wait));
            case WITHIN_STREAM, WITHIN_WHOLE_ANSWER ->
                simulator.script(model, Scenario.of(Streams.head(), Streams.text("one"), wait));
            case SECOND_ATTEMPT ->
                simulator.script(model, Scenario.events(List.of("not JSON"), Duration.ZERO), Scenario.of(wait));
        }
        return model;
    }

    private static long sockets() throws IOException {
        Path descriptors = Path.of("/proc", Long.toString(service.process().pid()), "fd");
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.filter(LeavingTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
