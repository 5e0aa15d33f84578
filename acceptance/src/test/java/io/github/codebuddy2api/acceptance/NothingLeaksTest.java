package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A marker is planted in every secret and in everything a person says or reads; no output of the process shows it. */
final class NothingLeaksTest {
    private static final String MARKER = "kumquat";

    @Test
    void no_output_shows_what_nobody_may_log() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                ServiceUnderTest service = ServiceUnderTest.start(Setup.with(simulator.uri())
                        .withTokens("token-" + MARKER + "-1", "token-" + MARKER + "-2-sim-retry-after-1"))) {
            for (String model : List.of(
                    "sim-echo",
                    "sim-t5",
                    "sim-11128",
                    "sim-500",
                    "sim-t8",
                    "sim-reset-before-headers",
                    "sim-garbage")) {
                for (boolean stream : List.of(true, false)) {
                    String body = Asked.body(
                                    model,
                                    stream,
                                    ",\"user\":\"" + MARKER + "\",\"tools\":[{\"type\":\"function\","
                                            + "\"function\":{\"name\":\"" + MARKER + "\",\"description\":\"" + MARKER
                                            + "\"}}]")
                            .replace("prime", MARKER);
                    try (RawConnection connection = service.connect()) {
                        connection.send(Asked.request(body, "X-Conversation-ID: " + MARKER, "Cookie: a=" + MARKER));
                        connection.read();
                    }
                }
            }
            for (String bad :
                    List.of("{\"" + MARKER, "{\"model\":\"" + MARKER + "\",\"messages\":\"" + MARKER + "\"}")) {
                try (RawConnection connection = service.connect()) {
                    connection.send(Asked.request(bad, "X-" + MARKER + ": " + MARKER));
                    assertThat(connection.read().text()).doesNotContain(MARKER);
                }
            }
            try (RawConnection connection = service.connect()) {
                connection.send(
                        "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + MARKER + "\r\n\r\n");
                assertThat(connection.read().text()).doesNotContain(MARKER);
            }
            service.process().stop();

            assertThat(service.process().output())
                    .contains("sim-echo")
                    .doesNotContain(MARKER)
                    .doesNotContain(AppHome.PASSWORD);
        }
    }
}
