package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread that looks after all open answers. What it is given must not block. Thread-safe. */
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    Watchdog() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("codebuddy-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code look} after {@code nanos}, unless the result is cancelled before. */
    Future<?> after(long nanos, Runnable look) {
        try {
            return timer.schedule(look, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            throw new ShuttingDown();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
