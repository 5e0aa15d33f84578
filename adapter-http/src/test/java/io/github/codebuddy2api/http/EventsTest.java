package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The stream of changes as its reader sees it. */
class EventsTest {
    private static final String CHAT = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = CHAT.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Served served(Script... scripts) {
        return Served.with(ScriptedUpstream.of(scripts));
    }

    private static HttpOptions heartbeat(Duration period) {
        return HttpOptions.of("127.0.0.1", 0).with(new HttpOptions.Streaming(period, Duration.ofMinutes(1)));
    }

    private static int chat(Served served, String body) {
        try (RawCaller caller = served.connect()) {
            return caller.post(body).response().status();
        }
    }

    @Test
    void it_is_a_stream_of_events_that_begins_with_the_status() {
        try (Served served = served();
                EventReader reader = EventReader.of(served);
                RawCaller second = served.connect()) {
            assertThat(reader.head().header("content-type")).startsWith("text/event-stream");
            assertThat(reader.head().header("cache-control")).contains("no-");
            assertThat(reader.head().header("x-accel-buffering")).isEqualTo("no");
            assertThat(reader.head().header("x-request-id")).isNotEmpty();

            second.ask("GET", EventReader.PATH).readHead();
            assertThat(second.chunk())
                    .startsWith("event:status\ndata:{")
                    .contains("\"draining\":false", "\"running\":0")
                    .endsWith("}\n\n");
        }
    }

    @Test
    void a_request_is_told_as_it_comes_starts_to_answer_and_ends() {
        Gate first = Gate.shut();
        Gate rest = Gate.shut();
        Script script = Script.nothing()
                .thenAwaits(first)
                .thenSays(Chunks.content("Se"))
                .thenAwaits(rest)
                .thenSays(Chunks.stop(), Chunks.usage(3, 4));

        try (Served served = served(script);
                EventReader reader = EventReader.of(served);
                RawCaller caller = served.connect()) {
            caller.post(STREAM);
            String waiting = reader.requestsUntil("\"considered\":[{").getLast();
            assertThat(waiting)
                    .contains("\"model\":\"glm-5.2\"", "\"streamed\":true", "\"state\":\"waiting\"")
                    .contains("\"outcome\":null", "\"status\":null")
                    .contains("{\"credential\":\"one\",\"name\":\"one\",\"standing\":\"chosen\"}")
                    .contains("{\"credential\":\"two\",\"name\":\"two\",\"standing\":\"not_its_turn\"}");

            first.open();
            assertThat(reader.next("request"))
                    .contains("\"state\":\"streaming\"", "\"status\":200", "\"credential\":\"one\"");

            rest.open();
            assertThat(reader.next("request"))
                    .contains("\"state\":\"ended\"", "\"outcome\":\"ok\"", "\"code\":null", "\"status\":200")
                    .contains("\"prompt_tokens\":3", "\"completion_tokens\":4");
            assertThat(caller.response().header("x-request-id"))
                    .isEqualTo(waiting.replaceAll(".*?\"id\":\"([^\"]+)\".*", "$1"));
        }
    }

    @Test
    void another_request_with_the_id_of_a_chat_that_ended_does_not_change_its_status() {
        try (Served served = served(Script.text("a"));
                RawCaller caller = served.connect()) {
            String sameId = "X-Request-ID: same-id\r\n";
            assertThat(caller.post("/v1/chat/completions", CHAT.getBytes(UTF_8), sameId)
                            .response()
                            .status())
                    .isEqualTo(200);
            for (String path : List.of("/health/nothing", "/v1/models/none", "/api/requests")) {
                caller.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + sameId + "\r\n")
                        .response();
            }

            assertThat(caller.ask("GET", "/api/requests").response().body())
                    .contains("\"id\":\"same-id\"", "\"status\":200")
                    .doesNotContain("\"status\":401", "\"status\":404");
        }
    }

    @Test
    void each_failed_attempt_is_told_and_accounts_are_to_be_looked_at_again() {
        RateLimited limit = new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(30), "Too many.");
        Gate gate = Gate.shut();

        try (Served served = served(Script.refuses(limit), Script.text("a").acceptedAt(gate));
                EventReader reader = EventReader.of(served);
                RawCaller caller = served.connect()) {
            caller.post(CHAT);

            assertThat(reader.requestsUntil("\"standing\":\"tried\"").getLast())
                    .contains("{\"credential\":\"one\",\"at_ms\":", "\"code\":\"rate_limit_exceeded\"")
                    .contains("\"state\":\"waiting\"");
            assertThat(reader.first("credentials")).isEqualTo("{}");
            gate.open();
            assertThat(reader.requestsUntil("\"status\":200").getLast()).contains("\"outcome\":\"ok\"");
        }
    }

    @Test
    void failed_cut_and_cancelled_are_told_apart_with_the_status_that_was_sent() {
        Gate gate = Gate.shut();
        try (Served served = served(
                        Script.fails(new UpstreamIncomplete(null)),
                        Script.says(Chunks.content("Se")).thenFails(new UpstreamIncomplete(null)),
                        Script.says(Chunks.content("Se")).thenAwaits(gate),
                        Script.nothing().thenFails(new IllegalStateException("a planted bug")));
                EventReader reader = EventReader.of(served)) {
            RawCaller leaver = served.connect();
            served.gateway().credentials().enable(new CredentialId("two"), false);

            assertThat(chat(served, STREAM)).isEqualTo(502);
            assertThat(reader.requestsUntil("\"status\":502").getLast())
                    .contains("\"outcome\":\"failed\"", "\"code\":\"upstream_incomplete\"");

            assertThat(chat(served, STREAM)).isEqualTo(200);
            assertThat(reader.requestsUntil("\"ended\"").getLast())
                    .contains("\"outcome\":\"cut\"", "\"code\":\"upstream_incomplete\"", "\"status\":200");

            leaver.post(STREAM).readHead();
            gate.awaitArrival();
            leaver.close();
            assertThat(reader.requestsUntil("\"ended\"").getLast())
                    .contains("\"outcome\":\"cancelled\"", "\"code\":\"client_closed\"");

            assertThat(chat(served, CHAT)).isEqualTo(500);
            assertThat(reader.requestsUntil("\"status\":500").getLast())
                    .contains("\"outcome\":\"failed\"", "\"code\":\"internal_error\"");
        }
    }

    @Test
    void changed_choices_and_settings_are_told() {
        try (Served served = served();
                EventReader reader = EventReader.of(served)) {
            served.gateway().credentials().rotate(false);
            assertThat(reader.next("credentials")).isEqualTo("{}");

            served.feed().settingsChanged();
            assertThat(reader.next("settings")).isEqualTo("{}");
        }
    }

    @Test
    void silence_is_filled_with_comments() {
        try (Served served = Served.with(ScriptedUpstream.of(), heartbeat(Duration.ofMillis(60)));
                EventReader reader = EventReader.of(served)) {
            assertThat(reader.next()).isEqualTo(new EventReader.Event("", ""));
            assertThat(reader.next()).isEqualTo(new EventReader.Event("", ""));
        }
    }

    @Test
    void what_was_said_is_in_no_event_and_no_list() {
        String canary = "canary-7f3a";
        String body = STREAM.replace("Hi", canary);
        Script script = Script.says(Chunks.content(canary), Chunks.toolCall(0, canary, canary, canary))
                .thenFails(new UpstreamIncomplete(null));

        try (Served served = served(script, Script.refuses(new UpstreamIncomplete(new RuntimeException(canary))));
                EventReader reader = EventReader.of(served);
                RawCaller caller = served.connect()) {
            caller.post("/v1/chat/completions", body.getBytes(UTF_8), "X-Session-Id: " + canary + "\r\n");
            assertThat(caller.response().body()).contains(canary);
            served.gateway().credentials().enable(new CredentialId("two"), false);
            chat(served, body);

            List<String> told = new ArrayList<>(reader.requestsUntil("\"ended\""));
            told.addAll(reader.requestsUntil("\"status\":502"));
            told.add(caller.ask("GET", "/api/requests").response().body());

            assertThat(told).noneMatch(text -> text.contains(canary) || text.contains(Served.PASSWORD));
            assertThat(told.getLast()).contains("\"outcome\":\"cut\"", "\"outcome\":\"failed\"");
        }
    }

    @Test
    void a_name_that_is_no_name_is_cleaned_and_cut() {
        String asked = "a\\u202eb\\u200b<script>" + "x".repeat(100);

        try (Served served = served(Script.text("a"));
                RawCaller caller = served.connect()) {
            caller.post(CHAT.replace("glm-5.2", asked)).response();

            assertThat(caller.ask("GET", "/api/requests").response().body())
                    .contains("\"model\":\"a?b?<script>" + "x".repeat(52) + "\"");
        }
    }

    @Test
    void the_list_has_the_newest_first_and_those_under_way() {
        Gate gate = Gate.shut();
        try (Served served = served(Script.text("a"), Script.nothing().thenAwaits(gate));
                RawCaller caller = served.connect();
                RawCaller other = served.connect()) {
            caller.post(CHAT).response();
            other.post(CHAT.replace("glm-5.2", "later"));
            gate.awaitArrival();

            RawCaller.Response list = caller.ask("GET", "/api/requests").response();

            assertThat(list.header("cache-control")).isEqualTo("no-store");
            assertThat(list.body())
                    .matches("\\{\"now_ms\":\\d+,\"requests\":\\[\\{.*}],\"capacity\":500}")
                    .containsSubsequence("\"later\"", "\"waiting\"", "\"glm-5.2\"", "\"outcome\":\"ok\"");
        }
    }

    @Test
    void one_reader_too_many_is_refused_and_a_place_that_is_left_is_free() {
        try (Served served = served();
                RawCaller late = served.connect()) {
            List<EventReader> readers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                readers.add(EventReader.of(served));
            }

            RawCaller.Response refused = late.ask("GET", EventReader.PATH).response();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"too_many_event_streams\"");
            assertThat(late.ask("HEAD", EventReader.PATH).headOnly().status()).isEqualTo(200);

            readers.get(7).close();
            int status = 503;
            while (status == 503) {
                try (RawCaller next = served.connect()) {
                    RawCaller.Response head = next.ask("GET", EventReader.PATH).readHead();
                    status = head.status();
                }
            }
            assertThat(status).isEqualTo(200);
            readers.forEach(EventReader::close);
        }
    }

    @Test
    void readers_take_no_places_from_calls() {
        HttpOptions one = HttpOptions.of("127.0.0.1", 0).with(HttpOptions.Limits.DEFAULT.withConcurrency(16, 1));
        try (Served served = Served.with(ScriptedUpstream.always(Script.text("a")), one);
                EventReader reader = EventReader.of(served);
                EventReader other = EventReader.of(served)) {
            assertThat(chat(served, CHAT)).isEqualTo(200);
            assertThat(reader.requestsUntil("\"ended\"")).isNotEmpty();
            assertThat(other.requestsUntil("\"ended\"")).isNotEmpty();
        }
    }

    @Test
    void a_stop_is_told_and_waits_for_no_reader() throws Exception {
        try (Served served = served();
                EventReader reader = EventReader.of(served)) {
            Thread stopping = served.stopping();

            assertThat(reader.next("status")).contains("\"draining\":true");
            assertThat(reader.ends()).isTrue();
            assertThat(stopping.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void whoever_may_not_read_any_more_reads_nothing_more() {
        AtomicReference<ServerPassword> password = new AtomicReference<>(ServerPassword.from(Served.PASSWORD, true));
        try (Served served = Served.with(ScriptedUpstream.of(), heartbeat(Duration.ofMillis(100)), password::get);
                EventReader reader = EventReader.of(served)) {
            password.set(ServerPassword.from("another long password", true));
            served.feed().settingsChanged();

            assertThat(reader.caller().allChunks()).doesNotContain("event:");
            assertThat(reader.caller().isClosedByServer()).isTrue();
            try (RawCaller again = served.connect()) {
                assertThat(again.ask("GET", EventReader.PATH).response().status())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void a_password_that_changes_in_silence_ends_it_with_a_heartbeat() {
        AtomicReference<ServerPassword> password = new AtomicReference<>(ServerPassword.from(Served.PASSWORD, true));
        try (Served served = Served.with(ScriptedUpstream.of(), heartbeat(Duration.ofMillis(50)), password::get);
                EventReader reader = EventReader.of(served)) {
            password.set(ServerPassword.from("another long password", true));

            assertThat(reader.ends()).isTrue();
        }
    }

    @Test
    void nobody_watches_without_the_password() {
        try (Served served = served();
                RawCaller stranger = served.connect()) {
            for (String path : List.of("/api/requests", EventReader.PATH)) {
                assertThat(stranger.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .response()
                                .status())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void a_session_watches_until_it_ends() {
        byte[] password = ("{\"password\":\"" + Served.PASSWORD + "\"}").getBytes(UTF_8);
        try (Served served = Served.with(ScriptedUpstream.of(), heartbeat(Duration.ofMillis(100)));
                RawCaller page = served.connect();
                RawCaller reader = served.connect()) {
            String given = page.post("/api/session", password, "").response().header("set-cookie");
            String cookie = "Host: localhost\r\nCookie: " + given.substring(0, given.indexOf(';')) + "\r\n";
            reader.send("GET /api/events HTTP/1.1\r\n" + cookie + "\r\n");
            assertThat(reader.readHead().status()).isEqualTo(200);
            assertThat(reader.chunk()).startsWith("event:status\n").contains("\"password_hashed\":false");

            page.send("DELETE /api/session HTTP/1.1\r\n" + cookie + "X-Requested-By: admin-page\r\n\r\n");
            assertThat(page.readHead().status()).isEqualTo(204);

            assertThat(reader.allChunks()).doesNotContain("event:");
            assertThat(reader.isClosedByServer()).isTrue();
        }
    }

    @Test
    void who_wants_no_stream_is_told_so() {
        try (Served served = served();
                RawCaller caller = served.connect()) {
            RawCaller.Response refused = caller.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer " + Served.PASSWORD + "\r\nAccept: application/json\r\n\r\n")
                    .response();

            assertThat(refused.status()).isEqualTo(406);
            assertThat(refused.body()).contains("\"code\":\"not_acceptable\"");
        }
    }
}
