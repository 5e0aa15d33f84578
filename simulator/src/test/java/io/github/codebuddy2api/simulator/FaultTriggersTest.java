package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTriggersTest {
    private static final String T1 = Transcripts.body("t1").text();

    private static SimulatedCodeBuddy simulator;

    @BeforeAll
    static void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 100, 168, 500, 998})
    void a_cut_comes_after_exactly_so_many_bytes_of_the_body(int length) throws Exception {
        assertThat(unchunked(rest("sim-cut-" + length))).isEqualTo(T1.substring(0, length));
    }

    @Test
    void any_transcript_can_be_cut() throws Exception {
        assertThat(unchunked(rest("sim-cut-t2-300")))
                .isEqualTo(Transcripts.body("t2").text().substring(0, 300));
    }

    @Test
    void a_reset_comes_after_its_bytes_and_is_a_reset() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-reset-100");
            peer.readHead();
            peer.readUntil(T1.substring(90, 100) + "\r\n");

            assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_connection_can_be_reset_or_closed_before_any_answer() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-reset-before-headers");
            assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
        }
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-close-before-headers");
            assertThat(peer.readToEnd().length()).isZero();
        }
    }

    @Test
    void a_stale_connection_is_reset_at_the_next_request() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-stale");
            peer.readHead();
            assertThat(peer.readChunks().text()).isEqualTo(T1);
            peer.chat("sim-t1");

            assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void an_idle_connection_can_be_dropped_after_a_whole_answer() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-drop-idle");
            assertThat(peer.readHead()).doesNotContainIgnoringCase("connection");
            assertThat(peer.readChunks().text()).isEqualTo(T1);
            assertThat(peer.readToEnd().length()).isZero();
        }
    }

    @Test
    void a_connection_serves_one_request_after_the_other() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            for (String model : List.of("sim-t1", "sim-14018", "sim-t1-bytes", "sim-early-hints")) {
                peer.chat(model);
                String head = peer.readHead();
                if (model.equals("sim-14018")) {
                    peer.readUntil("}}}");
                } else {
                    head = head.startsWith("HTTP/1.1 103") ? peer.readHead() : head;
                    assertThat(head).startsWith("HTTP/1.1 200 ");
                    assertThat(peer.readChunks().text()).isEqualTo(T1);
                }
            }
        }
    }

    @Test
    void comments_alone_carry_no_event() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-comments-only");
            peer.readHead();

            assertThat(peer.readUntil(": ping\n\n\r\n8\r\n: ping\n\n")).doesNotContain("data:");
        }
    }

    @Test
    void paced_events_carry_their_number_and_the_time_of_their_writing() throws Exception {
        long before = System.nanoTime();
        String text = unchunked(rest("sim-pace-5-3", true));
        long after = System.nanoTime();

        List<String> marks = Pattern.compile("\"content\":\"(\\d+@\\d+) \"")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(marks).hasSize(5);
        long last = before;
        for (int number = 0; number < 5; number++) {
            String[] parts = marks.get(number).split("@", -1);
            assertThat(Integer.parseInt(parts[0])).isEqualTo(number);
            assertThat(Long.parseLong(parts[1])).isBetween(last, after);
            last = Long.parseLong(parts[1]);
        }
        assertThat(text).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void an_event_can_be_too_long() throws Exception {
        String text = unchunked(rest("sim-oversize-3000000", true));

        assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isGreaterThan(3_000_000);
    }

    @Test
    void a_flood_has_as_many_events_as_asked_for() throws Exception {
        String text = unchunked(rest("sim-flood-300", true));

        assertThat(text.lines().filter(line -> line.contains("xxxx"))).hasSize(300);
    }

    @Test
    void a_line_can_have_no_end() throws Exception {
        String text = unchunked(rest("sim-endless-line-100000", true));

        assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isGreaterThan(98_000);
    }

    @Test
    void lengths_can_be_wrong_in_both_directions() throws Exception {
        assertThat(rest("sim-wrong-length-long")).isEqualTo(T1);
        assertThat(rest("sim-wrong-length-short")).isEqualTo(T1);
        assertThat(head("sim-wrong-length-long")).contains("Content-Length: " + (T1.length() + 100));
        assertThat(head("sim-wrong-length-short")).contains("Content-Length: " + (T1.length() - 40));
        assertThat(head("sim-content-length")).contains("Content-Length: " + T1.length());
    }

    @Test
    void a_body_can_end_with_the_connection() throws Exception {
        assertThat(rest("sim-close-delimited")).isEqualTo(T1);
        assertThat(rest("sim-no-last-chunk")).endsWith("data: [DONE]\n\n\r\n");
        assertThat(rest("sim-bad-chunk-size")).endsWith("\r\nzz\r\n");
        assertThat(rest("sim-cut-in-chunk")).endsWith("\r\nff\r\ndata: {\"id\":\"s1\",");
    }

    @Test
    void chunks_can_carry_extensions_and_trailers() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-chunk-extension");
            peer.readHead();
            assertThat(peer.readUntil("\r\n0\r\n\r\n")).startsWith("ae;simulated=\"yes\"\r\ndata: ");
            peer.chat("sim-trailer");
            assertThat(peer.readHead()).contains("Trailer: X-Simulated");
            assertThat(peer.readUntil("X-Simulated: yes\r\n\r\n")).contains("\r\n0\r\nX-Simulated: yes\r\n\r\n");
        }
    }

    @Test
    void a_body_can_be_packed_although_nobody_asked() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-gzip");
            assertThat(peer.readHead()).contains("Content-Encoding: gzip");
            Bytes packed = peer.readChunks();
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.toArray()))) {
                assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(T1);
            }
            peer.chat("sim-gzip-bomb");
            peer.readHead();
            assertThat(peer.readChunks().length()).isLessThan(100_000);
            peer.chat("sim-gzip-false");
            assertThat(peer.readHead()).contains("Content-Encoding: gzip");
            assertThat(peer.readChunks().text()).isEqualTo(T1);
        }
    }

    @Test
    void the_content_type_can_be_missing_or_written_otherwise() throws Exception {
        assertThat(head("sim-no-content-type")).doesNotContainIgnoringCase("content-type");
        assertThat(head("sim-upper-content-type")).contains("content-type: Text/Event-Stream;charset=UTF-8");
        assertThat(head("sim-huge-header").length()).isGreaterThan(1024 * 1024);
        assertThat(rest("sim-not-http", false, "")).startsWith("SSH-2.0");
    }

    @Test
    void headers_can_be_slow_and_events_late() throws Exception {
        assertThat(unchunked(rest("sim-slow-headers-1", true))).isEqualTo(T1);
        assertThat(unchunked(rest("sim-slow-headers-bytes-0", true))).isEqualTo(T1);
        assertThat(unchunked(rest("sim-slow-first-event-1", true))).isEqualTo(T1);
        assertThat(unchunked(rest("sim-gap-1", true))).isEqualTo(T1);
    }

    private static String head(String model) throws IOException {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat(model);
            return peer.readHead();
        }
    }

    /** What follows the head, until the simulator closes. */
    private static String rest(String model) throws IOException {
        return rest(model, false);
    }

    /** What follows the head, until the simulator closes or, if the answer is orderly, to its last chunk. */
    private static String rest(String model, boolean orderly) throws IOException {
        return rest(model, orderly, "\r\n\r\n");
    }

    private static String rest(String model, boolean orderly, String headEnd) throws IOException {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat(model);
            if (!headEnd.isEmpty()) {
                peer.readUntil(headEnd);
            }
            if (orderly) {
                Bytes body = peer.readChunks();
                return Integer.toHexString(body.length()) + "\r\n" + body.text() + "\r\n";
            }
            return peer.readToEnd().text();
        }
    }

    /** The payload of chunks; all here is ASCII. */
    private static String unchunked(String wire) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < wire.length()) {
            int lineEnd = wire.indexOf("\r\n", at);
            int length = Integer.parseInt(wire.substring(at, lineEnd), 16);
            body.append(wire, lineEnd + 2, lineEnd + 2 + length);
            at = lineEnd + 2 + length + 2;
        }
        return body.toString();
    }
}
