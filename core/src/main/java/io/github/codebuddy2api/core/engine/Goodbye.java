package io.github.codebuddy2api.core.engine;

import java.time.Duration;
import java.util.Collection;

/** The end of threads. */
final class Goodbye {
    private Goodbye() {}

    /**
     * Waits for the end of {@code threads}, for each {@code atMost} this long: one that does not heed its interrupt must
     * not keep the program from ending. An interrupt of the caller ends the wait and stays set.
     */
    static void join(Collection<Thread> threads, Duration atMost) {
        try {
            for (Thread thread : threads) {
                thread.join(atMost.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
