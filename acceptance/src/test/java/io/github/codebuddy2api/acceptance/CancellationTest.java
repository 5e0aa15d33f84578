package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.PeerClosed;
import io.github.codebuddy2api.simulator.PeerClosed.Phase;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that leaves takes its upstream call along. The delay is measured from its leaving to the moment the simulator
 * sees its own connection end; it is reported, and asserted only against a hang.
 */
final class CancellationTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** The promise is 100 ms; this is the guard against a hang on a busy machine. */
    private static final long HANG_MILLIS = 2_000;

    private static final int MEASUREMENTS = 5;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static final AtomicInteger TURN = new AtomicInteger();

    enum Leaving {
        FIN,
        RST,
        HALF_CLOSE
    }

    enum Moment {
        BEFORE_HEADERS,
        BEFORE_FIRST_EVENT,
        BETWEEN_EVENTS,
        IN_SILENCE
    }

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
        // The first request pays for classes being loaded, which is not what is measured here.
        Asked.chat(service, "hy3", true);
        Asked.chat(service, "hy3", false);
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FIN, BEFORE_HEADERS, true",
        "RST, BEFORE_HEADERS, true",
        "HALF_CLOSE, BEFORE_HEADERS, true",
        "FIN, BEFORE_FIRST_EVENT, true",
        "RST, BEFORE_FIRST_EVENT, true",
        "HALF_CLOSE, BEFORE_FIRST_EVENT, true",
        "FIN, BETWEEN_EVENTS, true",
        "RST, BETWEEN_EVENTS, true",
        "HALF_CLOSE, BETWEEN_EVENTS, true",
        "FIN, IN_SILENCE, true",
        "RST, IN_SILENCE, true",
        "HALF_CLOSE, IN_SILENCE, true",
        "FIN, BEFORE_HEADERS, false",
        "RST, BEFORE_HEADERS, false",
        "HALF_CLOSE, BEFORE_HEADERS, false",
        "FIN, BETWEEN_EVENTS, false",
        "RST, BETWEEN_EVENTS, false",
        "HALF_CLOSE, BETWEEN_EVENTS, false",
        "FIN, IN_SILENCE, false",
        "RST, IN_SILENCE, false",
        "HALF_CLOSE, IN_SILENCE, false",
    })
    void a_client_that_leaves_takes_its_upstream_call_along(
            Leaving leaving, Moment moment, boolean stream, TestReporter reporter) throws Exception {
        long[] delays = new long[MEASUREMENTS];
        for (int i = 0; i < MEASUREMENTS; i++) {
            delays[i] = delay(leaving, moment, stream);
        }
        Arrays.sort(delays);

        reporter.publishEntry(Map.of(
                "left", leaving + " " + moment + (stream ? " streaming" : " folded"),
                "median delay", delays[MEASUREMENTS / 2] / 1_000 + " us",
                "longest", delays[MEASUREMENTS - 1] / 1_000 + " us"));
        assertThat(delays[MEASUREMENTS - 1])
                .isLessThan(Duration.ofMillis(HANG_MILLIS).toNanos());
    }

    @Test
    void those_who_left_are_not_held_against_the_account() throws Exception {
        for (int turn = 0; turn < 6; turn++) {
            delay(Leaving.RST, Moment.BEFORE_HEADERS, true);
        }

        assertThat(Asked.chat(service, "hy3", false).status()).isEqualTo(200);
    }

    @Test
    void a_client_that_leaves_does_not_disturb_another() throws Exception {
        String model = script(Moment.BETWEEN_EVENTS);
        try (RawConnection other = service.connect()) {
            other.send(Asked.request(Asked.body(model, true)));
            other.readHead();
            other.readChunkWith("one");

            delay(Leaving.RST, Moment.BETWEEN_EVENTS, true);
            simulator.open(model);

            assertThat(other.readChunkWith("[DONE]")).contains("[DONE]");
        }
    }

    private static long delay(Leaving leaving, Moment moment, boolean stream) throws Exception {
        String model = script(moment);
        simulator.journal().clear();
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body(model, stream)));
            Exchange call = simulator.journal().awaitRequest(UPSTREAM_CHAT, 1, LIMIT);
            if (moment == Moment.BEFORE_FIRST_EVENT) {
                simulator.journal().awaitStarted(call, LIMIT);
            } else if (moment == Moment.BETWEEN_EVENTS || moment == Moment.IN_SILENCE) {
                simulator.journal().awaitFirstEvent(call, LIMIT);
                if (stream) {
                    connection.readHead();
                    connection.readChunkWith("one");
                }
            }
            long left = System.nanoTime();
            leave(connection, leaving);
            PeerClosed closed = simulator.journal().awaitClosed(call, LIMIT);
            assertThat(closed.phase()).isEqualTo(phase(moment));
            if (leaving == Leaving.HALF_CLOSE) {
                assertThat(new String(connection.readToEnd(), StandardCharsets.US_ASCII))
                        .doesNotContain("[DONE]");
            }
            return closed.nanos() - left;
        }
    }

    /** Its gate has the name of its model and is opened by nobody who waits for a cancellation. */
    private static String script(Moment moment) {
        String model = "leave-" + TURN.incrementAndGet();
        Step wait = new Step.AwaitGate(model);
        Scenario scenario = switch (moment) {
            case BEFORE_HEADERS -> Scenario.of(wait);
            case BEFORE_FIRST_EVENT -> Scenario.of(Streams.head(), wait);
            case BETWEEN_EVENTS ->
                Scenario.of(
                        Streams.head(),
                        Streams.text("one"),
                        Streams.text("two"),
                        wait,
                        Streams.finish(),
                        Streams.done(),
                        Streams.end());
            case IN_SILENCE -> Scenario.of(Streams.head(), Streams.text("one"), new Step.Stall());
        };
        simulator.script(model, scenario);
        return model;
    }

    private static void leave(RawConnection connection, Leaving leaving) throws Exception {
        switch (leaving) {
            case FIN -> connection.leave();
            case RST -> connection.reset();
            case HALF_CLOSE -> connection.halfClose();
        }
    }

    private static Phase phase(Moment moment) {
        return switch (moment) {
            case BEFORE_HEADERS -> Phase.BEFORE_HEADERS;
            case BEFORE_FIRST_EVENT -> Phase.BEFORE_FIRST_EVENT;
            case BETWEEN_EVENTS, IN_SILENCE -> Phase.BETWEEN_EVENTS;
        };
    }
}
