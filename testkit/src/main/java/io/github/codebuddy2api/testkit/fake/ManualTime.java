package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved by hand. Thread-safe. */
public final class ManualTime implements Time {
    /** Where it starts. */
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicReference<Duration> elapsed = new AtomicReference<>(Duration.ZERO);

    /** A clock that shows {@link #START}. */
    public ManualTime() {}

    @Override
    public Instant instant() {
        return START.plus(elapsed.get());
    }

    @Override
    public long nanoTime() {
        return elapsed.get().toNanos();
    }

    /** Moves it forward. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        elapsed.updateAndGet(soFar -> soFar.plus(by));
    }
}
