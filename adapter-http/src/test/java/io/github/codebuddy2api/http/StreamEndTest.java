package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a stream waits and how it fails. */
class StreamEndTest {
    private static final String STREAM =
            "{\"model\":\"glm-5.2\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String HEARTBEAT = ": keep-alive\n\n";

    private static HttpOptions rhythm(Duration heartbeat, Duration commitAfter) {
        return HttpOptions.of("127.0.0.1", 0).with(new HttpOptions.Streaming(heartbeat, commitAfter));
    }

    private static String error(String message, String type, String param, String code) {
        return "event: error\ndata: {\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":"
                + param + ",\"code\":\"" + code + "\"}}\n\n";
    }

    @Test
    void a_stream_that_breaks_off_ends_with_an_error_and_spares_the_next_request_on_its_connection() {
        ScriptedUpstream upstream =
                ScriptedUpstream.always(Script.says(Chunks.content("part")).thenFails(new UpstreamIncomplete(null)));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            String body = caller.post(STREAM).response().body();

            assertThat(body)
                    .contains("part")
                    .endsWith(error(
                            "The upstream ended the answer early.", "server_error", "null", "upstream_incomplete"))
                    .doesNotContain("[DONE]");
            assertThat(body.substring(body.indexOf("event: error"))).doesNotContain("choices", "finish_reason");
            assertThat(upstream.calls()).hasSize(1);
            assertThat(caller.post(STREAM).response().body()).isNotEmpty();
            assertThat(upstream.calls()).hasSize(2);
        }
    }

    @Test
    void in_a_stream_nothing_is_called_the_callers_fault() {
        for (GatewayException failure : List.of(
                new InvalidRequest("context_length_exceeded", "Too long.", "messages"),
                new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(3), "Slow down."))) {
            ScriptedUpstream upstream =
                    ScriptedUpstream.always(Script.says(Chunks.content("part")).thenFails(failure));
            try (Served served = Served.with(upstream);
                    RawCaller caller = served.connect()) {
                String body = caller.post(STREAM).response().body();

                assertThat(body).contains("\"code\":\"" + failure.code()).doesNotContain("invalid_request_error");
                assertThat(body).contains(failure instanceof RateLimited ? "rate_limit_error" : "server_error");
            }
        }
    }

    @Test
    void a_fault_of_our_own_ends_a_stream_with_an_error_that_tells_nothing() {
        ScriptedUpstream upstream = ScriptedUpstream.always(
                Script.says(Chunks.content("part")).thenFails(new IllegalStateException("a private detail")));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            String body = caller.post(STREAM).response().body();

            assertThat(body).contains("\"code\":\"internal_error\"").doesNotContain("private", "[DONE]");
            assertThat(upstream.unclosed()).isZero();
        }
    }

    @Test
    void a_failure_before_the_first_event_is_a_status() {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.fails(new UpstreamIncomplete(null)));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            RawCaller.Response response = caller.post(STREAM).response();

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("content-type")).isEqualTo("application/json; charset=utf-8");
            assertThat(response.header("x-should-retry")).isEqualTo("false");
        }
    }

    @Test
    void silence_between_events_is_filled_with_comments() {
        Gate gate = Gate.shut();
        Script script =
                Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.content("second"), Chunks.stop());

        try (Served served = Served.with(
                        ScriptedUpstream.always(script), rhythm(Duration.ofMillis(60), Duration.ofMinutes(1)));
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();
            assertThat(caller.chunk()).contains("first");
            assertThat(caller.chunk()).isEqualTo(HEARTBEAT);
            assertThat(caller.chunk()).isEqualTo(HEARTBEAT);
            gate.open();

            assertThat(caller.allChunks().replace(HEARTBEAT, ""))
                    .startsWith("data: ")
                    .contains("second")
                    .endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void a_long_wait_for_the_first_event_begins_the_stream_and_failures_are_told_in_it() {
        Gate gate = Gate.shut();
        Script script = Script.nothing().thenAwaits(gate).thenFails(new UpstreamIncomplete(null));

        try (Served served = Served.with(
                        ScriptedUpstream.always(script), rhythm(Duration.ofMinutes(1), Duration.ofMillis(60)));
                RawCaller caller = served.connect()) {
            RawCaller.Response head = caller.post(STREAM).readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(caller.chunk()).isEqualTo(HEARTBEAT);
            gate.open();

            assertThat(caller.chunk()).startsWith("event: error\n");
            assertThat(caller.chunk()).isEmpty();
        }
    }

    @Test
    void a_stopping_server_gives_running_streams_their_grace_and_then_an_error() throws Exception {
        Gate gate = Gate.shut();
        ScriptedUpstream upstream =
                ScriptedUpstream.always(Script.says(Chunks.content("first")).thenAwaits(gate));
        HttpOptions options = HttpOptions.of("127.0.0.1", 0)
                .with(new HttpOptions.Drain(Duration.ofMillis(300), Duration.ofSeconds(5)));

        try (Served served = Served.with(upstream, options);
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();
            caller.chunk();
            gate.awaitArrival();

            Thread stopping = served.stopping();

            assertThat(caller.chunk())
                    .isEqualTo(error(
                            "The server is shutting down. Try again in a moment.",
                            "server_error",
                            "null",
                            "server_shutting_down"));
            assertThat(caller.chunk()).isEmpty();
            assertThat(caller.isClosedByServer()).isTrue();
            assertThat(stopping.join(Duration.ofSeconds(5))).isTrue();
            assertThat(upstream.unclosed()).isZero();
        }
    }

    @Test
    void a_stopping_server_lets_go_of_who_waits_for_a_place_at_once() throws Exception {
        Gate gate = Gate.shut();
        Script script = Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.stop());
        HttpOptions full =
                HttpOptions.of("127.0.0.1", 0).with(new HttpOptions.Limits(1000, 4096, 16 * 1024, 100, 1, 256));

        try (Served served = Served.with(ScriptedUpstream.always(script), full);
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();
            caller.chunk();
            gate.awaitArrival();
            try (RawCaller waiting = served.connect().ask("GET", "/health")) {
                Thread stopping = served.stopping();

                assertThat(waiting.isClosedByServer()).isTrue();
                assertThat(stopping.isAlive()).as("the stream still runs").isTrue();

                gate.open();
                assertThat(caller.allChunks()).endsWith("data: [DONE]\n\n");
                assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
            }
        }
    }

    @Test
    void a_stopping_server_lets_a_short_stream_end() throws Exception {
        Gate gate = Gate.shut();
        Script script = Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.stop());

        try (Served served = Served.with(ScriptedUpstream.always(script));
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();
            caller.chunk();
            gate.awaitArrival();
            Thread stopping = served.stopping();

            gate.open();

            assertThat(caller.allChunks()).endsWith("data: [DONE]\n\n");
            assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void a_body_that_comes_whole_after_the_stop_does_not_begin_a_call() throws Exception {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            byte[] body = STREAM.getBytes(StandardCharsets.UTF_8);
            caller.send(caller.head("/v1/chat/completions", body.length, "Expect: 100-continue\r\n"));
            assertThat(caller.line()).isEqualTo("HTTP/1.1 100 Continue");
            caller.line();
            Thread stopping = served.stopping();
            awaitNotListening(served);

            RawCaller.Response refused = caller.send(body).response();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"server_shutting_down\"");
            assertThat(upstream.calls()).isEmpty();
            assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static void awaitNotListening(Served served) {
        boolean listens = true;
        while (listens) {
            try {
                served.connect().close();
            } catch (UncheckedIOException refused) {
                listens = false;
            }
        }
    }
}
