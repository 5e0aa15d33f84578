package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.PeerClosed.How;
import io.github.codebuddy2api.simulator.PeerClosed.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PeerLeavesTest {
    private static final String CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private SimulatedCodeBuddy simulator;

    @BeforeEach
    void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_leaves_before_any_header_is_seen(How how) throws Exception {
        Exchange exchange = leave("sim-no-headers", how, "");

        PeerClosed closed = simulator.journal().awaitClosed(exchange, LIMIT);
        assertThat(closed.how()).isEqualTo(how);
        assertThat(closed.phase()).isEqualTo(Phase.BEFORE_HEADERS);
        assertThat(simulator.journal().awaitEnd(exchange, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_leaves_before_the_first_event_is_seen(How how) throws Exception {
        Exchange exchange = leave("sim-silent", how, "\r\n\r\n");

        PeerClosed closed = simulator.journal().awaitClosed(exchange, LIMIT);
        assertThat(closed.how()).isEqualTo(how);
        assertThat(closed.phase()).isEqualTo(Phase.BEFORE_FIRST_EVENT);
        assertThat(exchange.firstEventNanos()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_leaves_between_events_is_seen_although_nothing_is_written(How how) throws Exception {
        Exchange exchange = leave("sim-stall-400", how, "Seven");

        PeerClosed closed = simulator.journal().awaitClosed(exchange, LIMIT);
        assertThat(closed.how()).isEqualTo(how);
        assertThat(closed.phase()).isEqualTo(Phase.BETWEEN_EVENTS);
        assertThat(closed.nanos()).isGreaterThan(exchange.firstEventNanos().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_leaves_while_writes_are_blocked_is_seen(How how) throws Exception {
        Exchange exchange = leave("sim-flood-200000", "data:", how == How.RST ? Peer::reset : Peer::abandon);

        assertThat(simulator.journal().awaitClosed(exchange, LIMIT).phase()).isEqualTo(Phase.BETWEEN_EVENTS);
        assertThat(simulator.journal().awaitEnd(exchange, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
    }

    @Test
    void a_peer_that_leaves_after_a_whole_answer_left_after_its_end() throws Exception {
        Exchange exchange = leave("sim-t1", How.FIN, "\r\n0\r\n\r\n");

        assertThat(simulator.journal().awaitClosed(exchange, LIMIT).phase()).isEqualTo(Phase.AFTER_END);
        assertThat(simulator.journal().awaitEnd(exchange, LIMIT)).isEqualTo(Exchange.End.COMPLETE);
    }

    @Test
    void a_reset_by_the_simulator_is_no_leaving_of_the_peer() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-reset-before-headers");
            Exchange exchange = simulator.journal().awaitRequest(CHAT, 1, LIMIT);

            assertThat(simulator.journal().awaitEnd(exchange, LIMIT)).isEqualTo(Exchange.End.RESET);
            assertThat(exchange.peerClosed()).isEmpty();
        }
    }

    @Test
    void closing_the_simulator_ends_answers_that_would_never_end() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("sim-silent");
            Exchange exchange = simulator.journal().awaitRequest(CHAT, 1, LIMIT);
            peer.readHead();

            simulator.close();

            assertThat(exchange.end()).contains(Exchange.End.STOPPED);
            assertThat(exchange.peerClosed()).isEmpty();
            assertThat(simulator.openConnections()).isZero();
        }
    }

    @Test
    void a_gate_holds_an_answer_until_it_is_opened() throws Exception {
        simulator.script(
                "gated",
                Scenario.of(
                        Heads.stream(),
                        new Step.Chunk(Bytes.utf8("data: 1\n\n")),
                        new Step.AwaitGate("go"),
                        new Step.Chunk(Bytes.utf8("data: 2\n\n")),
                        new Step.LastChunk(List.of())));
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat("gated");
            peer.readUntil("data: 1\n\n\r\n");
            Exchange exchange = simulator.journal().awaitRequest(CHAT, 1, LIMIT);
            assertThat(exchange.end()).isEmpty();

            simulator.open("go");

            assertThat(peer.readUntil("0\r\n\r\n")).contains("data: 2");
        }
    }

    /** A way to leave. */
    private interface Leaving {
        void leave(Peer peer) throws IOException;
    }

    private Exchange leave(String model, How how, String afterReading) throws Exception {
        return leave(model, afterReading, how == How.RST ? Peer::reset : Peer::leave);
    }

    private Exchange leave(String model, String afterReading, Leaving leaving) throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.chat(model);
            Exchange exchange = simulator.journal().awaitRequest(CHAT, 1, LIMIT);
            if (!afterReading.isEmpty()) {
                peer.readUntil(afterReading);
            }
            leaving.leave(peer);
            return exchange;
        }
    }
}
