package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.spi.RestStore;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores the rests, soon after they have changed and never while a request waits. Closing it stores what is not stored
 * yet.
 */
final class RestKeeper implements Chore, AutoCloseable {
    /** Failures come in swarms: one write does for all within this. */
    static final Duration SAVE_AFTER = Duration.ofSeconds(1);
    /** A disk that refuses is not asked more often. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    /** What is lost with a disk that hangs is not worth a longer wait. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final RestStore store;
    private final CredentialPool pool;
    private final Time time;
    private final Duration goodbye;
    /** Held over I/O, so that the one that closes and the background do not write at once; no request waits for it. */
    private final ReentrantLock writing = new ReentrantLock();
    // Guarded by writing, or touched by the background thread alone.
    private volatile long saved;
    private volatile Instant notBefore = Instant.MIN;

    RestKeeper(RestStore store, CredentialPool pool, Time time) {
        this(store, pool, time, LONGEST_GOODBYE);
    }

    /**
     * @param goodbye how long closing waits at most
     */
    RestKeeper(RestStore store, CredentialPool pool, Time time, Duration goodbye) {
        this.store = store;
        this.pool = pool;
        this.time = time;
        this.goodbye = goodbye;
        this.saved = pool.restChanges();
    }

    @Override
    public Instant nextDue() {
        if (pool.restChanges() == saved) {
            return NEVER;
        }
        boolean isClockSetBack = notBefore.isAfter(time.instant().plus(AFTER_FAILURE));
        return isClockSetBack ? Instant.MIN : notBefore;
    }

    @Override
    public void run() {
        notBefore = time.instant().plus(save() ? SAVE_AFTER : AFTER_FAILURE);
    }

    private boolean save() {
        writing.lock();
        try {
            long changes = pool.restChanges();
            store.save(pool.storedRests());
            saved = changes;
            return true;
        } catch (RuntimeException refused) {
            return false; // Nothing is lost but the knowledge of whom not to ask, and it is tried again.
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        if (pool.restChanges() != saved) {
            Thread last = Thread.ofPlatform().name("gateway-rests").daemon().start(this::save);
            Goodbye.join(List.of(last), goodbye);
        }
    }
}
