package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every request leaves one line in the log, made of our own words alone. */
final class RequestLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void each_request_is_told_by_its_route_and_status_and_nothing_the_caller_wrote() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                ServiceUnderTest service = ServiceUnderTest.start(Setup.with(simulator.uri()))) {
            Calls calls = Calls.to(service);
            calls.get("/codebuddy/v1/models/canary-model?key=canary-query");
            calls.get("/canary-path");
            calls.post(Calls.CHAT, "{\"canary\":\"body\"}");
            calls.chat("hy3", false);

            expect(service, "GET /codebuddy/v1/models/{+id} 404");
            expect(service, "GET (unknown route) 404");
            expect(service, "POST /codebuddy/v1/chat/completions 400");
            expect(service, "hy3 answered");
            assertThat(service.process().output()).doesNotContain("canary");
            assertThat(service.process().output()).doesNotContain("/chat/completions 200");
        }
    }

    private static void expect(ServiceUnderTest service, String told) throws Exception {
        Pattern line = Pattern.compile(Pattern.quote(told) + " after [0-9]+ ms");
        service.process().awaitLine(told, text -> line.matcher(text).find(), LIMIT);
    }
}
