package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers of every kind, one in ten of them or of their answers faulty. Each keeps its connection as long as it can. */
final class Soak {
    private static final int CALLERS = 16;
    private static final int FAULTS_IN_A_HUNDRED = 10;
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final byte[] STREAM = bytes(Asked.request(Asked.body("hy3", true)));
    private static final byte[] WHOLE = bytes(Asked.request(Asked.body("hy3", false)));
    private static final byte[] HEALTH = bytes("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private final ServiceUnderTest service;
    private final long seed;
    private final ConcurrentMap<Fault, AtomicInteger> faults = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> surprises = new ConcurrentHashMap<>();
    private final AtomicInteger rounds = new AtomicInteger();

    /** What goes wrong. */
    enum Fault {
        RESETS_BEFORE_THE_ANSWER,
        RESETS_WITHIN_THE_ANSWER,
        HALF_CLOSES,
        BREAKS_OFF_ITS_HEAD,
        SENDS_NO_JSON,
        SENDS_NO_HTTP,
        UPSTREAM_REFUSES,
        UPSTREAM_BREAKS_OFF,
        UPSTREAM_ANSWERS_NONSENSE
    }

    Soak(ServiceUnderTest service, long seed) {
        this.service = service;
        this.seed = seed;
    }

    /** Asks so many times, and returns when all is answered and every caller has left. */
    void ask(int requests) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            int mine = requests / CALLERS + (number < requests % CALLERS ? 1 : 0);
            SplittableRandom random = new SplittableRandom(seed + rounds.incrementAndGet());
            callers.add(Thread.ofVirtual().start(() -> new Caller(random).ask(mine)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** How often each fault was made. */
    Map<Fault, AtomicInteger> faults() {
        return new TreeMap<>(faults);
    }

    int faultsInAll() {
        return faults.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** What came of requests without fault that were not answered well. */
    Map<String, AtomicInteger> surprises() {
        return new TreeMap<>(surprises);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Caller {
        private final SplittableRandom random;
        private RawConnection connection;

        Caller(SplittableRandom random) {
            this.random = random;
        }

        void ask(int times) {
            for (int turn = 0; turn < times; turn++) {
                if (random.nextInt(100) < FAULTS_IN_A_HUNDRED) {
                    Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
                    faults.computeIfAbsent(fault, kind -> new AtomicInteger()).incrementAndGet();
                    goesWrong(fault);
                } else {
                    goesWell();
                }
            }
            leave();
        }

        private void goesWell() {
            try {
                int kind = random.nextInt(3);
                RawResponse response = asked(kind == 0 ? STREAM : kind == 1 ? WHOLE : HEALTH);
                if (response.status() != 200 || !response.whole()) {
                    surprise("status " + response.status() + (response.whole() ? "" : ", broken off"));
                }
            } catch (IOException | RuntimeException e) {
                surprise(e.getClass().getSimpleName());
                leave();
            }
        }

        private void surprise(String what) {
            surprises.computeIfAbsent(what, kind -> new AtomicInteger()).incrementAndGet();
        }

        private RawResponse asked(byte[] request) throws IOException {
            connected().send(request);
            RawResponse response = connected().read();
            if (response.header("connection").orElse("").equalsIgnoreCase("close")) {
                leave();
            }
            return response;
        }

        private RawConnection connected() throws IOException {
            if (connection == null) {
                connection = service.connect();
            }
            return connection;
        }

        private void goesWrong(Fault fault) {
            try {
                make(fault);
            } catch (IOException | RuntimeException expected) {
                leave();
            }
        }

        private void make(Fault fault) throws IOException {
            switch (fault) {
                case RESETS_BEFORE_THE_ANSWER -> {
                    connected().send(STREAM);
                    reset();
                }
                case RESETS_WITHIN_THE_ANSWER -> {
                    connected().send(STREAM);
                    connected().readHead();
                    reset();
                }
                case HALF_CLOSES -> {
                    connected().send(STREAM);
                    connected().halfClose();
                    connected().readToEnd();
                    leave();
                }
                case BREAKS_OFF_ITS_HEAD -> {
                    connected().send("POST /v1/chat/completions HTTP/1.1\r\nHost: loc");
                    reset();
                }
                case SENDS_NO_JSON -> asked(bytes(Asked.request("{\"model\":")));
                case SENDS_NO_HTTP -> {
                    connected().send("\u0016\u0003\u0001\r\n\r\n");
                    connected().halfClose();
                    connected().readToEnd();
                    leave();
                }
                case UPSTREAM_REFUSES -> asked(bytes(Asked.request(Asked.body("sim-11101", random.nextBoolean()))));
                case UPSTREAM_BREAKS_OFF ->
                    asked(bytes(Asked.request(Asked.body("sim-cut-t1-700", random.nextBoolean()))));
                case UPSTREAM_ANSWERS_NONSENSE ->
                    asked(bytes(Asked.request(Asked.body("sim-garbage", random.nextBoolean()))));
            }
        }

        private void reset() throws IOException {
            connected().reset();
            connection = null;
        }

        private void leave() {
            try {
                if (connection != null) {
                    connection.close();
                }
            } catch (IOException alreadyGone) {
                // To be rid of it is what was wanted.
            } finally {
                connection = null;
            }
        }
    }
}
