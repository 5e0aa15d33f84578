package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Callers who hold a place and do nothing with it give it to those who come, long before their deadlines. */
class CrowdTest {
    private static final String WHOLE = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final Duration LONG = Duration.ofMinutes(5);

    private static HttpOptions options(int connections, int calls, Duration writeStall) {
        return HttpOptions.of("127.0.0.1", 0)
                .with(new HttpOptions.Deadlines(LONG, LONG, writeStall, LONG))
                .with(HttpOptions.Limits.DEFAULT.withConcurrency(connections, calls));
    }

    @Test
    void half_sent_heads_do_not_shut_out_those_who_come_later() {
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")), options(3, 3, LONG));
                RawCaller begun = served.connect().send("GET /health HTTP/1.1\r\nX:");
                RawCaller begunLater = served.connect().send("G");
                RawCaller silent = served.connect();
                RawCaller good = served.connect()) {
            assertThat(good.post(WHOLE).response().status()).isEqualTo(200);

            assertThat(begun.isClosedByServer() || begunLater.isClosedByServer() || silent.isClosedByServer())
                    .isTrue();
        }
    }

    @Test
    void an_answer_under_way_keeps_its_place_when_others_want_one() {
        Gate gate = Gate.shut();
        Script script = Script.says(Chunks.content("first")).thenAwaits(gate).thenSays(Chunks.stop());
        try (Served served = Served.with(ScriptedUpstream.always(script), options(2, 2, LONG));
                RawCaller streaming = served.connect();
                RawCaller begun = served.connect().send("GET /health HTTP/1.1\r\nX:")) {
            streaming.post(STREAM).readHead();
            streaming.chunk();

            try (RawCaller good = served.connect()) {
                assertThat(good.ask("GET", "/health").response().status()).isEqualTo(200);
            }
            assertThat(begun.isClosedByServer()).isTrue();
            gate.open();
            assertThat(streaming.allChunks()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void a_call_whose_caller_does_not_read_gives_way_to_one_that_would_be_refused() {
        String megabyte = "x".repeat(1024 * 1024);
        Script flood = Script.nothing();
        for (int i = 0; i < 64; i++) {
            flood = flood.thenSays(Chunks.content(megabyte));
        }
        Script endless = flood.thenSays(Chunks.stop());
        ScriptedUpstream upstream =
                ScriptedUpstream.choosing(call -> call.request().model().equals("floods") ? endless : Script.text("a"));
        try (Served served = Served.with(upstream, options(16, 1, Duration.ofSeconds(10)));
                RawCaller deaf = served.connect()) {
            deaf.post(STREAM.replace("glm-5.2", "floods")).readHead();

            int status = 503;
            while (status == 503) {
                try (RawCaller next = served.connect()) {
                    status = next.post(WHOLE).response().status();
                }
            }
            assertThat(status).isEqualTo(200);
            assertThat(upstream.unclosed()).isZero();
        }
    }

    @Test
    void a_body_on_its_way_does_not_take_the_place_of_an_answer() {
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")), options(16, 1, LONG));
                RawCaller slow = served.connect();
                RawCaller good = served.connect()) {
            slow.send(slow.head("/v1/chat/completions", WHOLE.length(), "")).send("{");

            assertThat(good.post(WHOLE).response().status()).isEqualTo(200);
            // The next request on a connection is heard after all is over that belonged to the one before.
            assertThat(good.ask("GET", "/health").response().status()).isEqualTo(200);
            assertThat(slow.send(WHOLE.substring(1)).response().status()).isEqualTo(200);
        }
    }
}
