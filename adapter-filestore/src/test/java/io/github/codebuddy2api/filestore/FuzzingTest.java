package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.proofs.Promise.P25;

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
    void whatever_stands_in_a_file_is_read_or_refused_in_words() throws Exception {
        Proof proof = Proof.of(P25, "fuzzed-files");
        Fuzzing fuzzing = new Fuzzing(proof.seed())
                .with("config", FuzzedConfig.class, FuzzedConfig::fuzzerTestOneInput)
                .with("credential", FuzzedCredential.class, FuzzedCredential::fuzzerTestOneInput);
        proof.show(() -> proof.size() == Size.GATE
                ? fuzzing.regress(CHANGES)
                : fuzzing.search(Duration.ofSeconds(proof.amount(0, 3, 180))));
    }
}
