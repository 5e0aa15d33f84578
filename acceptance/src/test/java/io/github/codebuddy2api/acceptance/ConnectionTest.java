package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One connection's life: what keeps it open, what bridges a silence on it, and what ends it. */
final class ConnectionTest {
    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri())
                .withManyTokens()
                .sections("deadlines: {heartbeat: 150ms, commit_after: 300ms, headers: 1s, body: 1s, idle: 2s}"));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @Test
    void a_connection_serves_on_after_whole_answers_and_after_errors() throws Exception {
        try (RawConnection connection = service.connect()) {
            for (String model :
                    List.of("sim-t1", "sim-t2", "sim-11101", "sim-t5", "sim-t3", "sim-500", "sim-t8", "sim-t9")) {
                for (boolean stream : List.of(true, false)) {
                    connection.send(Asked.request(Asked.body(model, stream)));
                    RawResponse response = connection.read();
                    assertThat(response.status()).as("%s", response).isIn(200, 400, 502);
                    assertThat(response.whole()).isTrue();
                    assertThat(response.header("connection").orElse("keep-alive"))
                            .as("%s", response)
                            .isEqualToIgnoringCase("keep-alive");
                }
            }
        }
    }

    @Test
    void a_connection_that_is_to_close_closes() throws Exception {
        for (boolean stream : List.of(true, false)) {
            try (RawConnection connection = service.connect()) {
                connection.send(Asked.request(Asked.body("sim-t1", stream), "Connection: close"));
                assertThat(connection.read().whole()).isTrue();
                assertThat(connection.awaitEnd()).isTrue();
            }
        }
    }

    @Test
    void a_silent_upstream_is_bridged_with_comments_and_answered_whole() throws Exception {
        simulator.script(
                "late",
                Scenario.of(
                        Streams.head(),
                        new Step.AwaitGate("late"),
                        Streams.text("At last."),
                        Streams.finish(),
                        Streams.done(),
                        Streams.end()));
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("late", true)));
            RawResponse head = connection.readHead();
            assertThat(head.status()).isEqualTo(200);
            for (int beat = 0; beat < 3; beat++) {
                assertThat(new String(connection.readChunk(), StandardCharsets.UTF_8))
                        .isEqualTo(": keep-alive\n\n");
            }
            simulator.open("late");

            SseText rest = SseText.read(connection.readBody(head).text());
            assertThat(rest.joined("content")).isEqualTo("At last.");
            assertThat(rest.done()).isTrue();
        }
    }

    @Test
    void a_failure_after_the_first_comment_comes_within_the_stream() throws Exception {
        simulator.script(
                "late failure",
                Scenario.of(new Step.AwaitGate("late failure"))
                        .then(Scenario.json(500, "{\"error\":\"simulated\"}")
                                .steps()
                                .toArray(Step[]::new)));
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("late failure", true)));
            RawResponse head = connection.readHead();
            assertThat(new String(connection.readChunk(), StandardCharsets.UTF_8))
                    .isEqualTo(": keep-alive\n\n");
            simulator.open("late failure");

            SseText rest = SseText.read(connection.readBody(head).text());
            assertThat(rest.errorObject().path("code").asText()).isEqualTo("upstream_error");
            assertThat(rest.done()).isFalse();
            assertThat(connection.awaitEnd()).isTrue();
        }
    }

    @Test
    void a_silence_between_events_is_bridged_with_comments() throws Exception {
        simulator.script(
                "pausing",
                Scenario.of(
                        Streams.head(),
                        Streams.text("one"),
                        new Step.AwaitGate("pausing"),
                        Streams.text("two"),
                        Streams.finish(),
                        Streams.done(),
                        Streams.end()));
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("pausing", true)));
            connection.readHead();
            connection.readChunkWith("one");
            assertThat(new String(connection.readChunk(), StandardCharsets.UTF_8))
                    .isEqualTo(": keep-alive\n\n");
            assertThat(new String(connection.readChunk(), StandardCharsets.UTF_8))
                    .isEqualTo(": keep-alive\n\n");
            simulator.open("pausing");
            assertThat(connection.readChunkWith("[DONE]")).contains("[DONE]");
        }
    }

    @Test
    void half_a_head_is_waited_for_no_longer_than_its_deadline() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send("POST /v1/chat/completions HTTP/1.1\r\nHost: loc");

            assertThat(connection.readToEnd().length).isLessThan(2_000);
        }
    }

    @Test
    void half_a_body_is_answered_at_its_deadline() throws Exception {
        try (RawConnection connection = service.connect()) {
            String request = Asked.request(Asked.body("hy3", true));
            connection.send(request.substring(0, request.length() - 5));
            RawResponse response = connection.read();

            assertThat(response.status()).isEqualTo(408);
            assertThat(response.error().path("code").asText()).isEqualTo("request_timeout");
            assertThat(connection.awaitEnd()).isTrue();
        }
    }

    @Test
    void an_idle_connection_is_closed_in_the_end() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-t1", false)));
            connection.read();

            assertThat(connection.awaitEnd()).isTrue();
        }
    }

    @Test
    void a_request_behind_a_running_stream_does_not_mix_with_it() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(
                    Asked.request(Asked.body("sim-t1", true)) + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawResponse first = connection.read();

            assertThat(first.text()).endsWith("data: [DONE]\n\n").doesNotContain("healthy");
            String rest = new String(connection.readToEnd(), StandardCharsets.UTF_8);
            assertThat(rest.isEmpty() || rest.startsWith("HTTP/1.1 200 "))
                    .as(rest)
                    .isTrue();
        }
    }
}
