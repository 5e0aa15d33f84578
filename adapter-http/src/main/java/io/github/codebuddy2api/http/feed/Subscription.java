package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has changed since somebody last looked. It remembers which requests have changed, not how: however slowly he
 * reads, he gets each one once, as it is then, and this stays small. One thread takes; all else is thread-safe.
 */
final class Subscription implements AutoCloseable {
    /** Changes in quick succession are taken together. */
    static final Duration PACE = Duration.ofMillis(100);
    /** At most four a second make somebody ask for all accounts. */
    static final Duration CREDENTIALS_PACE = Duration.ofMillis(250);

    private final Feed feed;
    private final ReentrantLock lock;
    private final Time time;
    private final Condition woken;
    // All guarded by the feed's lock.
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean credentials;
    private boolean settings;
    private boolean stops;
    private boolean isOver;
    private long next;
    private long nextCredentials;

    /**
     * What there is to tell.
     *
     * @param requests in the order of their first change
     * @param credentials whether something about accounts has changed
     * @param settings whether the settings have changed
     * @param stops whether the server does
     */
    record Batch(List<Seen> requests, boolean credentials, boolean settings, boolean stops) {
        boolean isEmpty() {
            return requests.isEmpty() && !credentials && !settings && !stops;
        }
    }

    Subscription(Feed feed, ReentrantLock lock, Time time) {
        this.feed = feed;
        this.lock = lock;
        this.time = time;
        this.woken = lock.newCondition();
        this.next = time.nanoTime();
        this.nextCredentials = next;
    }

    // ---- called by the feed, which holds the lock

    void changed(String id) {
        changed.add(id);
        woken.signal();
    }

    /** It is not remembered any more, so there are never more of them here than there. */
    void forgotten(String id) {
        changed.remove(id);
    }

    void credentialsChanged() {
        credentials = true;
        woken.signal();
    }

    void settingsChanged() {
        settings = true;
        woken.signal();
    }

    // ---- called by who watches

    /** From now on nothing is waited for; {@code stopping} says that the server stops. */
    void end(boolean stopping) {
        lock.lock();
        try {
            isOver = true;
            stops |= stopping;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something to tell.
     *
     * @return empty after {@code patience}, and when it is over
     */
    Batch take(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long until = time.nanoTime() + patience.toNanos();
            long left = left(until);
            while (left > 0) {
                time.await(lock, woken, Duration.ofNanos(left));
                left = left(until);
            }
            return taken();
        } finally {
            lock.unlock();
        }
    }

    /** How long there is nothing to do, in nanoseconds. */
    private long left(long until) {
        if (isOver) {
            return 0;
        }
        long now = time.nanoTime();
        long left = until - now;
        if (settings || !changed.isEmpty()) {
            left = Math.min(left, next - now);
        }
        if (credentials) {
            left = Math.min(left, nextCredentials - now);
        }
        return left;
    }

    private Batch taken() {
        long now = time.nanoTime();
        List<Seen> requests = new ArrayList<>(changed.size());
        for (String id : changed) {
            Seen request = feed.find(id);
            if (request != null) {
                requests.add(request);
            }
        }
        boolean credentialsDue = credentials && now - nextCredentials >= 0;
        Batch batch = new Batch(List.copyOf(requests), credentialsDue, settings, stops);
        changed.clear();
        settings = false;
        if (credentialsDue) {
            credentials = false;
            nextCredentials = now + CREDENTIALS_PACE.toNanos();
        }
        next = now + PACE.toNanos();
        return batch;
    }

    /** Nothing is collected any more. */
    @Override
    public void close() {
        feed.unsubscribe(this);
    }
}
