package io.github.codebuddy2api.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long to leave something alone that failed for a reason that may pass: twice as long each time, and never exactly,
 * so that many do not come back at once.
 *
 * @param failures how many there were in a row
 * @param until when to try again
 */
record Backoff(int failures, Instant until) {
    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(30);
    /** No failure, so nothing to wait for. */
    static final Backoff NONE = new Backoff(0, Instant.MIN);

    /**
     * After one more failure.
     *
     * @param atLeast what the other side asked for; no more of it is believed than {@link #LONGEST}
     */
    Backoff next(Instant now, Duration atLeast, RandomGenerator random) {
        Duration whole = FIRST.multipliedBy(1L << Math.min(failures, 16));
        Duration capped = shorter(whole, LONGEST);
        Duration half = capped.dividedBy(2);
        Duration jittered = half.plusNanos(random.nextLong(half.toNanos() + 1));
        Duration asked = shorter(atLeast, LONGEST);
        return new Backoff(failures + 1, now.plus(jittered.compareTo(asked) > 0 ? jittered : asked));
    }

    /** An end further away than the longest wait means that the clock was set back. */
    boolean isOver(Instant now) {
        return !now.isBefore(until) || until.isAfter(now.plus(LONGEST));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
