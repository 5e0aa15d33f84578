package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.http.guard.CallerConnection;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call into the gateway, which others may end at any time: while it waits for the gateway its thread is
 * interrupted, while it pulls an answer the answer is closed. It is never interrupted while it writes, because that
 * would close the caller's connection under the last words.
 */
final class RunningCall implements CallerConnection.Call {
    /** Why a call was ended from outside. */
    private enum End {
        CALLER_LEFT,
        SERVER_STOPS
    }

    /** Hears the timer. */
    @FunctionalInterface
    interface Ticker {
        void tick(long nanoTime, Runnable callerLeft);
    }

    private final Thread worker = Thread.currentThread();
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private @Nullable End end;
    private boolean isWaiting;
    private @Nullable CompletionStream answer;

    RunningCall(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Waits for {@code work}, which may be interrupted meanwhile. */
    <T> T await(Supplier<T> work) {
        startWaiting();
        try {
            return work.get();
        } finally {
            stopWaiting();
        }
    }

    private void startWaiting() {
        lock.lock();
        try {
            if (end != null) {
                throw new Cancelled();
            }
            isWaiting = true;
        } finally {
            lock.unlock();
        }
    }

    private void stopWaiting() {
        lock.lock();
        try {
            isWaiting = false;
            if (end != null) {
                // The interrupt was ours and has done its work.
                var unused = Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@code stream} too when the call is ended. */
    void pulls(CompletionStream stream) {
        boolean late;
        lock.lock();
        try {
            answer = stream;
            late = end != null;
        } finally {
            lock.unlock();
        }
        if (late) {
            stream.close();
        }
    }

    /**
     * What the caller may be told of {@code failure}.
     *
     * @throws CloseConnectionException if there is nobody to tell
     */
    GatewayException tellable(GatewayException failure) {
        lock.lock();
        try {
            if (end == End.CALLER_LEFT) {
                throw new CloseConnectionException("the caller left", failure);
            }
            // Nobody but a gateway that closes cancels a call whose caller is still there.
            return end == End.SERVER_STOPS || failure instanceof Cancelled ? new ShuttingDown() : failure;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void callerLeft() {
        end(End.CALLER_LEFT);
    }

    @Override
    public void serverStops() {
        end(End.SERVER_STOPS);
    }

    private void end(End why) {
        CompletionStream running;
        lock.lock();
        try {
            if (end == null || why == End.CALLER_LEFT) {
                end = why;
            }
            if (isWaiting) {
                worker.interrupt();
            }
            running = answer;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void tick(long nanoTime) {
        ticker.tick(nanoTime, this::callerLeft);
    }
}
