package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One account that serves one request at once, and one place to wait for it. */
final class FullAccountTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static SimulatedCodeBuddy simulator;

    private ServiceUnderTest service;

    @BeforeAll
    static void startSimulator() throws Exception {
        simulator = SimulatedCodeBuddy.start();
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @BeforeEach
    void start() throws Exception {
        simulator.journal().clear();
        service = ServiceUnderTest.start(Setup.with(simulator.uri())
                .withTokens("token-one")
                .sections("gateway: {max_per_account: 1, queue: 1, queue_wait: 2s}"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void who_waits_too_long_is_told_to_come_back_and_who_leaves_gives_up_its_place() throws Exception {
        try (RawConnection holder = service.connect()) {
            holder.send(Asked.request(Asked.body("sim-pace-1000-50", true)));
            Exchange held = simulator.journal().awaitRequest(UPSTREAM_CHAT, 1, LIMIT);
            holder.readHead();

            RawResponse refused = Asked.chat(service, "hy3", false);

            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.error().path("code").asText()).isEqualTo("server_overloaded");
            assertThat(refused.header("retry-after")).contains("2");
            ErrorContract.isKept(refused);
            RawConnection leaver = service.connect();
            leaver.send(Asked.request(Asked.body("hy3", true)));
            leaver.reset();
            leaver.close();
            holder.reset();
            simulator.journal().awaitClosed(held, LIMIT);
            assertThat(Asked.chat(service, "hy3", false).status()).isEqualTo(200);
        }
    }
}
