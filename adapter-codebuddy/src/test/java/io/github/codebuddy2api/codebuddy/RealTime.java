package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;

/** The real clock: sockets do not wait for one that is moved by hand. */
record RealTime() implements Time {
    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
