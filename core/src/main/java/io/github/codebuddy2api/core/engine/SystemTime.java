package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;

/** The one place that reads the real clock. */
public final class SystemTime implements Time {
    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
