package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The admin page's sessions, in memory alone: a restart ends them all, and so does another password. Constant memory;
 * thread-safe.
 */
public final class Sessions {
    /** Beyond so many the oldest ends. */
    static final int MOST = 10;

    /** How long a session lasts, however much it is used. */
    static final Duration LONGEST = Duration.ofHours(8);

    /** How long it lasts without being used; to look is no use, since a page that is left open looks for ever. */
    static final Duration LONGEST_REST = Duration.ofHours(1);

    private final PasswordCheck password;
    private final RandomGenerator random;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock; by the digests of their ids, the oldest first.
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /** A moment on both clocks: one may be set back, the other stands still while the machine sleeps. */
    private record Moment(Instant instant, long nanos) {
        static Moment now(Time time) {
            return new Moment(time.instant(), time.nanoTime());
        }

        /** How long ago it was at {@code now}, by the clock that says longer. */
        Duration before(Moment now) {
            Duration byInstant = Duration.between(instant, now.instant);
            Duration byNanos = Duration.ofNanos(now.nanos - nanos);
            return byInstant.compareTo(byNanos) > 0 ? byInstant : byNanos;
        }
    }

    /** One session, which counts as long as the password with which it began. */
    private record Session(ServerPassword password, Moment begun, Moment used) {
        Session usedAt(Moment now) {
            return new Session(password, begun, now);
        }

        Duration left(Moment now) {
            Duration left = LONGEST.minus(begun.before(now));
            Duration untilTired = LONGEST_REST.minus(used.before(now));
            return left.compareTo(untilTired) < 0 ? left : untilTired;
        }
    }

    public Sessions(PasswordCheck password, RandomGenerator random, Time time) {
        this.password = password;
        this.random = random;
        this.time = time;
    }

    /** Begins a session for somebody who has just presented {@code matched}. */
    SessionId begin(ServerPassword matched) {
        SessionId id = SessionId.random(random);
        Moment now = Moment.now(time);
        lock.lock();
        try {
            dropTheEnded(now);
            if (sessions.size() >= MOST) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            sessions.put(id.digest(), new Session(matched, now, now));
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Looks for a session without using it; empty if it is not known, or over. */
    Optional<Pass> find(SessionId id) {
        String digest = id.digest();
        return left(digest).map(left -> pass(digest));
    }

    private Pass pass(String digest) {
        return () -> left(digest).isPresent();
    }

    /** Uses a session, which prolongs its rest; empty if it is not known, or over. */
    Optional<Pass> use(SessionId id) {
        String digest = id.digest();
        Moment now = Moment.now(time);
        lock.lock();
        try {
            dropTheEnded(now);
            boolean isKnown = sessions.computeIfPresent(digest, (key, session) -> session.usedAt(now)) != null;
            return isKnown ? Optional.of(pass(digest)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** How long a session lasts if it is not used; empty if it is not known, or over. */
    Optional<Duration> left(SessionId id) {
        return left(id.digest());
    }

    private Optional<Duration> left(String digest) {
        Moment now = Moment.now(time);
        lock.lock();
        try {
            dropTheEnded(now);
            return Optional.ofNullable(sessions.get(digest)).map(session -> session.left(now));
        } finally {
            lock.unlock();
        }
    }

    /** Ends a session, if there is such a one. */
    void end(SessionId id) {
        lock.lock();
        try {
            sessions.remove(id.digest());
        } finally {
            lock.unlock();
        }
    }

    private void dropTheEnded(Moment now) {
        sessions.values()
                .removeIf(session -> !session.left(now).isPositive() || !password.isCurrent(session.password()));
    }
}
