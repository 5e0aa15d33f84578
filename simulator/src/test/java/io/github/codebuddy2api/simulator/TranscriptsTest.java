package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TranscriptsTest {
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
    @MethodSource("wholeTranscripts")
    void a_transcript_arrives_as_it_is_filed_however_it_is_cut(String transcript) throws Exception {
        Bytes filed = Transcripts.body(transcript);

        for (String cut : List.of("", "-bytes", "-awkward", "-whole")) {
            assertThat(body("sim-" + transcript + cut)).as(cut).isEqualTo(filed);
        }
    }

    @ParameterizedTest
    @MethodSource("wholeTranscripts")
    void line_ends_and_comments_change_nothing_else(String transcript) throws Exception {
        String filed = latin(Transcripts.body(transcript));

        assertThat(latin(body("sim-" + transcript + "-crlf-awkward"))).isEqualTo(filed.replace("\n", "\r\n"));
        assertThat(latin(body("sim-" + transcript + "-cr"))).isEqualTo(filed.replace('\n', '\r'));
        assertThat(latin(body("sim-" + transcript + "-mixed-bytes"))
                        .replace("\r\n", "\n")
                        .replace('\r', '\n'))
                .isEqualTo(filed);
        assertThat(latin(body("sim-" + transcript + "-pings"))
                        .replaceFirst("^: ping\n\n", "")
                        .replace("\n: ping\ndata:", "\ndata:"))
                .isEqualTo(filed.replaceFirst("^: ping\n\n", "").replace("\n: ping\ndata:", "\ndata:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t8", "tool-cut"})
    void a_transcript_that_breaks_off_ends_with_the_connection_and_without_a_last_chunk(String name) throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-" + name);
            peer.readHead();
            String rest = peer.readToEnd().text();

            assertThat(rest).endsWith("\r\n").doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void awkward_cuts_fall_within_characters() {
        List<Bytes> pieces = Delivery.cut(Transcripts.body("utf8"), List.of(Delivery.AWKWARD));

        assertThat(pieces).anySatisfy(piece -> assertThat(piece.text()).contains("\ufffd"));
    }

    @Test
    void t7_is_the_refusal_of_an_image() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-t7");

            assertThat(peer.readHead()).startsWith("HTTP/1.1 400 ");
            assertThat(peer.readUntil("}"))
                    .isEqualTo(Transcripts.resource("t7.json").text())
                    .contains("11133");
        }
    }

    static Stream<String> wholeTranscripts() throws Exception {
        URI folder = Transcripts.class.getResource("transcripts/t1.sse").toURI();
        try (Stream<Path> files = Files.list(Path.of(folder).getParent())) {
            List<String> names = files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".sse"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .filter(name -> !name.equals("t8") && !name.equals("tool-cut"))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(40);
            return names.stream();
        }
    }

    private static Bytes body(String model) throws IOException {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat(model);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ").contains("text/event-stream");
            return peer.readChunks();
        }
    }

    private static String latin(Bytes bytes) {
        return new String(bytes.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
