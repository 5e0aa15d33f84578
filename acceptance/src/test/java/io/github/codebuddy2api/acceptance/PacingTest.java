package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What the upstream sends now is read by the client now. */
final class PacingTest {
    private static final int EVENTS = 6;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    /** The next event is sent only when the one before has been read, so a gateway that gathers events would hang here. */
    @Test
    void each_event_arrives_before_the_next_one_is_sent() throws Exception {
        List<Step> steps = new ArrayList<>(List.of(Streams.head()));
        for (int number = 0; number < EVENTS; number++) {
            steps.add(Streams.text("event " + number + "."));
            steps.add(new Step.AwaitGate("read " + number));
        }
        steps.addAll(List.of(Streams.finish(), Streams.done(), Streams.end()));
        simulator.script("gated", new Scenario(steps));

        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("gated", true)));
            connection.readHead();
            for (int number = 0; number < EVENTS; number++) {
                assertThat(connection.readChunkWith("event " + number + ".")).doesNotContain("event " + (number + 1));
                simulator.open("read " + number);
            }
            assertThat(connection.readChunkWith("[DONE]")).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void six_events_half_a_second_apart_arrive_half_a_second_apart(TestReporter reporter) throws Exception {
        Asked.chat(service, "sim-pace-6-1", true);
        simulator.journal().clear();
        long[] delays = new long[EVENTS];
        long[] sent = new long[EVENTS];
        long[] read = new long[EVENTS];
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-pace-6-500", true)));
            connection.readHead();
            for (int number = 0; number < EVENTS; number++) {
                String chunk = connection.readChunkWith("\"content\":\"" + number + "@");
                read[number] = System.nanoTime();
                sent[number] = Long.parseLong(chunk.replaceFirst("(?s).*\"content\":\"\\d+@(\\d+) .*", "$1"));
                delays[number] = read[number] - sent[number];
            }
        }

        for (int number = 1; number < EVENTS; number++) {
            assertThat(read[number - 1])
                    .as("event %d was read before the next was sent", number - 1)
                    .isLessThan(sent[number]);
        }
        Arrays.sort(delays);
        reporter.publishEntry(Map.of(
                "pacing", "six events 500 ms apart",
                "median delay", delays[EVENTS / 2] / 1_000 + " us",
                "longest", delays[EVENTS - 1] / 1_000 + " us"));
        Exchange call = simulator.journal().requests().getFirst();
        assertThat(Duration.ofNanos(read[0] - call.firstEventNanos().orElseThrow()))
                .isPositive();
    }
}
