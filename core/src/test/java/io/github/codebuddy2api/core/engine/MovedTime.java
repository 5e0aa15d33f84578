package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands where a test puts it. For one thread. */
final class MovedTime implements Time {
    private volatile Instant now;

    MovedTime(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanoTime() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    void moveTo(Instant moment) {
        now = moment;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
