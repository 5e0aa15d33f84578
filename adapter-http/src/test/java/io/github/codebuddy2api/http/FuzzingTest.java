package io.github.codebuddy2api.http;

import static io.github.codebuddy2api.proofs.Promise.P25;

import io.github.codebuddy2api.http.openai.FuzzedChatRequest;
import io.github.codebuddy2api.http.web.FuzzedHost;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import io.github.codebuddy2api.testkit.fuzz.Fuzzing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FuzzingTest {
    private static final int CHANGES = 500;

    @Test
    @Tag("trust")
    @Tag("P25")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whatever_a_caller_sends_is_read_or_refused_in_words() throws Exception {
        Proof proof = Proof.of(P25, "fuzzed-requests");
        Fuzzing fuzzing = new Fuzzing(proof.seed())
                .with("chat-request", FuzzedChatRequest.class, FuzzedChatRequest::fuzzerTestOneInput)
                .with("host-and-origin", FuzzedHost.class, FuzzedHost::fuzzerTestOneInput);
        proof.show(() -> proof.size() == Size.GATE
                ? fuzzing.regress(CHANGES)
                : fuzzing.search(Duration.ofSeconds(proof.amount(0, 3, 180))));
    }
}
