package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.engine.SystemTime;
import java.time.InstantSource;

/** The clock. Thread-safe; a test moves it by hand. */
public interface Time extends InstantSource {
    /** Nanoseconds from an arbitrary origin, for lengths of time: it never goes back. */
    long nanoTime();

    /** The system's clock. */
    static Time system() {
        return new SystemTime();
    }
}
