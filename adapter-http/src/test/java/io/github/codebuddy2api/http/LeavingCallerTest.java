package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller who leaves ends the work for him at once, whatever it is doing; long before any heartbeat could tell. */
class LeavingCallerTest {
    private static final String WHOLE = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    enum Way {
        CLOSE,
        HALF_CLOSE,
        RESET;

        void leave(RawCaller caller) {
            try {
                switch (this) {
                    case CLOSE -> caller.close();
                    case HALF_CLOSE -> caller.socket().shutdownOutput();
                    case RESET -> {
                        caller.socket().setSoLinger(true, 0);
                        caller.close();
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Heartbeats are 15 s away, so only a watch over the connection can lead here within the patience. */
    private static void awaitClosed(ScriptedUpstream upstream) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (upstream.unclosed() > 0) {
            assertThat(System.nanoTime()).as("the upstream is still at work").isLessThan(giveUp);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void before_the_first_event(Way way) {
        Gate gate = Gate.shut();
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.nothing().thenAwaits(gate));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            caller.post(STREAM);
            gate.awaitArrival();

            way.leave(caller);

            awaitClosed(upstream);
            assertThat(upstream.calls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void between_events(Way way) {
        Gate gate = Gate.shut();
        ScriptedUpstream upstream =
                ScriptedUpstream.always(Script.says(Chunks.content("first")).thenAwaits(gate));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();
            assertThat(caller.chunk()).contains("first");
            gate.awaitArrival();

            way.leave(caller);

            awaitClosed(upstream);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_a_whole_answer_is_collected(Way way) {
        Gate gate = Gate.shut();
        ScriptedUpstream upstream =
                ScriptedUpstream.always(Script.says(Chunks.content("first")).thenAwaits(gate));

        try (Served served = Served.with(upstream);
                RawCaller caller = served.connect()) {
            caller.post(WHOLE);
            gate.awaitArrival();

            way.leave(caller);

            awaitClosed(upstream);
        }
    }

    @Test
    void while_the_upstream_has_not_even_accepted() {
        Gate gate = Gate.shut();
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("late").acceptedAt(gate));
        HttpOptions one = HttpOptions.of("127.0.0.1", 0).with(HttpOptions.Limits.DEFAULT.withConcurrency(16, 1));

        try (Served served = Served.with(upstream, one);
                RawCaller leaver = served.connect()) {
            leaver.post(STREAM);
            gate.awaitArrival();
            Way.CLOSE.leave(leaver);

            // His place is free again only when his call has ended.
            int status = 503;
            gate.open();
            while (status == 503) {
                try (RawCaller next = served.connect()) {
                    status = next.post(STREAM).response().status();
                }
            }
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void a_request_that_comes_with_another_is_not_answered() {
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")));
                RawCaller caller = served.connect()) {
            String next = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
            caller.send(caller.head("/v1/chat/completions", STREAM.length(), "") + STREAM + next);

            assertThat(caller.response().body()).endsWith("[DONE]\n\n");
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_request_that_comes_during_an_answer_is_not_answered() {
        Gate gate = Gate.shut();
        Script script =
                Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.content("second"), Chunks.stop());
        HttpOptions options = HttpOptions.of("127.0.0.1", 0)
                .with(new HttpOptions.Streaming(Duration.ofMillis(100), Duration.ofMinutes(1)));

        try (Served served = Served.with(ScriptedUpstream.always(script), options);
                RawCaller caller = served.connect()) {
            caller.post(STREAM).readHead();
            caller.chunk();
            caller.ask("GET", "/health");
            // Two heartbeats later the server has seen it.
            caller.chunk();
            caller.chunk();
            gate.open();

            assertThat(caller.allChunks()).contains("second").endsWith("[DONE]\n\n");
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }
}
