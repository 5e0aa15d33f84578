package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private SimulatedCodeBuddy simulator;
    private Calls calls;

    @BeforeEach
    void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
        calls = new Calls(simulator.uri());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void scenarios_are_served_in_turn_and_the_last_repeats() throws Exception {
        simulator.script("m", Scenario.json(503, "1"), Scenario.json(429, "2"), Scenario.json(200, "3"));

        for (String expected : List.of("1", "2", "3", "3")) {
            assertThat(calls.chat(Peer.chatBody("m", "")).body()).isEqualTo(expected);
        }
        simulator.unscript("m");
        assertThat(calls.chat(Peer.chatBody("m", "")).body()).contains("11102");
    }

    @Test
    void raw_bytes_arrive_as_they_are() throws Exception {
        byte[] first = "HTTP/1.1 299 Odd\r\nX: ".getBytes(StandardCharsets.UTF_8);
        byte[] second = {1, (byte) 0xff, '\r', '\n', '\r', '\n'};
        simulator.script("m", Scenario.raw(first, second).then(new Step.Close()));
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("m");

            byte[] read = peer.readToEnd().toArray();
            assertThat(read).startsWith(first).endsWith(second).hasSize(first.length + second.length);
        }
    }

    @Test
    void events_and_files_become_streams(@TempDir Path folder) throws Exception {
        Path file =
                Files.write(folder.resolve("x.sse"), Transcripts.body("utf8").toArray());
        simulator.script("events", Scenario.events(List.of("{}", "[DONE]"), Duration.ofMillis(1)));
        simulator.script("file", Scenario.file(file));

        assertThat(calls.chat(Peer.chatBody("events", "")).body()).isEqualTo("data: {}\n\ndata: [DONE]\n\n");
        assertThat(calls.chat(Peer.chatBody("file", "")).body())
                .isEqualTo(Transcripts.body("utf8").text());
    }

    @Test
    void a_path_can_be_scripted() throws Exception {
        simulator.script("/v3/config", Scenario.json(500, "{}"));

        assertThat(calls.get("/v3/config", "x").status()).isEqualTo(500);
    }

    @Test
    void the_example_of_the_readme_does_what_it_says() throws Exception {
        Matcher example = Pattern.compile("(?m)^    # requests for this model.*?last-chunk$", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(example.find()).isTrue();
        simulator.script(example.group());

        assertThat(calls.chat(Peer.chatBody("my-model", "")).status()).isEqualTo(503);
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("my-model");
            peer.readUntil("\"content\":\"Hello\"");
            simulator.open("go");
            assertThat(peer.readUntil("0\r\n\r\n")).contains("data: {\"choices\":[]}\n\n", "data: [DONE]");
        }
    }

    @Test
    void every_statement_is_understood() {
        Scenario scenario = Scenario.parse("""
                head 299
                header X-One: 1
                header X-Two: 2
                send "a\\r\\n"
                send-hex ff00
                chunk "b"
                chunk-hex 41
                repeat 2 pause 3ms
                paced 4 5ms
                comment ping
                await g
                json 418 {"a": 1}
                html 502
                play sim-cut-0
                stall
                reset
                close
                reset-on-next-request
                """);

        assertThat(scenario.steps())
                .startsWith(
                        new Step.Head(299, List.of(new Header("X-One", "1"), new Header("X-Two", "2"))),
                        new Step.Send(Bytes.utf8("a\r\n")),
                        new Step.Send(Bytes.of((byte) 0xff, (byte) 0)),
                        new Step.Chunk(Bytes.utf8("b")),
                        new Step.Chunk(Bytes.utf8("A")),
                        new Step.Repeat(2, List.of(new Step.Pause(Duration.ofMillis(3)))),
                        new Step.Paced(4, Duration.ofMillis(5)),
                        new Step.Chunk(Bytes.utf8(": ping\n\n")),
                        new Step.AwaitGate("g"))
                .endsWith(new Step.Stall(), new Step.Reset(), new Step.Close(), new Step.ResetOnNextRequest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nonsense | there is no step 'nonsense'
                    chunk x | JSON
                    pause 5 | a time such as
                    header A: b | stands after 'head'
                    play sim-nonsense | there is no trigger
                    json abc {} | expected a number
                    """)
    void a_mistake_is_told_with_its_line(String line, String words) {
        assertThatThrownBy(() -> Scenario.parse("stream\n# a comment\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 3: ")
                .hasMessageContaining(words);
    }

    @Test
    void scripts_gates_and_the_journal_work_over_http() throws Exception {
        byte[] script = "stream\ntext One\nawait g\ntext Two\nlast-chunk".getBytes(StandardCharsets.UTF_8);
        assertThat(calls.call("PUT", "/simulator/scripts/m", "", script).status())
                .isEqualTo(200);
        assertThat(calls.call("PUT", "/simulator/scripts/m", "", new byte[] {'?'})
                        .status())
                .isEqualTo(400);
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat(Peer.chatBody("m", ""), "a-long-made-up-token");
            peer.readUntil("One");
            calls.call("PUT", "/simulator/gates/g", "", new byte[0]);
            peer.readUntil("Two");
            peer.readUntil("0\r\n\r\n");
            peer.leave();
        }
        simulator.journal().awaitClosed(simulator.journal().requests().getFirst(), LIMIT);

        String journal = calls.get("/simulator/journal?bodies=true", "").body();

        Json entries = JsonReader.read(journal).at("requests");
        assertThat(entries.items()).hasSize(1);
        Json entry = entries.items().getFirst();
        assertThat(entry.at("path").text()).isEqualTo("/v2/chat/completions");
        assertThat(entry.at("body").text()).isEqualTo(Peer.chatBody("m", ""));
        assertThat(entry.at("end").text()).isEqualTo("COMPLETE");
        assertThat(entry.at("peerClosed").at("phase").text()).isEqualTo("AFTER_END");
        assertThat(journal).doesNotContain("made-up");
        calls.call("DELETE", "/simulator/journal", "", null);
        assertThat(simulator.journal().requests()).isEmpty();
    }
}
