package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The core's one background thread: it does each chore when it is due. Closing ends it. */
final class Background implements AutoCloseable {
    /** A clock that is set, and files that other programs write, are noticed after this long. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final Time time;
    private final Alarm alarm;
    private final List<Chore> chores;
    private final Thread thread = new Thread(this::work, "gateway-background");
    /** When a chore that broke its promise and threw may run again; only the thread touches it. */
    private final Map<Chore, Instant> punished = new HashMap<>();

    private volatile boolean closed;

    Background(Time time, Alarm alarm, List<Chore> chores) {
        this.time = time;
        this.alarm = alarm;
        this.chores = List.copyOf(chores);
        thread.setDaemon(true);
    }

    /** Begins; without chores there is nothing to begin. */
    void start() {
        if (!chores.isEmpty()) {
            thread.start();
        }
    }

    private void work() {
        try {
            while (!closed) {
                chores.stream().filter(this::isDue).forEach(this::run);
                alarm.await(untilNext());
            }
        } catch (InterruptedException e) {
            // Only closing interrupts this thread, and that is its end.
        }
    }

    private boolean isDue(Chore chore) {
        return !closed && !nextDue(chore).isAfter(time.instant());
    }

    private Duration untilNext() {
        Instant now = time.instant();
        Instant latest = now.plus(LOOK_EVERY);
        Instant next = chores.stream().map(this::nextDue).reduce(latest, (a, b) -> a.isBefore(b) ? a : b);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** A chore that throws is not due; it is asked again at the next look. */
    private Instant nextDue(Chore chore) {
        Instant due;
        try {
            due = chore.nextDue();
        } catch (RuntimeException | Error bug) {
            return Chore.NEVER;
        }
        Instant notBefore = punished.getOrDefault(chore, due);
        boolean isClockSetBack = notBefore.isAfter(time.instant().plus(LOOK_EVERY));
        return due.isBefore(notBefore) && !isClockSetBack ? notBefore : due;
    }

    private void run(Chore chore) {
        try {
            chore.run();
            punished.remove(chore);
        } catch (RuntimeException | Error bug) {
            punished.put(chore, time.instant().plus(LOOK_EVERY)); // The others must go on, and this must not spin.
        }
    }

    @Override
    public void close() {
        closed = true;
        alarm.ring();
        thread.interrupt();
        Goodbye.join(List.of(thread), LONGEST_GOODBYE);
    }
}
