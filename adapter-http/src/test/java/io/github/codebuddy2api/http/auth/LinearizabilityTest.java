package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lincheck tries interleavings of what callers do at once: each result must be one that some order would give. */
@Timeout(value = 45, unit = TimeUnit.MINUTES)
class LinearizabilityTest {
    @Test
    @Tag("trust")
    @Tag("P14")
    void sessions_begin_serve_and_end_in_some_order() throws Exception {
        Proof proof = Proof.of(Promise.P14, "interleavings-of-the-sessions");
        proof.show(() -> check(SessionsInUse.class, proof));
    }

    @Test
    @Tag("trust")
    @Tag("P14")
    void wrong_passwords_are_counted_in_some_order() throws Exception {
        Proof proof = Proof.of(Promise.P14, "interleavings-of-the-throttle");
        proof.show(() -> check(ThrottleInUse.class, proof));
    }

    /** So many sessions that one more ends the oldest. */
    public static final class SessionsInUse {
        private static final ServerPassword PASSWORD = ServerPassword.from("correct horse", true);

        private final ManualTime time = new ManualTime();
        private final Random random = new Random(1);
        private final Sessions sessions = new Sessions(new PasswordCheck(() -> PASSWORD, random, time), random, time);
        private final List<SessionId> ids = new ArrayList<>();

        public SessionsInUse() {
            for (int i = 0; i < Sessions.MOST; i++) {
                ids.add(sessions.begin(PASSWORD));
            }
        }

        @Operation
        public void begin() {
            sessions.begin(PASSWORD);
        }

        @Operation
        public boolean useTheOldest() {
            return sessions.use(ids.get(0)).isPresent();
        }

        @Operation
        public boolean lookAtTheSecond() {
            return sessions.left(ids.get(1)).isPresent();
        }

        @Operation
        public void endTheSecond() {
            sessions.end(ids.get(1));
        }
    }

    /** An address that may try twice more. */
    public static final class ThrottleInUse {
        private final GuessThrottle throttle = new GuessThrottle(new ManualTime());
        private final GuessThrottle.Guess first = guess("192.0.2.1", 0);

        public ThrottleInUse() {
            for (int i = 1; i < GuessThrottle.MOST_OF_ONE - 2; i++) {
                guess("192.0.2.1", i);
            }
        }

        private GuessThrottle.Guess guess(String address, int what) {
            return throttle.admit(address, new byte[] {(byte) what}, SessionsInUse.PASSWORD);
        }

        private boolean isAdmitted(String address, int what) {
            try {
                return !guess(address, what).isWrong();
            } catch (HttpFailure tooMany) {
                return false;
            }
        }

        @Operation
        public boolean guess() {
            return isAdmitted("192.0.2.1", 100);
        }

        @Operation
        public boolean guessSomethingElse() {
            return isAdmitted("192.0.2.1", 101);
        }

        @Operation
        public boolean guessElsewhere() {
            return isAdmitted("192.0.2.2", 100);
        }

        @Operation
        public int left() {
            return throttle.left("192.0.2.1");
        }

        @Operation
        public void takeBack() {
            throttle.takeBack(first);
        }
    }

    private static String check(Class<?> tried, Proof proof) {
        int scenarios = proof.amount(2, 5, 100);
        int each = proof.amount(50, 100, 1_000);
        // Lincheck looks into our values to see whether a loop goes round without anything changing.
        Module ours = LinearizabilityTest.class.getModule();
        ours.getPackages().forEach(name -> ours.addOpens(name, ModelCheckingOptions.class.getModule()));
        new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(each)
                .threads(2)
                .actorsPerThread(3)
                // Counting guesses goes round often enough to be taken for a loop without end.
                .loopBound(10_000)
                .check(tried);
        return scenarios + " random scenarios of two threads, up to " + each + " interleavings each: 0 anomalies";
    }
}
