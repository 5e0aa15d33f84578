package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lincheck tries interleavings of what callers do at once: each result must be one that some order would give. */
class LinearizabilityTest {
    @Test
    @Tag("trust")
    @Tag("P14")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void leases_rests_and_choices_happen_in_some_order() throws Exception {
        Proof proof = Proof.of(Promise.P14, "interleavings-of-the-pool");
        int scenarios = proof.amount(3, 3, 100);
        int each = proof.amount(100, 100, 1_000);
        proof.show(() -> check(PoolInUse.class, scenarios, each));
    }

    /** Two credentials, of which the first one's guessed rest is open. */
    public static final class PoolInUse {
        private static final Credential A = Credential.of("a", "not-a-token-a");
        private static final Credential B = Credential.of("b", "not-a-token-b");
        private static final String MODEL = "glm-5.2";

        private final MovedTime time = new MovedTime(Instant.parse("2026-11-22T12:00:00Z"));
        private final CredentialPool pool =
                new CredentialPool(() -> GatewaySettings.DEFAULT.withRotationCount(2), time, RotationState.INITIAL);

        public PoolInUse() {
            pool.take(List.of(A, B));
            pool.release(new Lease(A, MODEL), new Verdict.Failed(Failures.limited(null)));
            time.advance(RestPolicy.UNKNOWN_LIMIT);
        }

        @Operation
        public String lease() {
            return pool.lease(MODEL, Set.of())
                    .lease()
                    .map(lease -> lease.credential().id() + (lease.probe() == null ? "" : " probing"))
                    .orElse("none");
        }

        @Operation
        public boolean limit() {
            return pool.release(new Lease(B, MODEL), new Verdict.Failed(Failures.limited(Duration.ofMinutes(1))))
                    .isPresent();
        }

        @Operation
        public int resting() {
            return pool.storedRests().size();
        }

        @Operation
        public void disable() {
            pool.choose(new RotationState(true, null, null, Set.of(B.id())));
        }

        @Operation
        public void enable() {
            pool.choose(RotationState.INITIAL);
        }
    }

    @Test
    @Tag("trust")
    @Tag("P9")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whoever_asks_at_once_gets_the_one_answer() throws Exception {
        Proof proof = Proof.of(Promise.P9, "interleavings-of-one-question");
        int scenarios = proof.amount(2, 10, 100);
        int each = proof.amount(100, 100, 1_000);
        proof.show(() -> check(OneQuestion.class, scenarios, each));
    }

    /** A question that counts how often it was asked. */
    public static final class OneQuestion {
        private final AtomicInteger asked = new AtomicInteger();
        private final Answers<Integer> answers = new Answers<>(
                credential -> asked.incrementAndGet(),
                Duration.ofHours(1),
                Duration.ZERO,
                new MovedTime(Instant.parse("2026-11-22T12:00:00Z")));

        @Operation
        public int ask() {
            return answers.ask(PoolInUse.A).value();
        }
    }

    @Test
    void an_update_that_can_get_lost_is_found() {
        assertThatThrownBy(() -> check(LossyCount.class, 5, 500)).isInstanceOf(LincheckAssertionError.class);
    }

    /** What must not pass. */
    public static final class LossyCount {
        private volatile int count;

        @Operation
        public int next() {
            int next = count + 1;
            count = next;
            return next;
        }
    }

    private static String check(Class<?> tried, int scenarios, int each) {
        // Lincheck looks into our values to see whether a loop goes round without anything changing.
        Module ours = LinearizabilityTest.class.getModule();
        ours.getPackages().forEach(name -> ours.addOpens(name, ModelCheckingOptions.class.getModule()));
        new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(each)
                .threads(2)
                .actorsPerThread(3)
                .check(tried);
        return scenarios + " random scenarios of two threads, up to " + each + " interleavings each: 0 anomalies";
    }
}
