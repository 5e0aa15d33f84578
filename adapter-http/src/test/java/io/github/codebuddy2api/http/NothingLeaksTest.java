package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** Not even at the most talkative level does a log line hold what nobody may log. */
class NothingLeaksTest {
    private static final String CANARY = "canary-7f3a";
    private static final String PASSWORD = "correct " + CANARY + " staple";

    /** Everything that is logged at our own loggers' lowest level and at the level Helidon is run with. */
    private static final class Captured extends Handler implements AutoCloseable {
        private final StringWriter text = new StringWriter();
        private final Logger root = Logger.getLogger("");
        private final Logger ours = Logger.getLogger("io.github.codebuddy2api");
        private final Logger jdk = Logger.getLogger("java");

        Captured() {
            setLevel(Level.ALL);
            root.addHandler(this);
            ours.setLevel(Level.ALL);
            jdk.setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            text.append(new SimpleFormatter().formatMessage(record)).append('\n');
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text, true));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
            ours.setLevel(null);
            jdk.setLevel(null);
        }
    }

    private static void ask(Served served, String token, String body) {
        try (RawCaller caller = served.connect()) {
            caller.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                            + "\r\nX-Session-Id: " + CANARY + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .response();
        }
    }

    @Test
    void neither_passwords_nor_prompts_nor_answers_are_logged() {
        String body =
                "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"" + CANARY + "\"}]%s}";
        ScriptedUpstream upstream = ScriptedUpstream.of(
                Script.text(CANARY),
                Script.text(CANARY),
                Script.says(Chunks.content(CANARY)).thenFails(new UpstreamIncomplete(null)),
                Script.says(Chunks.content(CANARY)).thenFails(new IllegalStateException(CANARY)),
                Script.nothing().thenFails(new IllegalStateException(CANARY)));

        try (Captured log = new Captured()) {
            try (Served served =
                    Served.with(upstream, HttpOptions.of("127.0.0.1", 0), ServerPassword.from(PASSWORD, false))) {
                ask(served, PASSWORD, body.formatted("true", ""));
                ask(served, PASSWORD, body.formatted("false", ""));
                ask(served, PASSWORD, body.formatted("true", ""));
                ask(served, PASSWORD, body.formatted("true", ""));
                ask(served, PASSWORD, body.formatted("false", ""));
                ask(served, PASSWORD, body.formatted("true", "," + CANARY));
                ask(served, CANARY, body.formatted("true", ""));
            }

            assertThat(log.text.toString())
                    .contains("unexpected java.lang.IllegalStateException at ")
                    .doesNotContain(CANARY);
            assertThat(upstream.calls()).hasSize(5);
        }
    }

    @Test
    void the_id_of_a_session_is_not_logged() {
        try (Captured log = new Captured()) {
            String id;
            try (Owned owned = new Owned()) {
                owned.password = ServerPassword.from(PASSWORD, true);
                Browser browser = new Browser(owned).loggedIn(PASSWORD);
                id = browser.cookie();
                browser.get("/api/status");
                browser.get("/v1/models/" + CANARY);
                browser.post("/v1/chat/completions", "{");
                browser.send("DELETE", "/api/session", "", "");
                browser.get("/api/status");
            }

            assertThat(id).hasSizeGreaterThan(43);
            assertThat(log.text.toString())
                    .contains("POST /api/session 200", "GET /api/status 401")
                    .doesNotContain(id.substring(id.indexOf('=') + 1), CANARY);
        }
    }
}
