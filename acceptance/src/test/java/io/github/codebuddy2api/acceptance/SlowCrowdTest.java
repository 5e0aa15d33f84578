package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P10;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers who hold what they have and do nothing with it, beside callers who want an answer. */
final class SlowCrowdTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String HEAP = "-Xmx256m";
    private static final int FLOOD_MEGABYTES = 4;
    private static final int GOOD = 50;
    /** How often each of them asks at a time; many short turns, so that both services have the same of the machine. */
    private static final int TIMES = 10;

    private static final Duration CALM = Duration.ofSeconds(2);
    private static final int PLACES = 256;

    /** What is kept of events of 64 KiB for one who does not read; with 750 the collector never rests. */
    private static final int MOST_KILOBYTES = 600;

    private static final double PROMISED_RATIO = 1.1;

    @Test
    @Tag("trust")
    @Tag("P10")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void good_callers_are_served_beside_a_crowd_that_neither_reads_nor_sends() throws Exception {
        Proof proof = Proof.of(P10, "slow-crowd");
        boolean isGate = proof.size() == Size.GATE;
        int slow = proof.amount(20, 500, 500);
        int turns = proof.amount(4, 20, 20);
        // A build does not wait for the deadlines that the product has by itself.
        String deadlines = isGate ? "deadlines: {headers: 1s, body: 1s, write: 1s}" : "";
        Duration stalled = isGate ? Duration.ofSeconds(4) : Duration.ofSeconds(35);
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
                HugeAnswers.teach(simulator, FLOOD_MEGABYTES, 1);
                Setup setup = Setup.with(simulator.uri()).withManyTokens().sections(deadlines);
                try (MeasuredService crowded = MeasuredService.start(setup, HEAP);
                        MeasuredService twin = MeasuredService.start(setup, HEAP)) {
                    return figure(proof, crowded, twin, stalled, slow, turns);
                }
            }
        });
    }

    /** Compares with a second service that no crowd is at, in the same seconds: a machine is not the same for long. */
    private static String figure(
            Proof proof, MeasuredService crowded, MeasuredService twin, Duration stalled, int slow, int turns)
            throws Exception {
        GoodCallers good = new GoodCallers(crowded.service(), GOOD);
        GoodCallers goodAlone = new GoodCallers(twin.service(), GOOD);
        for (int turn = 0; turn < turns; turn++) {
            good.ask(TIMES);
            goodAlone.ask(TIMES);
        }
        MeasuredService.Held without = crowded.held();
        SlowCrowd crowd = new SlowCrowd(crowded.service().port(), stalled);
        crowd.readers(slow);
        crowd.senders(slow);
        Eventually.get("the crowd", LIMIT, crowd::present, there -> there >= slow * 5 / 4);
        GoodCallers.Served arriving = good.ask(TIMES);
        int toldToWait = good.toldToWait();
        Eventually.get("a crowd that stands", LIMIT, () -> crowd.standsSince(CALM), stands -> stands);
        MeasuredService.Held with = crowded.held();
        GoodCallers.Served beside = GoodCallers.Served.NONE;
        GoodCallers.Served alone = GoodCallers.Served.NONE;
        for (int turn = 0; turn < turns; turn++) {
            beside = beside.and(good.ask(TIMES));
            alone = alone.and(goodAlone.ask(TIMES));
        }
        long notCut = crowd.goes(LIMIT);

        for (GoodCallers.Served served : List.of(arriving, beside, alone)) {
            assertThat(served.failures()).isEmpty();
        }
        assertThat(notCut).as("callers who were not cut").isZero();
        assertThat(crowd.served()).as("who did not read and got all").isZero();
        assertThat(crowd.readersCut()).isPositive();
        assertThat(crowd.senderLives()).hasSizeGreaterThanOrEqualTo(slow);
        assertThat(with.heapKilobytes() - without.heapKilobytes())
                .as("KiB of heap for those who do not read, of whom %d have a place", Math.min(slow, PLACES))
                .isLessThan((long) Math.min(slow, PLACES) * MOST_KILOBYTES);
        double ratio = (double) beside.p99() / alone.p99();
        if (ratio > PROMISED_RATIO) {
            proof.fallsShort("the good callers' p99 is not within 10 % of what it is alone");
        }
        proof.without(("the moment in which such a crowd comes: it takes all %d places for answers at once, and whoever"
                        + " has one loses it only after 1 s in which he did not read; meanwhile the good callers were"
                        + " told %d times to come again in 1 s, and the longest wait for an answer was %.1f s")
                .formatted(PLACES, toldToWait, arriving.longest() / 1e6));
        return ("%d good callers beside %d non-readers (at most %d with a place) and %d slow senders: %d answers,"
                        + " 0 failed, median %.1f ms, p99 %.1f ms; in the same seconds, at a second service without a"
                        + " crowd: %.1f and %.1f ms (ratio of p99 %.2f); %d hostile connections all cut (slow senders:"
                        + " p99 after %.1f s), %d told there is no room; heap %d MiB with the crowd and %d without,"
                        + " RSS at most %d MiB")
                .formatted(
                        GOOD,
                        slow,
                        PLACES,
                        slow,
                        beside.micros().size(),
                        beside.median() / 1e3,
                        beside.p99() / 1e3,
                        alone.median() / 1e3,
                        alone.p99() / 1e3,
                        ratio,
                        crowd.readersCut() + crowd.senderLives().size(),
                        p99(crowd.senderLives()) / 1e3,
                        crowd.refused(),
                        with.heapKilobytes() / 1024,
                        without.heapKilobytes() / 1024,
                        crowded.peakRss());
    }

    private static double p99(List<Long> sorted) {
        return sorted.get(sorted.size() * 99 / 100);
    }
}
