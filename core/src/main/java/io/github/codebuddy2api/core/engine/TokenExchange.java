package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Gives credentials other tokens, for which the upstream uses up the old ones: one at a time per credential, noted
 * before it is asked, and stored before they are used. Thread-safe.
 */
final class TokenExchange {
    /** Longer than an exchange can take, with all its deadlines. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CredentialStore store;
    private final Roster roster;
    private final CredentialPool pool;
    private final Time time;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    /** Guarded by lock. */
    private final Set<CredentialId> busy = new HashSet<>();

    TokenExchange(CredentialStore store, Roster roster, CredentialPool pool, Time time) {
        this.store = store;
        this.roster = roster;
        this.pool = pool;
        this.time = time;
    }

    /** How an exchange ended. */
    enum Outcome {
        /** The new tokens are stored and used. */
        STORED,
        /** They are used from memory. */
        NOT_STORED
    }

    /**
     * Keeps others from exchanging the tokens of {@code id}, once they are done.
     *
     * @throws Cancelled if the caller's thread is interrupted
     * @throws UpstreamTimeout if somebody else takes too long
     */
    Ongoing begin(CredentialId id) {
        lock.lock();
        try {
            long start = time.nanoTime();
            Duration left = PATIENCE;
            while (busy.contains(id) && left.isPositive()) {
                time.await(lock, ended, left);
                left = PATIENCE.minusNanos(time.nanoTime() - start);
            }
            if (!busy.add(id)) {
                throw new UpstreamTimeout(
                        UpstreamTimeout.Deadline.FIRST_EVENT, "The upstream takes too long to give new tokens.");
            }
            return new Ongoing(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } finally {
            lock.unlock();
        }
    }

    /** The right to exchange the tokens of one credential. Not thread-safe. */
    final class Ongoing implements AutoCloseable {
        private final CredentialId id;

        private Ongoing(CredentialId id) {
            this.id = id;
        }

        /** The credential as it is now; empty if it is not stored. */
        Optional<Credential> current() {
            return pool.known(id);
        }

        /**
         * Exchanges the tokens of {@code current}.
         *
         * @param upstream gives the same credential with other tokens
         * @param evenUnnoted whether to go on if the store cannot note it beforehand
         * @throws StoreFailed if it could not be noted; the upstream was not asked
         * @throws GatewayException if the upstream refused
         */
        Outcome exchange(Credential current, UnaryOperator<Credential> upstream, boolean evenUnnoted) {
            note(evenUnnoted);
            Credential fresh;
            try {
                fresh = upstream.apply(current);
            } catch (GatewayException failure) {
                if (RefreshPolicy.isOutcomeKnown(failure)) {
                    forget();
                }
                throw failure;
            }
            boolean interrupted = Thread.interrupted(); // It would break the writing, and the old tokens are used up.
            try {
                return keep(current, fresh);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void note(boolean evenUnnoted) {
            try {
                store.noteRefresh(id);
            } catch (StoreFailed failure) {
                if (!evenUnnoted) {
                    throw failure;
                }
            }
        }

        private void forget() {
            try {
                store.forgetRefresh(id);
            } catch (StoreFailed ignored) {
                // The note says too much then: the next run of the program tries once more, which does no harm.
            }
        }

        /** Our own deletions wait for us, so if it is not there its file is missing, perhaps for a moment only. */
        private Outcome keep(Credential before, Credential fresh) {
            try {
                if (store.replace(fresh)) {
                    roster.adopt();
                    return Outcome.STORED;
                }
                roster.useUnstored(before, fresh);
                return Outcome.NOT_STORED;
            } catch (RuntimeException failure) { // Whatever it was, they are the only tokens left.
                roster.useUnstored(before, fresh);
                return Outcome.NOT_STORED;
            }
        }

        /** Tries again to store what could not be stored; whether there is nothing left to store. */
        boolean storeAgain() {
            roster.adoptNow();
            Optional<Credential> fresh = roster.unstored(id);
            if (fresh.isEmpty()) {
                return true;
            }
            boolean there;
            try {
                there = store.replace(fresh.get());
            } catch (StoreFailed failure) {
                return false;
            }
            roster.adopt();
            return there;
        }

        /** Stores what was had without using up the old tokens; whether it was there. */
        boolean replace(Credential other) {
            forget(); // They owe nothing to a refresh that may have used up the old ones.
            boolean there = store.replace(other);
            roster.adopt();
            return there;
        }

        /** Takes it out of use instead; whether it was there. */
        boolean delete() {
            boolean deleted = store.delete(id);
            boolean dropped = roster.dropUnstored(id);
            roster.adopt();
            return deleted || dropped;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                busy.remove(id);
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
