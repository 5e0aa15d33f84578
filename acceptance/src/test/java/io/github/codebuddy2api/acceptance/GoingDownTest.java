package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P15;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What SIGTERM does to a service with many answers under way. */
final class GoingDownTest {
    private static final Duration TOO_LONG = Duration.ofSeconds(60);
    private static final Duration PROMISED_EXIT = Duration.ofSeconds(30);
    private static final int SIGTERM_CODE = 143;
    private static final int CHUNKS_OF_A_SECOND = 5;
    private static final String DONE = "data: [DONE]\n\n";

    private static SimulatedCodeBuddy simulator;

    @BeforeAll
    static void startSimulator() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    private static ServiceUnderTest service(String drain) throws Exception {
        return ServiceUnderTest.start(
                Setup.with(simulator.uri()).withManyTokens().sections("deadlines: {drain: " + drain + "}"));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Test
    @Tag("trust")
    @Tag("P15")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void every_stream_hears_of_the_end() throws Exception {
        Proof proof = Proof.of(P15, "streams-at-sigterm");
        int streams = proof.amount(20, 200, 200);
        String drain = proof.amount(1, 5, 25) + "s";
        proof.show(() -> {
            try (ServiceUnderTest service = service(drain)) {
                return ended(service, streams, drain);
            }
        });
    }

    private static String ended(ServiceUnderTest service, int streams, String drain) throws Exception {
        List<RawConnection> callers = new ArrayList<>();
        try {
            for (int i = 0; i < streams; i++) {
                callers.add(service.connect());
                // One in four ends by itself within the drain, the others would go on for hours.
                String model = i % 4 == 0 ? "sim-pace-8-200" : "sim-pace-100000-200";
                callers.getLast().send(Asked.request(Asked.body(model, true)));
            }
            for (RawConnection caller : callers) {
                caller.readHead();
                caller.readChunk();
            }
            long told = System.nanoTime();
            service.process().askToStop();
            Ends ends = new Ends();
            for (RawConnection caller : callers) {
                ends.count(caller);
            }
            Duration left = PROMISED_EXIT.minusMillis(millisSince(told));
            assertThat(service.process().awaitExit(left)).isEqualTo(SIGTERM_CODE);
            long took = millisSince(told);
            assertThat(ends.silent).as("streams without a terminal event").isZero();
            return ("%d streams and SIGTERM with a drain of %s: %d ended with [DONE], %d with the error event,"
                            + " %d without a terminal event; exit after %d ms")
                    .formatted(streams, drain, ends.done, ends.told, ends.silent, took);
        } finally {
            for (RawConnection caller : callers) {
                caller.close();
            }
        }
    }

    /** How streams ended. */
    private static final class Ends {
        private int done;
        private int told;
        private int silent;

        void count(RawConnection caller) throws IOException {
            String last = "";
            try {
                for (byte[] chunk = caller.readChunk(); chunk.length > 0; chunk = caller.readChunk()) {
                    last = new String(chunk, StandardCharsets.UTF_8);
                }
            } catch (IOException brokenOff) {
                silent++;
                return;
            }
            if (last.endsWith(DONE)) {
                done++;
            } else if (last.contains("event: error\n") && last.contains("server_shutting_down")) {
                told++;
            } else {
                silent++;
            }
        }
    }

    @Test
    @Tag("trust")
    @Tag("P15")
    void a_second_sigterm_ends_the_process_at_once() throws Exception {
        Proof proof = Proof.of(P15, "second-sigterm");
        proof.show(() -> {
            try (ServiceUnderTest service = service("25s");
                    RawConnection caller = service.connect()) {
                caller.send(Asked.request(Asked.body("sim-pace-100000-200", true)));
                caller.readHead();
                caller.readChunk();
                service.process().askToStop();
                assertThat(isRefused(service)).isTrue();
                for (int i = 0; i < CHUNKS_OF_A_SECOND; i++) {
                    caller.readChunk();
                }
                assertThat(service.process().isAlive()).as("it drains").isTrue();

                long told = System.nanoTime();
                service.process().askToStop();

                assertThat(service.process().awaitExit(Duration.ofSeconds(15))).isEqualTo(SIGTERM_CODE);
                return "a second SIGTERM during a drain of 25 s: exit after %d ms with code %d"
                        .formatted(millisSince(told), SIGTERM_CODE);
            }
        });
    }

    /** Whether it does not listen any more; the stop takes a moment to get there. */
    private static boolean isRefused(ServiceUnderTest service) {
        long giveUp = System.nanoTime() + TOO_LONG.toNanos();
        while (System.nanoTime() < giveUp) {
            try (RawConnection probe = service.connect()) {
                probe.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                probe.read();
            } catch (IOException refused) {
                return true;
            }
        }
        return false;
    }
}
