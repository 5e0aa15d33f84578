package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.engine.OpenLogin.Phase;
import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

/** The logins that are under way, or over and not told of. Never blocks for long; thread-safe. */
final class OpenLogins {
    /** An outcome that nobody asks for is forgotten after this. */
    static final Duration OUTCOME_KEPT = Duration.ofMinutes(10);
    /** So many outcomes that nobody asked for are remembered. */
    static final int MAX_OUTCOMES = 100;
    /** After a failure to store, that is tried again unasked after this. */
    static final Duration STORE_AGAIN = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock, and so are the logins.
    private final Map<LoginId, OpenLogin> logins = new LinkedHashMap<>();
    private final List<Long> starting = new ArrayList<>();
    private boolean closed;

    /** What becomes of a wish to take a turn. */
    sealed interface Turn {
        /** There is nothing to be done, but this to be told. */
        record Told(LoginProgress progress) implements Turn {}

        /** Whoever has it works on the login and gives the turn back. */
        record Taken(OpenLogin login) implements Turn {}
    }

    /**
     * Takes a place for a login that ends at {@code until}, to be filled by {@link #add} or given back by {@link #free}.
     * If all are taken, tells how long until the first one is free.
     */
    Optional<Duration> reserve(int max, long now, long until) {
        lock.lock();
        try {
            if (closed) {
                throw new ShuttingDown();
            }
            sweep(now);
            long[] ends = LongStream.concat(
                            logins.values().stream()
                                    .filter(login -> !login.isOver())
                                    .mapToLong(OpenLogin::endsAt),
                            starting.stream().mapToLong(Long::longValue))
                    .toArray();
            if (ends.length < max) {
                starting.add(until);
                return Optional.empty();
            }
            long first = LongStream.of(ends).map(end -> end - now).min().orElse(0);
            return Optional.of(first > 0 ? Duration.ofNanos(first) : STORE_AGAIN);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody asked for these in time, or for their outcome. Only what holds tokens stays, whatever its age. */
    private void sweep(long now) {
        for (OpenLogin login : logins.values()) {
            if (login.isOverdue(now) && login.isFree() && login.gain().isEmpty() && !login.isOver()) {
                login.enter(new Phase.Over(new LoginProgress.TimedOut(), now));
            }
        }
        logins.values().removeIf(login -> login.isOverFor(OUTCOME_KEPT, now));
        logins.values().stream()
                .filter(OpenLogin::isOver)
                .limit(Math.max(
                        0, logins.values().stream().filter(OpenLogin::isOver).count() - MAX_OUTCOMES))
                .toList()
                .forEach(oldest -> logins.remove(oldest.id()));
    }

    void add(OpenLogin login) {
        lock.lock();
        try {
            starting.remove(login.endsAt());
            logins.put(login.id(), login);
        } finally {
            lock.unlock();
        }
    }

    void free(long until) {
        lock.lock();
        try {
            starting.remove((Long) until);
        } finally {
            lock.unlock();
        }
    }

    /** For who asks how a login stands. An outcome is told once. */
    Turn takeTurn(LoginId id, long now, Duration gap) {
        lock.lock();
        try {
            OpenLogin login = logins.get(id);
            if (login == null) {
                return new Turn.Told(new LoginProgress.Unknown());
            }
            if (login.phase() instanceof Phase.Over over) {
                logins.remove(id);
                return new Turn.Told(
                        over.isForgotten(OUTCOME_KEPT, now) ? new LoginProgress.Unknown() : over.outcome());
            }
            return login.takeTurn(now, gap)
                    .<Turn>map(pause -> new Turn.Told(new LoginProgress.TooSoon(pause)))
                    .orElseGet(() -> new Turn.Taken(login));
        } finally {
            lock.unlock();
        }
    }

    /** Those with tokens whose lifetime is over, or all with tokens if this is the end; each with its turn taken. */
    List<OpenLogin> takeTurnsToSettle(long now) {
        lock.lock();
        try {
            List<OpenLogin> taken = logins.values().stream()
                    .filter(login -> isToSettle(login) && (closed || settleAt(login) - now <= 0))
                    .toList();
            taken.forEach(login -> login.take(now));
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How long until there is something to settle. */
    Optional<Duration> nextToSettle(long now) {
        lock.lock();
        try {
            return logins.values().stream()
                    .filter(OpenLogins::isToSettle)
                    .map(login -> Duration.ofNanos(settleAt(login) - now))
                    .min(Duration::compareTo);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isToSettle(OpenLogin login) {
        return login.isFree() && login.gain().isPresent();
    }

    /** Not at once after somebody tried to store it and failed. */
    private static long settleAt(OpenLogin login) {
        long afterFailure = login.lastTurn() + STORE_AGAIN.toNanos();
        boolean failed = login.phase() instanceof Phase.Storing;
        return failed && afterFailure - login.endsAt() > 0 ? afterFailure : login.endsAt();
    }

    void giveTurnBack(OpenLogin login) {
        lock.lock();
        try {
            login.giveTurnBack();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it could: not if it was given up meanwhile. */
    boolean enter(OpenLogin login, Phase phase) {
        lock.lock();
        try {
            boolean there = logins.containsKey(login.id());
            if (there) {
                login.enter(phase);
            }
            return there;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was there. */
    boolean remove(OpenLogin login) {
        lock.lock();
        try {
            return logins.remove(login.id()) != null;
        } finally {
            lock.unlock();
        }
    }

    /** What is being stored this very moment cannot be given up any more. */
    boolean cancel(LoginId id) {
        lock.lock();
        try {
            OpenLogin login = logins.get(id);
            boolean underWay =
                    login != null && !login.isOver() && (login.isFree() || login.phase() instanceof Phase.Asking);
            if (underWay) {
                logins.remove(id);
            }
            return underWay;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
