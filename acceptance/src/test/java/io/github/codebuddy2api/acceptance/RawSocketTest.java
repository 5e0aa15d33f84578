package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exact bytes. What must come of each transcript of the protocol sheet, 6.5, stands in the files {@code transcripts/};
 * {@code ID}, {@code CREATED} and {@code MESSAGE} stand for what differs.
 */
final class RawSocketTest {
    private static final String USAGE = ",\"stream_options\":{\"include_usage\":true}";
    private static final Pattern ENVELOPE =
            Pattern.compile("\"id\":\"(chatcmpl-[0-9a-f]{24})\"(.*?)\"created\":(\\d{10})");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        simulator.script("sim-t8", Streams.brokenOff("t8", Integer.MAX_VALUE, new Step.Close()));
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "t2", "t3", "t4", "t6", "t9"})
    void a_whole_transcript_is_streamed_to_the_byte_however_it_is_cut(String transcript) throws Exception {
        String expected = file(transcript + ".stream");
        for (String cut : List.of("", "-bytes", "-awkward", "-whole", "-crlf-awkward", "-mixed-bytes", "-pings")) {
            String model = "sim-" + transcript + cut;
            try (RawConnection connection = service.connect()) {
                connection.send(Asked.request(Asked.body(model, true, USAGE)));
                RawResponse response = connection.read();

                assertThat(response.status()).isEqualTo(200);
                assertThat(neutral(response.text()).replace("\"" + model + "\"", "\"sim-" + transcript + "\""))
                        .as(model)
                        .isEqualTo(expected);
                assertThat(response.whole()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "t2", "t3", "t4", "t6", "t9"})
    void a_whole_transcript_is_folded_to_the_byte(String transcript) throws Exception {
        RawResponse response = Asked.chat(service, "sim-" + transcript, false);

        assertThat(response.status()).isEqualTo(200);
        assertThat(neutral(response.text())).isEqualTo(file(transcript + ".folded"));
        assertThat(response.header("content-type")).contains("application/json; charset=utf-8");
        assertThat(response.header("x-request-id")).isPresent();
    }

    @Test
    void without_being_asked_for_the_usage_chunk_does_not_come() throws Exception {
        String withUsage = file("t1.stream");
        String without = withUsage.replaceFirst("data: [^\n]*\"choices\":\\[],\"usage\"[^\n]*\n\n", "");

        assertThat(neutral(Asked.chat(service, "sim-t1", true).text()))
                .isEqualTo(without)
                .isNotEqualTo(withUsage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t5", "t8"})
    void a_broken_transcript_ends_with_the_error_event_to_the_byte(String transcript) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-" + transcript, true, USAGE)));
            RawResponse response = connection.read();

            assertThat(response.status()).isEqualTo(200);
            assertThat(neutral(response.text())).isEqualTo(file(transcript + ".stream"));
            assertThat(response.whole()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"t5, 502", "t7, 400", "t8, 502"})
    void a_broken_transcript_is_an_error_to_the_byte_when_folded(String transcript, int status) throws Exception {
        RawResponse response = Asked.chat(service, "sim-" + transcript, false);

        assertThat(response.status()).isEqualTo(status);
        assertThat(neutral(response.text())).isEqualTo(file(transcript + ".folded"));
    }

    @Test
    void an_image_that_is_refused_has_its_status_in_a_stream_too() throws Exception {
        RawResponse response = Asked.chat(service, "sim-t7", true);

        assertThat(response.status()).isEqualTo(400);
        assertThat(neutral(response.text())).isEqualTo(file("t7.folded"));
    }

    @Test
    void the_headers_of_a_stream_are_these() throws Exception {
        RawResponse response = Asked.chat(service, "sim-t1", true);

        assertThat(response.header("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.header("cache-control"))
                .hasValueSatisfying(v -> assertThat(v).contains("no-cache"));
        assertThat(response.header("transfer-encoding")).contains("chunked");
        assertThat(response.header("content-length")).isEmpty();
        assertThat(response.header("x-accel-buffering")).contains("no");
        assertThat(response.header("x-content-type-options")).contains("nosniff");
        assertThat(response.header("x-request-id").orElse("")).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(response.header("server")).isEmpty();
        assertThat(response.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void every_chunk_on_the_wire_holds_whole_events() throws Exception {
        RawResponse response = Asked.chat(service, "sim-t2-bytes", true);

        assertThat(response.chunks())
                .allSatisfy(chunk -> assertThat(new String(chunk, StandardCharsets.UTF_8))
                        .startsWith("data: ")
                        .endsWith("\n\n"));
        assertThat(response.text()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void the_upstream_sees_what_the_protocol_wants() throws Exception {
        simulator.journal().clear();
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(
                    Asked.body(
                            "hy3", false, ",\"temperature\":0.70,\"seed\":12345678901234567890,\"x_new\":{\"a\":[1]}"),
                    "X-Conversation-ID: conversation-1",
                    "X-Request-ID: request-1"));
            RawResponse response = connection.read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-request-id")).contains("request-1");
        }

        Exchange call = simulator.journal().awaitRequest("/v2/chat/completions", 1, LIMIT);
        var body = Json.read(call.body().text());
        assertThat(call.method()).isEqualTo("POST");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(body.at("/messages/1/role").asText()).isEqualTo("user");
        assertThat(call.body().text())
                .contains("\"temperature\":0.70", "\"seed\":12345678901234567890", "\"x_new\":{\"a\":[1]}");
        assertThat(call.header("Authorization").orElse("")).startsWith("Bearer token-");
        assertThat(call.header("X-User-Id").orElse("")).startsWith("user-");
        assertThat(call.header("X-Conversation-ID")).contains("conversation-1");
        assertThat(call.header("X-Request-ID")).contains("request-1");
        assertThat(call.header("Host")).contains(simulator.uri().getAuthority());
        assertThat(call.headers().toString() + call.body().text()).doesNotContain(AppHome.PASSWORD);
    }

    @Test
    void requests_without_ids_get_fresh_ones() throws Exception {
        simulator.journal().clear();
        Asked.chat(service, "hy3", false);
        Asked.chat(service, "hy3", false);

        List<Exchange> calls = simulator.journal().requests();
        for (String name : List.of("X-Conversation-ID", "X-Request-ID")) {
            assertThat(calls)
                    .extracting(call -> call.header(name).orElseThrow())
                    .as(name)
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/codebuddy/v1", "/v1"})
    void the_models_are_listed_under_both_paths(String api) throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send("GET " + api + "/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer "
                    + AppHome.PASSWORD + "\r\n\r\n");
            RawResponse response = connection.read();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.json().path("object").asText()).isEqualTo("list");
            assertThat(response.json().path("data")).isNotEmpty().allSatisfy(model -> {
                assertThat(model.path("object").asText()).isEqualTo("model");
                assertThat(model.path("owned_by").asText()).isEqualTo("codebuddy");
                assertThat(model.path("created").isIntegralNumber()).isTrue();
            });
        }
    }

    @Test
    void the_original_path_answers_as_the_usual_one() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send(Asked.request(Asked.body("sim-t1", false)).replace("POST /v1/", "POST /codebuddy/v1/"));

            assertThat(neutral(connection.read().text())).isEqualTo(file("t1.folded"));
        }
    }

    @Test
    void health_and_the_root_tell_that_we_live_and_no_more() throws Exception {
        try (RawConnection connection = service.connect()) {
            connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.read().text()).isEqualTo("{\"status\":\"healthy\",\"service\":\"codebuddy2api\"}");
            connection.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.readWithoutBody().status()).isEqualTo(200);
            connection.send("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.readWithoutBody().status()).isEqualTo(200);
        }
    }

    /** Puts the placeholders in and makes sure that what they stand for is the same in every chunk. */
    private static String neutral(String text) {
        Matcher matcher = ENVELOPE.matcher(text);
        String neutral = text;
        if (matcher.find()) {
            neutral = text.replace("\"id\":\"" + matcher.group(1) + "\"", "\"id\":\"ID\"")
                    .replace("\"created\":" + matcher.group(3), "\"created\":CREATED");
        }
        return neutral.contains("\"upstream_error\"") || neutral.contains("\"invalid_value\"")
                ? neutral.replaceAll("\"(message|detail)\":\"[^\"]*\"", "\"$1\":\"MESSAGE\"")
                : neutral;
    }

    private static String file(String name) throws IOException {
        try (InputStream in = RawSocketTest.class.getResourceAsStream("transcripts/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
