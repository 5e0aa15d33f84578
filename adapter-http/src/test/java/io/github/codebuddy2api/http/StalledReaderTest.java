package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayEvent.RequestStarted;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Considered.Standing;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers of the changes who do not read hold nobody up: neither requests, nor a stop, nor the next reader. */
class StalledReaderTest {
    private static final String CHAT = "{\"model\":\"glm-5.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Together some megabytes of events, which is more than the kernel takes for somebody who does not read. */
    private static final int FLOOD = 500;

    private static Served served(Duration writeStall) {
        HttpOptions options = HttpOptions.of("127.0.0.1", 0)
                .with(new HttpOptions.Deadlines(LONG, LONG, writeStall, LONG))
                .with(new HttpOptions.Streaming(LONG, LONG));
        return Served.with(ScriptedUpstream.always(Script.text("a")), options);
    }

    private static void flood(Served served) {
        Considered one = new Considered(new CredentialId("a"), "x".repeat(500), Standing.READY, null, null);
        List<Considered> many = Collections.nCopies(Considered.MOST, one);
        for (int i = 0; i < FLOOD; i++) {
            RequestId id = new RequestId("flood" + i);
            served.feed().on(new RequestStarted(id, "glm-5.2", true));
            served.feed().on(new CredentialsConsidered(id, 1, many));
        }
    }

    @Test
    void requests_are_answered_and_a_stop_does_not_wait() throws Exception {
        try (Served served = served(LONG);
                EventReader stalled = EventReader.of(served);
                RawCaller caller = served.connect()) {
            assertThat(stalled.head().status()).isEqualTo(200);
            flood(served);

            assertThat(caller.post(CHAT).response().status()).isEqualTo(200);
            assertThat(served.stopping().join(Duration.ofSeconds(15))).isTrue();
        }
    }

    @Test
    void they_lose_their_places_after_the_write_deadline() {
        try (Served served = served(Duration.ofMillis(200));
                RawCaller late = served.connect()) {
            List<EventReader> stalled = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                stalled.add(EventReader.of(served));
            }
            assertThat(late.ask("GET", EventReader.PATH).response().status()).isEqualTo(503);
            flood(served);

            int status = 503;
            while (status == 503) {
                try (RawCaller next = served.connect()) {
                    status = next.ask("GET", EventReader.PATH).readHead().status();
                }
            }

            assertThat(status).isEqualTo(200);
            stalled.forEach(EventReader::close);
        }
    }
}
