package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last requests, and who wants to hear of their changes. The gateway's threads tell it what happens; nothing waits
 * under its lock. Thread-safe.
 */
public final class Feed {
    /** So many requests are remembered; those under way are the last to be forgotten. */
    public static final int CAPACITY = 500;

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    // Both guarded by the lock.
    private final Map<String, Seen> requests = new LinkedHashMap<>();
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();

    public Feed(Time time) {
        this.time = time;
    }

    /** Takes over what has happened. */
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.RequestStarted e -> coming(Seen.coming(e, time.instant(), time.nanoTime()));
            case GatewayEvent.CredentialRested e -> credentialsChanged();
            case GatewayEvent.CredentialRecovered e -> credentialsChanged();
            case GatewayEvent.OfRequest e -> update(e);
            case GatewayEvent.CredentialRefreshed e -> credentialsChanged();
            case GatewayEvent.RefreshFailed e -> credentialsChanged();
            case GatewayEvent.LoggedIn e -> credentialsChanged();
            case GatewayEvent.CheckedIn e -> credentialsChanged();
            case GatewayEvent.CredentialsChanged e -> credentialsChanged();
            case GatewayEvent.ModelsUnknown e -> {
                // Nothing that is watched.
            }
        }
    }

    /** A caller may use an id again; then the older request makes room for the newer. */
    private void coming(Seen request) {
        locked(() -> {
            requests.remove(request.id());
            if (requests.size() >= CAPACITY) {
                forgetOne();
            }
            put(request);
        });
    }

    private void forgetOne() {
        Iterator<Seen> all = requests.values().iterator();
        Seen oldest = all.next();
        Seen forgotten = oldest;
        while (all.hasNext() && !forgotten.isOver()) {
            forgotten = all.next();
        }
        String id = forgotten.isOver() ? forgotten.id() : oldest.id();
        requests.remove(id);
        subscriptions.forEach(subscription -> subscription.forgotten(id));
    }

    private void put(Seen request) {
        requests.put(request.id(), request);
        subscriptions.forEach(subscription -> subscription.changed(request.id()));
    }

    @SuppressWarnings("ReferenceEquality") // What changes nothing gives the very same request.
    private void update(GatewayEvent.OfRequest event) {
        locked(() -> {
            Seen before = requests.get(event.requestId().value());
            if (before == null) {
                return;
            }
            Seen after = before.after(event, time.nanoTime());
            if (after != before) {
                put(after);
            }
        });
    }

    /** The answer to a request was sent, with this HTTP status. */
    @SuppressWarnings("ReferenceEquality")
    public void answered(RequestId id, int status) {
        locked(() -> {
            Seen before = requests.get(id.value());
            // One that is under way has the id of the one that was answered, and is another.
            if (before == null || !before.isOver()) {
                return;
            }
            Seen after = before.answeredWith(status);
            if (after != before) {
                put(after);
            }
        });
    }

    /** Accounts, their standing or what was chosen among them may be other ones now. */
    private void credentialsChanged() {
        locked(() -> subscriptions.forEach(Subscription::credentialsChanged));
    }

    /** The settings are other ones now. */
    public void settingsChanged() {
        locked(() -> subscriptions.forEach(Subscription::settingsChanged));
    }

    /** All requests it remembers, the newest first. */
    List<Seen> latest() {
        List<Seen> latest = new ArrayList<>(CAPACITY);
        locked(() -> latest.addAll(requests.values()));
        Collections.reverse(latest);
        return latest;
    }

    /** Begins to collect changes for somebody, until he closes it. */
    Subscription subscribe() {
        Subscription subscription = new Subscription(this, lock, time);
        locked(() -> subscriptions.add(subscription));
        return subscription;
    }

    void unsubscribe(Subscription subscription) {
        locked(() -> subscriptions.remove(subscription));
    }

    /** The request as it is now, if it is remembered; the caller holds the lock. */
    @Nullable Seen find(String id) {
        return requests.get(id);
    }

    Instant now() {
        return time.instant();
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
