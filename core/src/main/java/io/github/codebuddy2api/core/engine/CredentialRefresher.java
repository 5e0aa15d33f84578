package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import io.github.codebuddy2api.core.engine.RefreshAttempt.Result;
import io.github.codebuddy2api.core.engine.RefreshStanding.Job;
import io.github.codebuddy2api.core.engine.Refreshes.Refreshable;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Refreshes tokens before they end, one refresh at a time per credential. It decides when, and lets requests and the owner wait for
 * it; {@link RefreshAttempt} is how it is done. Thread-safe.
 */
final class CredentialRefresher implements Chore, AutoCloseable {
    /** How long a request waits for new tokens when there is nothing else to use. */
    static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);
    /** How long the owner waits for a refresh he asked for, the ones before it included. */
    static final Duration OWNER_PATIENCE = Duration.ofSeconds(60);

    private final TokenRefresher upstream;
    private final Parts parts;
    private final SettingsSource settings;
    private final Engine.Surroundings surroundings;
    private final Alarm alarm;
    private final Workers workers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All guarded by lock.
    private final Refreshes refreshes;
    private Instant nextLook = Instant.MIN;
    private long rounds;
    private boolean closed;

    /**
     * What it works on.
     *
     * @param unfinished the refreshes of an earlier run of the program that were never ended
     */
    record Parts(CredentialPool pool, Roster roster, RefreshAttempt attempt, Set<CredentialId> unfinished) {}

    /**
     * @param alarm rings when {@link #nextDue()} may have changed
     */
    CredentialRefresher(
            TokenRefresher upstream,
            Parts parts,
            SettingsSource settings,
            Engine.Surroundings surroundings,
            Alarm alarm) {
        this.upstream = upstream;
        this.parts = parts;
        this.settings = settings;
        this.surroundings = surroundings;
        this.alarm = alarm;
        this.workers = new Workers("credential-refresh", surroundings.time());
        this.refreshes = new Refreshes(parts.unfinished());
    }

    @Override
    public Instant nextDue() {
        List<Refreshable> candidates = parts.pool().refreshable();
        Duration before = settings.current().upkeep().refreshBefore();
        boolean full = workers.free() == 0;
        Instant now = now();
        Instant latest = now.plus(Background.LOOK_EVERY);
        return locked(() -> {
            if (nextLook.isAfter(latest)) {
                nextLook = Instant.MIN; // The clock was set back.
            }
            refreshes.retain(candidates);
            Instant next = full ? nextLook : refreshes.nextAt(candidates, before, now);
            return closed ? NEVER : next.isBefore(nextLook) ? next : nextLook;
        });
    }

    /** Looks at what is stored, and has refreshed what is due, as far as there are hands. */
    @Override
    public void run() {
        adopt();
        List<Refreshable> candidates = parts.pool().refreshable();
        Duration before = settings.current().upkeep().refreshBefore();
        Instant now = now();
        int hands = workers.free();
        lock.lock();
        try {
            nextLook = now.plus(Background.LOOK_EVERY);
            refreshes.due(candidates, before, now).stream().limit(hands).forEach(this::enqueue);
        } finally {
            lock.unlock();
        }
    }

    private void adopt() {
        try {
            parts.roster().adopt();
        } catch (StoreFailed ignored) {
            // What is known must do.
        }
    }

    /** Guarded by lock. A job that waits for its turn may become a bigger one. */
    private void enqueue(Refreshes.Due due) {
        RefreshStanding standing = due.standing();
        if (closed || standing.isRunning()) {
            return;
        }
        boolean waits = standing.isPending();
        standing.enqueue(due.job());
        if (!waits) {
            workers.run(() -> work(standing));
        }
    }

    private void enqueueRefresh(Credential credential) {
        enqueue(new Refreshes.Due(refreshes.of(credential), Job.REFRESH));
    }

    private void work(RefreshStanding standing) {
        Job job = locked(() -> {
            standing.begin();
            return standing.job();
        });
        Result result = result(standing.credential(), job);
        Optional<GatewayEvent> event = locked(() -> refreshes.take(standing, result, now(), surroundings.random()));
        locked(() -> {
            standing.end();
            rounds++;
            changed.signalAll();
            return rounds;
        });
        event.filter(happened -> !isClosed() || happened instanceof GatewayEvent.CredentialRefreshed)
                .ifPresent(happened -> Events.report(surroundings.listener(), happened));
        alarm.ring();
    }

    private Result result(Credential credential, Job job) {
        RefreshAttempt attempt = parts.attempt();
        if (job == Job.REFRESH && isClosed()) {
            return new Result.Failed(new ShuttingDown()); // Nothing is noted that is never asked.
        }
        try {
            return job == Job.STORE
                    ? attempt.store(credential.id())
                    : attempt.refresh(credential, old -> workers.interruptibly(() -> upstream.refresh(old)));
        } catch (RuntimeException | Error bug) { // The next one must still have its turn.
            return job == Job.STORE ? new Result.Stored(false) : new Result.Failed(unexpected(bug));
        }
    }

    private static GatewayException unexpected(Throwable bug) {
        return UpstreamGarbled.malformed("The refresh failed in an unexpected way.", bug);
    }

    private boolean isClosed() {
        return locked(() -> closed);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * For a request that has nothing else to use: has those of {@code wanting} refreshed that are expired or were not
     * accepted, and waits until a refresh has ended.
     *
     * @param until when to give up, in nanoseconds of the clock
     * @return whether to look again; if not, waiting is of no use
     * @throws Cancelled if the caller's thread is interrupted
     * @throws ShuttingDown if the gateway is closed
     */
    boolean awaitOne(List<Credential> wanting, long until) {
        Instant now = now();
        lock.lock();
        try {
            wanting.stream()
                    .filter(credential -> credential.isExpired(now)
                            ? refreshes.mayAsk(credential, now)
                            : refreshes.maySuspect(credential, now))
                    .forEach(credential -> enqueueRefresh(credential));
            long seen = rounds;
            await(
                    () -> rounds != seen
                            || wanting.stream().noneMatch(credential -> refreshes.isPending(credential.id())),
                    until);
            return rounds != seen;
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by lock. Waits for {@code enough}, until {@code until} at most. */
    private void await(BooleanSupplier enough, long until) {
        try {
            while (!closed && !enough.getAsBoolean()) {
                long left = until - surroundings.time().nanoTime();
                if (left <= 0) {
                    return;
                }
                surroundings.time().await(lock, changed, Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        }
        if (closed) {
            throw new ShuttingDown();
        }
    }

    /** What to tell a request that found only {@code wanting}; empty if there is no hope for any of them. */
    Optional<NoCredential> refusal(List<Credential> wanting) {
        return locked(() -> refreshes.refusal(wanting, now()));
    }

    /** The upstream did not accept {@code credential} for now: perhaps its token is older than it says. */
    void suspect(Credential credential) {
        lock.lock();
        try {
            if (refreshes.maySuspect(credential, now())) {
                enqueueRefresh(credential);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * For the owner: refreshes {@code credential}, or waits for the refresh under way.
     *
     * @throws GatewayException if that failed
     */
    void refreshNow(Credential credential) {
        long until = surroundings.time().nanoTime() + OWNER_PATIENCE.toNanos();
        lock.lock();
        try {
            RefreshStanding standing = refreshes.of(credential);
            await(() -> !standing.isRunning() || standing.job() == Job.REFRESH, until);
            enqueueRefresh(credential);
            long seen = standing.rounds();
            await(() -> standing.rounds() != seen, until);
            if (standing.rounds() == seen) {
                throw new UpstreamTimeout(
                        UpstreamTimeout.Deadline.FIRST_EVENT, "The upstream takes too long to give new tokens.");
            }
            if (standing.failure() != null) {
                throw standing.failure();
            }
        } finally {
            lock.unlock();
        }
    }

    /** New tokens that were not had by a refresh could not be stored: has that tried again. */
    void storeLater(CredentialId id) {
        Optional<Credential> fresh = parts.pool().known(id);
        lock.lock();
        try {
            fresh.map(refreshes::of).ifPresent(standing -> standing.notStored(now(), surroundings.random()));
        } finally {
            lock.unlock();
        }
        alarm.ring();
    }

    /** How the refresh of each credential stands; what is missing is fine. */
    Map<CredentialId, Refresh> shown() {
        List<Refreshable> candidates = parts.pool().refreshable();
        return locked(() -> refreshes.shown(candidates));
    }

    private Instant now() {
        return surroundings.time().instant();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        workers.close();
    }
}
