package io.github.codebuddy2api.core.engine;

import static io.github.codebuddy2api.core.credential.CredentialView.Refresh.FINE;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.api.Credentials.Turn;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is ready, who rests, who is next: all that changes about credentials but their refresh. It never asks a store and
 * never waits. Thread-safe.
 */
final class CredentialPool {
    private final SettingsSource settings;
    private final Time time;

    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock.
    private final Rotation rotation = new Rotation();
    private final Rests rests = new Rests();
    private List<Credential> known = List.of();
    private boolean everTaken;
    private @Nullable CredentialId pinned;
    private Set<CredentialId> disabled = Set.of();

    CredentialPool(SettingsSource settings, Time time, RotationState choices) {
        this.settings = settings;
        this.time = time;
        rotation.moveTo(choices.current());
        choose(choices);
    }

    /**
     * From now on these are the credentials.
     *
     * @return whether there had been others before
     */
    boolean take(List<Credential> all) {
        return locked(() -> {
            boolean isFirst = !everTaken;
            everTaken = true;
            known = all;
            rests.retain(all);
            return !isFirst;
        });
    }

    /**
     * One look for a credential.
     *
     * @param lease the one to use; empty if none can be used now
     * @param considered why each one was or was not chosen
     */
    record Look(Optional<Lease> lease, List<Considered> considered) {}

    /**
     * Looks for the credential to use next for {@code model}.
     *
     * @param tried the access tokens this request has tried already
     */
    Look lease(String model, Set<Secret> tried) {
        int rotationCount = settings.current().rotationCount();
        Instant now = time.instant();
        return locked(() -> {
            List<Credential> valid = valid(now);
            Credential picked = valid.isEmpty() ? null : pick(valid, model, tried, rotationCount, now);
            Considering considering = new Considering(rests, disabled, model, tried, now);
            Considering.Outcome outcome = new Considering.Outcome(
                    isPinned(valid) ? pinned : null, rotation.isOn() && rotationCount > 0, picked);
            return new Look(
                    Optional.ofNullable(picked).map(credential -> new Lease(credential, model)),
                    considering.of(known, outcome));
        });
    }

    private @Nullable Credential pick(
            List<Credential> valid, String model, Set<Secret> tried, int rotationCount, Instant now) {
        Predicate<Credential> usable = credential -> !tried.contains(credential.accessToken())
                && rests.of(credential, model, now).map(Rest::soft).orElse(true);
        Predicate<Credential> unburdened =
                usable.and(credential -> rests.of(credential, model, now).isEmpty());
        Predicate<Credential> ready = valid.stream().anyMatch(unburdened) ? unburdened : usable;
        return isPinned(valid)
                ? valid.stream().filter(ready).findFirst().orElse(null)
                : rotation.next(valid, ready, rotationCount);
    }

    /**
     * The credentials that are switched on and not expired; only the pinned one, if it is among them. While a pinned one
     * waits for new tokens, or is missing from the store for now, the others serve; if it cannot have any, it is pinned no
     * more.
     */
    private List<Credential> valid(Instant now) {
        List<Credential> valid = known.stream()
                .filter(credential -> isEnabled(credential) && !credential.isExpired(now))
                .toList();
        if (pinned == null) {
            return valid;
        }
        boolean isOver = find(pinned)
                .filter(it -> !it.isRefreshable() && it.isExpired(now))
                .isPresent();
        if (isOver) {
            pinned = null;
            return valid;
        }
        List<Credential> only = valid.stream()
                .filter(credential -> credential.id().equals(pinned))
                .toList();
        return only.isEmpty() ? valid : only;
    }

    /** Whether the pin is what chose {@code valid}. */
    private boolean isPinned(List<Credential> valid) {
        return pinned != null && !valid.isEmpty() && valid.get(0).id().equals(pinned) && valid.size() == 1;
    }

    private Optional<Credential> find(CredentialId id) {
        return known.stream().filter(credential -> credential.id().equals(id)).findFirst();
    }

    /** All as they are used now. */
    List<Credential> all() {
        return locked(() -> known);
    }

    /** Those that are switched on and not expired, whatever is pinned. */
    List<Credential> usable() {
        Instant now = time.instant();
        return locked(() -> known.stream()
                .filter(credential -> isEnabled(credential) && !credential.isExpired(now))
                .toList());
    }

    /** A stored credential as it is used now. */
    Optional<Credential> known(CredentialId id) {
        return locked(() -> find(id));
    }

    /** The credentials that have a refresh token. */
    List<Refreshes.Refreshable> refreshable() {
        return locked(() -> known.stream()
                .filter(Credential::isRefreshable)
                .map(credential -> new Refreshes.Refreshable(credential, isEnabled(credential)))
                .toList());
    }

    /**
     * The credentials of which a request that found none ready can hope that new tokens make them so: the expired ones,
     * and those not accepted for now.
     */
    List<Credential> wanting() {
        Instant now = time.instant();
        return locked(() -> wanting(now));
    }

    private List<Credential> wanting(Instant now) {
        boolean onlyPinned = isPinned(valid(now));
        return known.stream()
                .filter(this::isEnabled)
                .filter(credential -> !onlyPinned || credential.id().equals(pinned))
                .filter(Credential::isRefreshable)
                .filter(credential -> credential.isExpired(now) || isRejected(credential, now))
                .toList();
    }

    private boolean isEnabled(Credential credential) {
        return !disabled.contains(credential.id());
    }

    private boolean isRejected(Credential credential, Instant now) {
        return rests.ofAll(credential, now)
                .filter(rest -> rest.cause() == Rest.Cause.REJECTED)
                .isPresent();
    }

    /** Why nothing can be used for {@code model}. */
    GatewayException refusal(String model) {
        Instant now = time.instant();
        return locked(() -> refusal(valid(now), model, now));
    }

    private GatewayException refusal(List<Credential> valid, String model, Instant now) {
        if (known.isEmpty()) {
            return NoCredential.noneStored();
        }
        List<Rest> resting = valid.stream()
                .flatMap(credential -> rests.of(credential, model, now).stream())
                .toList();
        Refusal.Candidates candidates = known.size() > 1 ? Refusal.Candidates.ALL : Refusal.Candidates.ONLY;
        return Refusal.of(resting, isPinned(valid) ? Refusal.Candidates.PINNED : candidates, now);
    }

    /** What a caller is told when the failure of the last attempt was about its credential. */
    GatewayException refusalFor(String model, GatewayException lastFailure) {
        Instant now = time.instant();
        return locked(() -> {
            List<Credential> valid = valid(now);
            boolean othersLeft = valid.stream()
                    .anyMatch(credential -> rests.of(credential, model, now).isEmpty());
            if (!othersLeft) {
                return refusal(valid, model, now);
            }
            return lastFailure instanceof GatewayException.CredentialRejected ? NoCredential.noneUsable() : lastFailure;
        });
    }

    /**
     * Takes a lease back.
     *
     * @return the rest its credential was sent to, if it was
     */
    Optional<Rest> release(Lease lease, Verdict verdict) {
        Instant now = time.instant();
        Credential credential = lease.credential();
        return locked(() -> switch (verdict) {
            case Verdict.Succeeded succeeded -> {
                rests.easeAfterSuccess(credential.id());
                yield Optional.empty();
            }
            case Verdict.Abandoned abandoned -> Optional.empty();
            case Verdict.Failed failed ->
                RestPolicy.after(failed.failure(), credential.accessToken(), now)
                        .filter(rest -> isUsedNow(credential) && rests.put(credential.id(), lease.model(), rest, now));
        });
    }

    /** Whether it still has the very token that was used: a newer one is not to blame. */
    private boolean isUsedNow(Credential used) {
        return find(used.id())
                .filter(credential -> credential.accessToken().equals(used.accessToken()))
                .isPresent();
    }

    /** How the next one is picked; nobody's turn is used up. */
    Turn turn() {
        int count = settings.current().rotationCount();
        Instant now = time.instant();
        return locked(() -> {
            List<Credential> valid = valid(now);
            if (isPinned(valid)) {
                return new Turn(Optional.of(valid.get(0).id()), true, rotation.isOn(), count, 0);
            }
            List<Credential> hoped = valid.isEmpty() ? wanting(now) : valid;
            if (hoped.isEmpty()) {
                return new Turn(Optional.empty(), false, rotation.isOn(), count, 0);
            }
            Predicate<Credential> unburdened =
                    credential -> rests.ofAll(credential, now).isEmpty();
            boolean any = hoped.stream().anyMatch(unburdened);
            Rotation.Choice choice = rotation.peek(hoped, any ? unburdened : credential -> true, count);
            Optional<CredentialId> next =
                    Optional.ofNullable(choice.credential()).map(Credential::id);
            return new Turn(next, false, rotation.isOn(), count, choice.used());
        });
    }

    /** What the owner has chosen, and whose turn it is. */
    RotationState choices() {
        return locked(() -> new RotationState(rotation.isOn(), rotation.current(), pinned, disabled));
    }

    /** The owner has chosen; whose turn it is stays. */
    void choose(RotationState choices) {
        lock.lock();
        try {
            rotation.turn(choices.rotating());
            pinned = choices.pinned();
            disabled = choices.disabled();
        } finally {
            lock.unlock();
        }
    }

    /**
     * All credentials as their owner may see them.
     *
     * @param refreshes how refreshes stand; one that is missing is fine
     */
    List<CredentialView> views(Map<CredentialId, CredentialView.Refresh> refreshes) {
        Instant now = time.instant();
        return locked(() -> {
            Sight sight = new Sight(rests, disabled, pinned, now);
            return known.stream()
                    .map(credential -> sight.view(credential, refreshes.getOrDefault(credential.id(), FINE)))
                    .toList();
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
