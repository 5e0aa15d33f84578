package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P24;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that has answered many requests, a tenth of them faulty, holds no more than before. */
final class NothingStaysBehindTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What the JDK may keep for itself: carriers of virtual threads and compilers come and go. */
    private static final int MORE_THREADS = 8;

    /** Connections to the upstream are kept for the next request, a few more or fewer of them. */
    private static final int MORE_FILES = 16;

    private static final long MORE_HEAP_KILOBYTES = 8 * 1024;

    @Test
    @Tag("trust")
    @Tag("P24")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void requests_and_faults_leave_no_thread_no_socket_and_no_file_behind() throws Exception {
        Proof proof =
                Proof.of(P24, "soak").without("the 4 hours: the requests are made as fast as two processors allow");
        int requests = Integer.getInteger("soak.requests", proof.amount(1_000, 20_000, 1_000_000));
        long seed = proof.seed();
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                    MeasuredService measured =
                            MeasuredService.start(Setup.with(simulator.uri()).withManyTokens(), "-Xmx256m")) {
                return figure(measured, new Soak(measured.service(), seed), requests);
            }
        });
    }

    private static String figure(MeasuredService measured, Soak soak, int requests) throws Exception {
        soak.ask(Math.min(2_000, requests / 2));
        measured.recordPinning();
        MeasuredService.Held start = measured.held();
        int before = soak.faultsInAll();
        long begun = System.nanoTime();
        soak.ask(requests / 2);
        MeasuredService.Held middle = idle(measured, start);
        soak.ask(requests - requests / 2);
        double seconds = (System.nanoTime() - begun) / 1e9;
        MeasuredService.Held end = idle(measured, start);
        List<RecordedEvent> pinned = measured.pinned();

        assertThat(soak.surprises())
                .as("requests without fault that were not answered")
                .isEmpty();
        assertThat(pinned)
                .as(pinned.stream().limit(3).map(String::valueOf).collect(Collectors.joining("\n")))
                .isEmpty();
        return ("%d requests, %d of them with faults of %d kinds, in %.0f s (%.0f a second): %d times a carrier was"
                        + " pinned; at the start %s, in the middle %s, at the end %s; of 10^6 requests %+.0f files,"
                        + " %+.0f threads, where %d and %d more in all would still pass")
                .formatted(
                        requests,
                        soak.faultsInAll() - before,
                        soak.faults().size(),
                        seconds,
                        requests / seconds,
                        pinned.size(),
                        start,
                        middle,
                        end,
                        (end.files() - start.files()) * 1e6 / requests,
                        (end.threads() + end.virtualThreads() - start.threads() - start.virtualThreads())
                                * 1e6
                                / requests,
                        MORE_FILES,
                        MORE_THREADS);
    }

    private static MeasuredService.Held idle(MeasuredService measured, MeasuredService.Held start) throws Exception {
        return Eventually.get(
                "what was held at the start: " + start,
                LIMIT,
                measured::held,
                now -> now.files() <= start.files() + MORE_FILES
                        && now.threads() <= start.threads() + MORE_THREADS
                        && now.virtualThreads() <= start.virtualThreads() + MORE_FILES
                        && now.heapKilobytes() <= start.heapKilobytes() + MORE_HEAP_KILOBYTES);
    }
}
