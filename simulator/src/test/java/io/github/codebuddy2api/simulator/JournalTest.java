package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class JournalTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void a_request_is_kept_as_it_came() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                Peer peer = new Peer(simulator.uri())) {
            peer.send("""
                    POST /v2/x?a=1&b=2 HTTP/1.1\r
                    X-Odd:  Value \r
                    x-odd: second\r
                    Transfer-Encoding: chunked\r
                    \r
                    3\r
                    abc\r
                    2;x=y\r
                    de\r
                    0\r
                    \r
                    """);

            Exchange exchange = simulator.journal().awaitRequest("/v2/x", 1, LIMIT);
            assertThat(exchange.method()).isEqualTo("POST");
            assertThat(exchange.query()).isEqualTo("a=1&b=2");
            assertThat(exchange.header("x-ODD")).contains("Value");
            assertThat(exchange.headers()).contains(new Header("X-Odd", "Value"), new Header("x-odd", "second"));
            assertThat(exchange.body().text()).isEqualTo("abcde");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void the_times_of_an_answer_are_in_their_order() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-t1");
            peer.readHead();
            Bytes body = peer.readChunks();

            Exchange exchange = simulator.journal().requests().getFirst();
            simulator.journal().awaitEnd(exchange, LIMIT);
            long[] writes = exchange.writeNanos();
            assertThat(writes).hasSize(8).isSorted();
            assertThat(exchange.arrivedNanos())
                    .isLessThan(exchange.startedNanos().orElseThrow());
            assertThat(exchange.startedNanos().orElseThrow())
                    .isLessThan(exchange.firstEventNanos().orElseThrow());
            assertThat(exchange.endNanos().orElseThrow()).isGreaterThanOrEqualTo(writes[7]);
            assertThat(exchange.bytesWritten()).isGreaterThan(body.length());
        }
    }

    @Test
    void only_the_latest_requests_are_kept() throws Exception {
        try (SimulatedCodeBuddy simulator =
                        SimulatedCodeBuddy.start(Options.defaults().withRequestsKept(2));
                Peer peer = new Peer(simulator.uri())) {
            for (String path : new String[] {"/a", "/b", "/c"}) {
                peer.send("GET " + path + " HTTP/1.1\r\n\r\n");
                peer.readUntil("Found\"}");
            }

            assertThat(simulator.journal().requests())
                    .extracting(Exchange::path)
                    .containsExactly("/b", "/c");
        }
    }

    @Test
    void waiting_in_vain_fails_with_what_was_waited_for() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            assertThatThrownBy(() -> simulator.journal().awaitRequest("/never", 1, Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("/never");
        }
    }

    @Test
    void nothing_that_prints_itself_prints_content() throws Exception {
        String marker = "planted";
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                Peer peer = new Peer(simulator.uri())) {
            peer.chat(Peer.chatBody("sim-t1", ",\"x\":\"" + marker + "\""), marker);
            peer.readHead();
            Exchange exchange = simulator.journal().requests().getFirst();

            assertThat(exchange.body().text()).contains(marker);
            assertThat(exchange + " " + exchange.body() + exchange.headers() + exchange.request())
                    .doesNotContain(marker);
            assertThat(Scenario.json(200, marker) + " " + Account.personal(marker))
                    .doesNotContain(marker);
        }
    }

    @Test
    void a_peer_that_sends_no_request_is_hung_up_on() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                Peer peer = new Peer(simulator.uri())) {
            peer.send("nonsense\r\n\r\n");

            assertThat(peer.readToEnd().length()).isZero();
            assertThat(simulator.journal().requests()).isEmpty();
        }
    }

    @Test
    void a_peer_may_wait_to_be_told_to_send_its_body() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                Peer peer = new Peer(simulator.uri())) {
            peer.send("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 100 ");
            peer.send("abc");

            assertThat(simulator.journal().awaitRequest("/x", 1, LIMIT).body().text())
                    .isEqualTo("abc");
        }
    }
}
