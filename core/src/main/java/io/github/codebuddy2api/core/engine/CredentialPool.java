package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is ready, who rests, who is next: the only mutable credential state. Thread-safe. */
final class CredentialPool implements Credentials {
    private final CredentialStore store;
    private final SettingsSource settings;
    private final Time time;

    private final ReentrantLock adopting = new ReentrantLock();
    private volatile boolean everAdopted;
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock.
    private final Rotation rotation = new Rotation();
    private final Rests rests = new Rests();
    private List<Credential> known = List.of();
    private @Nullable CredentialId pinned;

    CredentialPool(CredentialStore store, SettingsSource settings, Time time) {
        this.store = store;
        this.settings = settings;
        this.time = time;
    }

    /**
     * The credential to use next for {@code model}.
     *
     * @param tried the credentials this request has tried already
     * @throws GatewayException if none can be used, saying why and for how long
     */
    Lease acquire(String model, Set<CredentialId> tried) {
        int rotationCount = settings.current().rotationCount();
        Instant now = time.instant();
        adoptUnlessBusy();
        lock.lock();
        try {
            List<Credential> valid = valid(now);
            Credential picked = valid.isEmpty() ? null : pick(valid, model, tried, rotationCount, now);
            if (picked == null) {
                throw refusal(valid, model, now);
            }
            return new Lease(picked, model);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Credential pick(
            List<Credential> valid, String model, Set<CredentialId> tried, int rotationCount, Instant now) {
        Predicate<Credential> usable = credential -> !tried.contains(credential.id())
                && rests.of(credential, model, now).map(Rest::soft).orElse(true);
        Predicate<Credential> unburdened =
                usable.and(credential -> rests.of(credential, model, now).isEmpty());
        Predicate<Credential> ready = valid.stream().anyMatch(unburdened) ? unburdened : usable;
        return pinned == null
                ? rotation.next(valid, ready, rotationCount)
                : valid.stream().filter(ready).findFirst().orElse(null);
    }

    /** The credentials that are not expired; only the pinned one, if there is one. */
    private List<Credential> valid(Instant now) {
        List<Credential> valid =
                known.stream().filter(credential -> !credential.isExpired(now)).toList();
        if (pinned == null) {
            return valid;
        }
        List<Credential> only = valid.stream()
                .filter(credential -> credential.id().equals(pinned))
                .toList();
        if (only.isEmpty()) {
            pinned = null;
            return valid;
        }
        return only;
    }

    /** Why nothing can be used, in the words of what would help soonest. */
    private GatewayException refusal(List<Credential> valid, String model, Instant now) {
        if (known.isEmpty()) {
            return NoCredential.noneStored();
        }
        List<Rest> all = valid.stream()
                .flatMap(credential -> rests.of(credential, model, now).stream())
                .toList();
        Optional<Instant> free = all.stream()
                .filter(rest -> rest.code().equals("rate_limit_exceeded"))
                .flatMap(rest -> Optional.ofNullable(rest.until()).stream())
                .min(Instant::compareTo);
        if (free.isPresent()) {
            Duration wait = Duration.between(now, free.get());
            return new RateLimited(LimitScope.CREDENTIAL, wait, "Every CodeBuddy account is rate-limited for now.");
        }
        if (all.stream().anyMatch(rest -> rest.code().equals("insufficient_quota"))) {
            return new QuotaExhausted("The credits of every CodeBuddy account are used up.");
        }
        if (all.stream().anyMatch(rest -> rest.code().equals("model_not_found"))) {
            return new ModelNotFound("No stored CodeBuddy account offers this model.");
        }
        return NoCredential.noneUsable();
    }

    /**
     * Takes a lease back.
     *
     * @return the rest its credential was sent to, if it was
     */
    Optional<Rest> release(Lease lease, Verdict verdict) {
        Instant now = time.instant();
        Credential credential = lease.credential();
        lock.lock();
        try {
            return switch (verdict) {
                case Verdict.Succeeded succeeded -> {
                    rests.easeAfterSuccess(credential.id());
                    yield Optional.empty();
                }
                case Verdict.Abandoned abandoned -> Optional.empty();
                case Verdict.Failed failed ->
                    RestPolicy.after(failed.failure(), credential.accessToken(), now)
                            .filter(rest ->
                                    isStored(credential) && rests.put(credential.id(), lease.model(), rest, now));
            };
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is stored with the very token that was used: a newer one is not to blame. */
    private boolean isStored(Credential used) {
        return known.stream()
                .anyMatch(credential -> credential.id().equals(used.id())
                        && credential.accessToken().equals(used.accessToken()));
    }

    /** What a caller is told when the failure of the last attempt was about its credential. */
    GatewayException refusalFor(String model, GatewayException lastFailure) {
        Instant now = time.instant();
        lock.lock();
        try {
            List<Credential> valid = valid(now);
            boolean othersLeft = valid.stream()
                    .anyMatch(credential -> rests.of(credential, model, now).isEmpty());
            if (!othersLeft) {
                return refusal(valid, model, now);
            }
            return lastFailure instanceof GatewayException.CredentialRejected ? NoCredential.noneUsable() : lastFailure;
        } finally {
            lock.unlock();
        }
    }

    /** For a request: while another thread asks the store, which may mean looking at a disk, what is known must do. */
    private void adoptUnlessBusy() {
        if (!everAdopted) {
            adoptStored();
        } else if (adopting.tryLock()) {
            adoptAndUnlock();
        }
    }

    /** Takes over what is stored now. */
    private void adoptStored() {
        adopting.lock();
        adoptAndUnlock();
    }

    /** One thread at a time asks, so that a list from before a change never follows the one from after it. */
    @SuppressWarnings("ReferenceEquality") // The store's port: as long as nothing changed it is the very same list.
    private void adoptAndUnlock() {
        try {
            List<Credential> all = store.all();
            lock.lock();
            try {
                if (all != known) {
                    known = all;
                    rests.retain(all);
                }
                everAdopted = true;
            } finally {
                lock.unlock();
            }
        } finally {
            adopting.unlock();
        }
    }

    @Override
    public List<CredentialView> list() {
        Instant now = time.instant();
        adoptStored();
        lock.lock();
        try {
            return known.stream().map(credential -> view(credential, now)).toList();
        } finally {
            lock.unlock();
        }
    }

    private CredentialView view(Credential credential, Instant now) {
        return new CredentialView(
                credential.id(),
                credential.name(),
                credential.account(),
                state(credential, now),
                credential.id().equals(pinned),
                true,
                CredentialView.Facts.of(credential.tokens(), now),
                CredentialView.Refresh.FINE);
    }

    private CredentialState state(Credential credential, Instant now) {
        if (credential.isExpired(now)) {
            return new CredentialState.Expired(credential.isRefreshable());
        }
        return rests.ofAll(credential, now)
                .<CredentialState>map(rest -> rest.until() == null
                        ? new CredentialState.NeedsLogin()
                        : new CredentialState.CoolingDown(rest.until(), rest.code()))
                .orElseGet(CredentialState.Ready::new);
    }

    @Override
    public boolean pin(CredentialId id) {
        adoptStored();
        lock.lock();
        try {
            boolean stored =
                    known.stream().anyMatch(credential -> credential.id().equals(id));
            pinned = stored ? id : pinned;
            return stored;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unpin() {
        lock.lock();
        try {
            pinned = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rotate(boolean on) {
        lock.lock();
        try {
            rotation.turn(on);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Turn turn() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CredentialView add(NewCredential credential) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(CredentialId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean restore(CredentialId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean enable(CredentialId id, boolean on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CredentialView> refresh(CredentialId id) {
        throw new UnsupportedOperationException();
    }
}
