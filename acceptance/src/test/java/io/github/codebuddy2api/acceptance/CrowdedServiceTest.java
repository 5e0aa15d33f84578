package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fault matrix, 5.1: more callers than agreed, callers who do not read, and a service that is told to stop. */
final class CrowdedServiceTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static SimulatedCodeBuddy simulator;

    private ServiceUnderTest service;

    @BeforeAll
    static void startSimulator() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @BeforeEach
    void start() throws Exception {
        simulator.journal().clear();
        service = ServiceUnderTest.start(
                Setup.with(simulator.uri()).sections("limits: {max_streams: 2}", "deadlines: {write: 1s, drain: 1s}"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void one_call_too_many_is_told_to_come_back_and_disturbs_nobody() throws Exception {
        try (RawConnection one = service.connect();
                RawConnection other = service.connect()) {
            one.send(Asked.request(Asked.body("sim-pace-100-50", true)));
            Exchange call = simulator.journal().awaitRequest(UPSTREAM_CHAT, 1, LIMIT);
            other.send(Asked.request(Asked.body("sim-pace-100-50", true)));
            one.readHead();
            other.readHead();
            one.readChunkWith("0@");
            other.readChunkWith("0@");

            RawResponse refused = Asked.chat(service, "hy3", false);

            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.error().path("code").asText()).isEqualTo("server_overloaded");
            assertThat(refused.header("retry-after")).contains("1");
            ErrorContract.isKept(refused);
            assertThat(one.readChunkWith("3@")).contains("3@");
            one.reset();
            simulator.journal().awaitClosed(call, LIMIT);
            assertThat(Asked.chat(service, "hy3", false).status()).isEqualTo(200);
            assertThat(other.readChunkWith("5@")).contains("5@");
        }
    }

    @Test
    void a_client_that_does_not_read_is_cut_at_the_deadline_and_its_upstream_call_with_it() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-flood-200000", true)));
            connection.readHead();
            Exchange call = simulator.journal().awaitRequest(UPSTREAM_CHAT, 1, LIMIT);

            assertThat(simulator.journal().awaitEnd(call, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
            assertThat(Asked.chat(service, "hy3", true).status()).isEqualTo(200);
        }
    }

    @Test
    void an_answer_that_outlasts_the_stop_is_told_so() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-stall-t8-400", true)));
            connection.readHead();
            connection.readChunkWith("The answer");
            Exchange call = simulator.journal().awaitRequest(UPSTREAM_CHAT, 1, LIMIT);

            Thread stopping = Thread.ofVirtual().start(() -> service.process().close());

            SseText rest = SseText.read(connection.readChunkWith("event: error"));
            assertThat(rest.errorObject().path("code").asText()).isEqualTo("server_shutting_down");
            stopping.join();
            assertThat(simulator.journal().awaitClosed(call, LIMIT).nanos()).isPositive();
        }
    }
}
