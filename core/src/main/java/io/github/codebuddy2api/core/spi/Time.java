package io.github.codebuddy2api.core.spi;

import java.time.InstantSource;

/** The clock. Thread-safe; a test moves it by hand. */
public interface Time extends InstantSource {
    /** Nanoseconds from an arbitrary origin, for lengths of time: it never goes back. */
    long nanoTime();
}
