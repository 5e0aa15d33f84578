package io.github.codebuddy2api.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Welch's t-test over how long the check of a password takes: one that is wrong from its first character, or at its last. */
class CheckTimingTest {
    private static final String PASSWORD = "correct-horse-battery-staple-and-more";
    private static final ServerPassword.Plain CHECK = plain();
    private static final int INPUTS = 1024;
    private static final double LIMIT = 4.5;

    /** The slowest tenth is what the machine did besides. */
    private static final double KEPT = 0.9;

    private static ServerPassword.Plain plain() {
        if (ServerPassword.from(PASSWORD, true) instanceof ServerPassword.Plain plain) {
            return plain;
        }
        throw new AssertionError("no plain password");
    }

    @Test
    @Tag("trust")
    @Tag("P20")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void how_much_of_a_password_is_right_cannot_be_timed() throws Exception {
        Proof proof = Proof.of(Promise.P20, "timing-of-the-check");
        if (proof.size() == Size.GATE) {
            proof.without("a judgement of t, since a busy machine must not fail a build");
        }
        int samples = proof.amount(20_000, 50_000, 1_000_000);
        SplittableRandom random = new SplittableRandom(proof.seed());
        proof.show(() -> {
            double t = welch(samples, random);
            if (proof.size() != Size.GATE) {
                assertThat(Math.abs(t)).isLessThan(LIMIT);
            }
            return samples + " checks, half of them wrong from the first character and half at the last: t = "
                    + String.format(Locale.ROOT, "%.2f", t);
        });
    }

    private static double welch(int samples, SplittableRandom random) {
        String[][] inputs = inputs(random);
        measure(inputs, random, samples);
        long[][] times = measure(inputs, random, samples);
        long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
        long crop = all[(int) (all.length * KEPT)];
        return t(within(times[0], crop), within(times[1], crop));
    }

    /** As many of one kind as of the other. */
    private static String[][] inputs(SplittableRandom random) {
        String[][] inputs = new String[2][INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            char wrong = (char) ('A' + random.nextInt(26));
            inputs[0][i] = wrong + PASSWORD.substring(1);
            inputs[1][i] = PASSWORD.substring(0, PASSWORD.length() - 1) + wrong;
        }
        return inputs;
    }

    private static long[][] measure(String[][] inputs, SplittableRandom random, int samples) {
        long[][] times = new long[2][samples];
        int[] counts = new int[2];
        int right = 0;
        for (int i = 0; i < samples; i++) {
            int kind = random.nextInt(2);
            // A fresh copy lies in the nearest cache, wherever the original is.
            String input = new String(inputs[kind][random.nextInt(INPUTS)].toCharArray());
            long begun = System.nanoTime();
            right += CHECK.matches(input) ? 1 : 0;
            times[kind][counts[kind]++] = System.nanoTime() - begun;
        }
        assertThat(right).isZero();
        return new long[][] {Arrays.copyOf(times[0], counts[0]), Arrays.copyOf(times[1], counts[1])};
    }

    private static double[] within(long[] times, long crop) {
        return Arrays.stream(times)
                .filter(time -> time <= crop)
                .asDoubleStream()
                .toArray();
    }

    private static double t(double[] first, double[] second) {
        double difference = mean(first) - mean(second);
        return difference / Math.sqrt(variance(first) / first.length + variance(second) / second.length);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    @Test
    void the_test_tells_a_comparison_that_stops_at_the_first_difference() {
        double[] early = new SplittableRandom(1)
                .doubles(10_000)
                .map(noise -> 300 + 20 * noise)
                .toArray();
        double[] late = new SplittableRandom(2)
                .doubles(10_000)
                .map(noise -> 302 + 20 * noise)
                .toArray();

        assertThat(Math.abs(t(early, late))).isGreaterThan(LIMIT);
    }
}
