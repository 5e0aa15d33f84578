package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException.Cancelled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Holds a scripted answer up until the test opens it, and tells the test when a reader has arrived. Once open it stays
 * open. Thread-safe.
 */
public final class Gate {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch arrived = new CountDownLatch(1);

    private Gate() {}

    /** A gate that is shut; as long as nobody opens it there is silence. */
    public static Gate shut() {
        return new Gate();
    }

    /** Lets the reader pass. */
    public void open() {
        opened.complete(null);
    }

    /** Waits until a reader stands at the gate; fails the test if none comes. */
    public void awaitArrival() {
        try {
            if (!arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came to the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a reader", e);
        }
    }

    /** Waits until it is open; cancelled by interrupting, as every port is. */
    void pass() {
        try {
            arrive().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } catch (ExecutionException e) {
            throw new AssertionError("a gate opens without a failure", e);
        }
    }

    /** What a reader waits for; says that it has come. */
    CompletableFuture<Void> arrive() {
        arrived.countDown();
        return opened;
    }
}
