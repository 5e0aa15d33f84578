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
import org.jspecify.annotations.Nullable;

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
    private Instant lastLook = Instant.MIN;
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
        lock.lock();
        try {
            if (closed) {
                return NEVER;
            }
            refreshes.retain(candidates);
            Instant look = lastLook.equals(Instant.MIN) ? lastLook : lastLook.plus(Background.LOOK_EVERY);
            return full
                    ? look
                    : candidates.stream()
                            .map(candidate -> refreshes.nextAt(candidate, before))
                            .reduce(look, (a, b) -> a.isBefore(b) ? a : b);
        } finally {
            lock.unlock();
        }
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
            lastLook = now;
            for (Refreshable candidate : candidates) {
                Job job = refreshes.due(candidate, before, now);
                if (hands > 0 && job != Job.NONE) {
                    enqueue(refreshes.of(candidate.credential()), job);
                    hands--;
                }
            }
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
    private void enqueue(RefreshStanding standing, Job job) {
        boolean waits = standing.isPending();
        if (closed || standing.isRunning()) {
            return;
        }
        standing.enqueue(job);
        if (!waits) {
            workers.run(() -> work(standing));
        }
    }

    private void work(RefreshStanding standing) {
        Job job = begin(standing);
        Result result = result(standing.credential(), job);
        Optional<GatewayEvent> event = take(standing, result);
        event.ifPresent(happened -> Events.report(surroundings.listener(), happened));
        end(standing);
        alarm.ring();
    }

    private Result result(Credential credential, Job job) {
        RefreshAttempt attempt = parts.attempt();
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

    private Job begin(RefreshStanding standing) {
        lock.lock();
        try {
            standing.begin();
            return standing.job();
        } finally {
            lock.unlock();
        }
    }

    /** What there is to report. */
    private Optional<GatewayEvent> take(RefreshStanding standing, Result result) {
        lock.lock();
        try {
            return Optional.ofNullable(reportOf(standing, result));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable GatewayEvent reportOf(RefreshStanding standing, Result result) {
        CredentialId id = standing.credential().id();
        return switch (result) {
            case Result.Refreshed refreshed -> {
                standing.refreshed(now());
                if (!refreshed.stored()) {
                    standing.notStored(next(standing.storing(), Duration.ZERO));
                }
                yield new GatewayEvent.CredentialRefreshed(id, refreshed.stored());
            }
            case Result.Settled settled -> {
                standing.settled();
                yield null;
            }
            case Result.Refused refused -> {
                standing.refused(refused.failure());
                yield new GatewayEvent.RefreshFailed(id, null, refused.failure().code());
            }
            case Result.Failed failed -> {
                Backoff again = next(standing.asking(), RefreshPolicy.wait(failed.failure()));
                standing.failed(failed.failure(), again);
                yield closed
                        ? null
                        : new GatewayEvent.RefreshFailed(
                                id, again.until(), failed.failure().code());
            }
            case Result.Stored stored -> {
                if (stored.done()) {
                    standing.stored();
                    yield new GatewayEvent.CredentialRefreshed(id, true);
                }
                standing.notStored(next(standing.storing(), Duration.ZERO));
                yield null;
            }
        };
    }

    private Backoff next(Backoff before, Duration atLeast) {
        return before.next(now(), atLeast, surroundings.random());
    }

    private void end(RefreshStanding standing) {
        lock.lock();
        try {
            standing.end();
            rounds++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * For a request that has nothing else to use: has the expired ones of {@code wanting} refreshed, and waits until a
     * refresh has ended.
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
                    .filter(credential -> credential.isExpired(now) && refreshes.mayAsk(credential, now))
                    .forEach(credential -> enqueue(refreshes.of(credential), Job.REFRESH));
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
        Instant now = now();
        lock.lock();
        try {
            List<RefreshStanding> hopeful = wanting.stream()
                    .map(refreshes::of)
                    .filter(standing -> !standing.isRefused())
                    .toList();
            Optional<Duration> wait = hopeful.stream()
                    .flatMap(standing -> Optional.ofNullable(standing.retryAt(now)).stream())
                    .min(Instant::compareTo)
                    .map(retryAt -> Duration.between(now, retryAt));
            return hopeful.isEmpty() ? Optional.empty() : Optional.of(NoCredential.noneRefreshed(wait.orElse(null)));
        } finally {
            lock.unlock();
        }
    }

    /** The upstream did not accept {@code credential} for now: perhaps its token is older than it says. */
    void suspect(Credential credential) {
        lock.lock();
        try {
            if (refreshes.maySuspect(credential, now())) {
                enqueue(refreshes.of(credential), Job.REFRESH);
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
            enqueue(standing, Job.REFRESH);
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
            fresh.map(refreshes::of).ifPresent(standing -> standing.notStored(next(standing.storing(), Duration.ZERO)));
        } finally {
            lock.unlock();
        }
        alarm.ring();
    }

    /** How refreshes stand; what is missing is fine. */
    Map<CredentialId, Refresh> shown() {
        lock.lock();
        try {
            return refreshes.shown();
        } finally {
            lock.unlock();
        }
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
