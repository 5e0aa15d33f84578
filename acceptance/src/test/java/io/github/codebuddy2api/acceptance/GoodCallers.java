package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Callers who ask, read everything, leave, and come again. */
final class GoodCallers {
    private static final int MAX_TURNS = 30;

    private final ServiceUnderTest service;
    private final int count;
    private final AtomicInteger toldToWait = new AtomicInteger();

    GoodCallers(ServiceUnderTest service, int count) {
        this.service = service;
        this.count = count;
    }

    /** How often one was told to come again, and did. */
    int toldToWait() {
        return toldToWait.get();
    }

    /** How long each whole answer took, in microseconds, the shortest first; what came instead of those that were none. */
    record Served(List<Long> micros, List<String> failures) {
        static final Served NONE = new Served(List.of(), List.of());

        Served and(Served other) {
            return new Served(
                    Stream.concat(micros.stream(), other.micros.stream())
                            .sorted()
                            .toList(),
                    Stream.concat(failures.stream(), other.failures.stream()).toList());
        }

        long median() {
            return micros.get(micros.size() / 2);
        }

        long p99() {
            return micros.get(micros.size() * 99 / 100);
        }

        long longest() {
            return micros.getLast();
        }
    }

    /** Each asks so many times, on a new connection each time, since to get one is what a crowd could prevent. */
    Served ask(int times) throws InterruptedException {
        ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                for (int turn = 0; turn < times; turn++) {
                    long begun = System.nanoTime();
                    String failure = failure();
                    if (failure.isEmpty()) {
                        micros.add((System.nanoTime() - begun) / 1_000);
                    } else {
                        failures.add(failure);
                    }
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return new Served(micros.stream().sorted().toList(), List.copyOf(failures));
    }

    private String failure() {
        try {
            RawResponse response = answer();
            return response.status() == 200
                            && response.whole()
                            && response.text().endsWith("data: [DONE]\n\n")
                    ? ""
                    : response.toString();
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    /** As clients do, it comes again when it is told to. */
    private RawResponse answer() throws IOException {
        RawResponse response = Asked.chat(service, "hy3", true);
        for (int turn = 0; turn < MAX_TURNS && response.status() == 503; turn++) {
            toldToWait.incrementAndGet();
            long seconds = Long.parseLong(response.header("retry-after").orElseThrow());
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
            response = Asked.chat(service, "hy3", true);
        }
        return response;
    }
}
