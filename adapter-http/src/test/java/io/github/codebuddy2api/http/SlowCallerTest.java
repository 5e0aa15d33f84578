package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who take their time, or more than their share, cost nothing for long and disturb nobody. */
class SlowCallerTest {
    private static final String WHOLE = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static HttpOptions deadlines(Duration headers, Duration body, Duration writeStall, Duration idle) {
        return HttpOptions.of("127.0.0.1", 0).with(new HttpOptions.Deadlines(headers, body, writeStall, idle, SHORT));
    }

    private static Served served(HttpOptions options) {
        return Served.with(ScriptedUpstream.always(Script.text("a")), options);
    }

    private static void assertOthersAreServed(Served served) {
        try (RawCaller other = served.connect()) {
            assertThat(other.post(WHOLE).response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /health HTTP/1.1\r\n", "GET /health HTTP/1.1\r\nHost: loc"})
    void a_head_that_does_not_come_is_not_waited_for(String begun) {
        try (Served served = served(deadlines(SHORT, LONG, LONG, LONG));
                RawCaller caller = served.connect()) {
            caller.send(begun);

            assertThat(caller.isClosedByServer()).isTrue();
            assertOthersAreServed(served);
        }
    }

    @Test
    void a_head_that_drips_in_is_cut_too() {
        try (Served served = served(deadlines(SHORT, LONG, LONG, LONG));
                RawCaller caller = served.connect()) {
            assertThat(caller.ask("GET", "/health").response().status()).isEqualTo(200);
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    caller.send("GET /health HTTP/1.1\r\nX: ");
                    for (int i = 0; i < 10_000; i++) {
                        caller.send("a");
                        LockSupport.parkNanos(10_000_000);
                    }
                } catch (RuntimeException cut) {
                    // What the test waits for.
                }
            });

            assertThat(caller.isClosedByServer()).isTrue();
            drip.interrupt();
        }
    }

    @Test
    void a_body_that_does_not_come_is_answered_with_408() {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
        try (Served served = Served.with(upstream, deadlines(LONG, SHORT, LONG, LONG));
                RawCaller caller = served.connect()) {
            caller.send(caller.head("/v1/chat/completions", 100, "")).send("{");

            RawCaller.Response response = caller.response();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(response.header("x-request-id")).isNotEmpty();
            assertThat(response.body()).contains("\"code\":\"request_timeout\"");
            assertThat(caller.isClosedByServer()).isTrue();
            assertThat(upstream.calls()).isEmpty();
        }
    }

    @Test
    void a_refused_body_that_does_not_come_is_not_waited_for() {
        try (Served served = served(deadlines(LONG, SHORT, LONG, LONG));
                RawCaller caller = served.connect()) {
            caller.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");

            assertThat(caller.response().status()).isEqualTo(401);
            assertThat(caller.isClosedByServer()).isTrue();
        }
    }

    @Test
    void an_idle_connection_is_closed_but_a_quiet_stream_is_not() {
        Gate gate = Gate.shut();
        Script script = Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.stop());
        try (Served served = Served.with(ScriptedUpstream.always(script), deadlines(SHORT, SHORT, SHORT, SHORT));
                RawCaller silent = served.connect();
                RawCaller idle = served.connect();
                RawCaller streaming = served.connect()) {
            streaming.post(STREAM).readHead();
            streaming.chunk();
            assertThat(idle.ask("GET", "/health").response().status()).isEqualTo(200);

            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(idle.isClosedByServer()).isTrue();
            gate.open();
            assertThat(streaming.allChunks()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void a_caller_who_does_not_read_loses_his_stream_and_the_upstream_is_released() {
        String megabyte = "x".repeat(1024 * 1024);
        Script script = Script.nothing();
        for (int i = 0; i < 64; i++) {
            script = script.thenSays(Chunks.content(megabyte));
        }
        ScriptedUpstream upstream = ScriptedUpstream.always(script.thenSays(Chunks.stop()));

        try (Served served = Served.with(upstream, deadlines(LONG, LONG, SHORT, LONG));
                RawCaller deaf = served.connect()) {
            deaf.post(STREAM).readHead();

            // Nobody else wants his place, so it is the deadline that ends him.
            long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (upstream.unclosed() > 0 && System.nanoTime() < giveUp) {
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(upstream.unclosed()).isZero();
            assertThat(upstream.calls()).hasSize(1);
        }
    }

    @Test
    void a_caller_who_reads_slowly_but_reads_gets_all_of_a_large_write() throws IOException {
        int size = 24 * 1024 * 1024;
        Script script = Script.says(Chunks.content("x".repeat(size)), Chunks.stop());
        HttpOptions options = deadlines(LONG, LONG, Duration.ofSeconds(1), LONG);
        long most = 0;

        try (Served served = Served.with(ScriptedUpstream.always(script), options);
                RawCaller slow = served.connect()) {
            slow.post(STREAM).readHead();
            byte[] piece = new byte[128 * 1024];
            boolean isOver = false;
            while (!isOver) {
                int length = slow.socket().getInputStream().read(piece);
                assertThat(length).as("bytes after %s", most).isPositive();
                most += length;
                isOver = new String(piece, 0, length, ISO_8859_1).endsWith("0\r\n\r\n");
                LockSupport.parkNanos(15_000_000);
            }
        }

        assertThat(most).isGreaterThan(size);
    }

    @Test
    void a_call_too_many_is_refused_at_once_and_told_when_to_come_back() {
        ScriptedUpstream upstream =
                ScriptedUpstream.always(Script.says(Chunks.content("first")).thenAwaits(Gate.shut()));
        HttpOptions options = HttpOptions.of("127.0.0.1", 0).with(HttpOptions.Limits.DEFAULT.withConcurrency(64, 2));

        try (Served served = Served.with(upstream, options);
                RawCaller one = served.connect();
                RawCaller two = served.connect();
                RawCaller three = served.connect()) {
            one.post(STREAM).readHead();
            two.post(STREAM).readHead();

            RawCaller.Response refused = three.post(STREAM).response();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.body()).contains("\"code\":\"server_overloaded\"");
            assertThat(three.ask("GET", "/health").response().status()).isEqualTo(200);
        }
    }

    @Test
    void bodies_for_which_there_is_no_room_together_are_refused_instead_of_filling_the_heap() {
        Gate end = Gate.shut();
        ScriptedUpstream upstream =
                ScriptedUpstream.choosing(call -> call.request().model().equals("waits")
                        ? Script.says(Chunks.content("first")).thenAwaits(end).thenSays(Chunks.stop())
                        : Script.text("a"));
        int most = 1024 * 1024;
        HttpOptions options =
                HttpOptions.of("127.0.0.1", 0).with(new HttpOptions.Limits(most, 4096, 16 * 1024, 100, 64, 64, most));
        String large = STREAM.replace("Hi", "x".repeat(most * 2 / 3));

        try (Served served = Served.with(upstream, options);
                RawCaller one = served.connect();
                RawCaller two = served.connect();
                RawCaller three = served.connect()) {
            one.post(large.replace("glm-5.2", "waits")).readHead();

            RawCaller.Response refused = two.post(large).response();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.body()).contains("\"code\":\"server_overloaded\"");
            assertOthersAreServed(served);
            end.open();
            assertThat(one.allChunks()).endsWith("data: [DONE]\n\n");
            assertThat(three.post(large.replace("\"stream\":true,", ""))
                            .response()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void many_streams_run_at_once_and_none_gets_anothers_events() {
        int many = 100;
        List<Gate> gates = new CopyOnWriteArrayList<>();
        ScriptedUpstream upstream = ScriptedUpstream.choosing(call -> {
            String mine = call.request().model();
            Gate gate = Gate.shut();
            gates.add(gate);
            return Script.says(Chunks.content("a-" + mine))
                    .thenAwaits(gate)
                    .thenSays(Chunks.content("b-" + mine), Chunks.stop());
        });

        try (Served served = Served.with(upstream)) {
            List<RawCaller> callers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                callers.add(served.connect().post(STREAM.replace("glm-5.2", "model" + i + ".")));
            }
            for (int i = 0; i < many; i++) {
                callers.get(i).readHead();
                assertThat(callers.get(i).chunk()).contains("a-model" + i + ".");
            }
            gates.forEach(Gate::open);
            for (int i = 0; i < many; i++) {
                assertThat(callers.get(i).allChunks())
                        .contains("b-model" + i + ".")
                        .endsWith("[DONE]\n\n");
                callers.get(i).close();
            }
        }
    }
}
