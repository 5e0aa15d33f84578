package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream answered to one question, per credential, for a while. At most one question per credential is under
 * way that was not forgotten, and whoever else wants to know waits for it. A credential with another token is asked
 * anew. Thread-safe.
 *
 * @param <T> what is answered
 */
final class Answers<T> {
    /** Whoever insists on a new answer gets one that is at most so old: owners press buttons twice. */
    static final Duration LEAST_AGE = Duration.ofSeconds(2);

    private final Function<Credential, T> question;
    private final Duration lifetime;
    private final Duration failureLifetime;
    private final Time time;
    private final ConcurrentHashMap<CredentialId, Asked> asked = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();

    /**
     * An answer.
     *
     * @param at when it came
     */
    record Answer<T>(T value, Instant at) {}

    /**
     * Nothing is known yet.
     *
     * @param lifetime for how long an answer is good
     * @param failureLifetime for how long a failure keeps us from asking again
     */
    Answers(Function<Credential, T> question, Duration lifetime, Duration failureLifetime, Time time) {
        this.question = question;
        this.lifetime = lifetime;
        this.failureLifetime = failureLifetime;
        this.time = time;
    }

    /**
     * A good answer; asks for it if there is none, or waits for who is asking.
     *
     * @throws GatewayException if the question failed, now or so lately that it is not asked again
     */
    Answer<T> ask(Credential credential) {
        return ask(credential, lifetime);
    }

    /**
     * The same, but not one that was there before.
     *
     * @throws GatewayException if the question failed
     */
    Answer<T> askAnew(Credential credential) {
        return ask(credential, LEAST_AGE);
    }

    private Answer<T> ask(Credential credential, Duration longest) {
        while (true) {
            Asked mine = new Asked(credential);
            Asked current = claim(mine, longest);
            if (current.equals(mine)) {
                mine.run();
            }
            try {
                return current.await();
            } catch (Cancelled givenUp) {
                // Whoever asked was cancelled, which is no reason for those who waited for him to give up.
                if (current.equals(mine) || Thread.currentThread().isInterrupted()) {
                    throw givenUp;
                }
            }
        }
    }

    /** The question, for another thread to ask, if it is time to ask it and nobody does. Whoever takes it runs it. */
    Optional<Asked> due(Credential credential) {
        return due(credential, lifetime);
    }

    /** The same, although there may be a good answer. */
    Optional<Asked> dueAnew(Credential credential) {
        return due(credential, LEAST_AGE);
    }

    private Optional<Asked> due(Credential credential, Duration longest) {
        Asked mine = new Asked(credential);
        return claim(mine, longest).equals(mine) ? Optional.of(mine) : Optional.empty();
    }

    private Asked claim(Asked mine, Duration longest) {
        return asked.compute(
                mine.credential.id(), (id, old) -> old == null || old.isOver(mine, longest) ? mine.after(old) : old);
    }

    /** The last question about a credential with this token, under way or answered. */
    Optional<Asked> last(Credential credential) {
        return Optional.ofNullable(asked.get(credential.id())).filter(last -> last.isAbout(credential));
    }

    /** The last answer for this credential, good or old. */
    Optional<Answer<T>> known(Credential credential) {
        return last(credential).flatMap(asked -> Optional.ofNullable(asked.known()));
    }

    /** Why the last question about this credential failed; empty if it did not, or is under way. */
    Optional<GatewayException> failure(Credential credential) {
        return last(credential).flatMap(asked -> Optional.ofNullable(asked.failure));
    }

    /** The next one who asks about this credential asks the upstream, also while an earlier question is under way. */
    void forget(CredentialId id) {
        asked.remove(id);
    }

    /** Forgets credentials that are gone. */
    void retain(Collection<Credential> credentials) {
        if (asked.size() > credentials.size()) {
            Set<CredentialId> ids = credentials.stream().map(Credential::id).collect(Collectors.toSet());
            asked.keySet().retainAll(ids);
        }
    }

    /** One question, from the moment somebody is to ask it. */
    final class Asked implements Runnable {
        private final Credential credential;
        private final Secret token;
        private final long begun = time.nanoTime();
        private final CompletableFuture<Answer<T>> outcome = new CompletableFuture<>();
        private volatile long ended;
        private volatile boolean again;
        private volatile @Nullable Answer<T> before;
        private volatile @Nullable GatewayException failure;

        private Asked(Credential credential) {
            this.credential = credential;
            this.token = credential.accessToken();
        }

        private Asked after(@Nullable Asked old) {
            again = old != null && old.isAbout(credential);
            before = old == null || !old.isAbout(credential) ? null : old.known();
            return this;
        }

        private boolean isAbout(Credential other) {
            return token.equals(other.accessToken());
        }

        private boolean isOver(Asked next, Duration longest) {
            if (!isAbout(next.credential)) {
                return true;
            }
            Duration good = outcome.isCompletedExceptionally() ? failureLifetime : lifetime;
            long nanos = Math.min(good.toNanos(), longest.toNanos());
            return outcome.isDone() && next.begun - ended >= nanos;
        }

        /** Asks, and tells those who wait. Does not throw what the gateway knows: they are told of it. */
        @Override
        public void run() {
            try {
                T answer = question.apply(credential);
                ended = time.nanoTime();
                outcome.complete(new Answer<>(answer, time.instant()));
            } catch (Cancelled givenUp) {
                abandon();
            } catch (GatewayException reason) {
                ended = time.nanoTime();
                failure = reason;
                outcome.completeExceptionally(reason);
            } finally {
                abandon(); // After anything else this only tells who waits for a time.
            }
        }

        /** Nobody asks it after all. */
        void abandon() {
            if (outcome.completeExceptionally(new Cancelled())) {
                asked.remove(credential.id(), this);
            }
            lock.lock();
            try {
                answered.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Whether nobody has asked about this very token before. */
        boolean isFirst() {
            return !again;
        }

        /** Waits until it has been answered or has failed, but only until it is as old as {@code patience}. */
        void awaitUntilAged(Duration patience) throws InterruptedException {
            lock.lock();
            try {
                Duration left = left(patience);
                while (!outcome.isDone() && left.isPositive()) {
                    time.await(lock, answered, left);
                    left = left(patience);
                }
            } finally {
                lock.unlock();
            }
        }

        private Duration left(Duration patience) {
            return patience.minusNanos(time.nanoTime() - begun);
        }

        private Answer<T> await() {
            try {
                return outcome.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GatewayException reason) {
                    throw reason;
                }
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Cancelled();
            }
        }

        private @Nullable Answer<T> known() {
            return outcome.isDone() && !outcome.isCompletedExceptionally() ? outcome.join() : before;
        }
    }
}
