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
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who is ready, who rests, who is next: all that changes about credentials but their refresh. It never asks a store and
 * never waits. Thread-safe.
 */
final class CredentialPool {
    private final SettingsSource settings;
    private final Time time;
    private final Runnable restsChanged;

    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock.
    private final Rotation rotation = new Rotation();
    private final Rests rests = new Rests();
    private final Seats seats = new Seats();
    private final Eligibility eligible = new Eligibility();
    private final Picking picking = new Picking(rotation, rests, seats);
    /** Hears, without the lock, that some request may find a credential now that did not before. */
    private volatile Runnable changed = () -> {};

    private boolean everTaken;

    /** A pool that remembers no rests of an earlier run. */
    CredentialPool(SettingsSource settings, Time time, RotationState choices) {
        this(settings, time, new Memory(choices, List.of(), () -> {}));
    }

    CredentialPool(SettingsSource settings, Time time, Memory memory) {
        this.settings = settings;
        this.time = time;
        this.restsChanged = memory.restsChanged();
        rests.takeUp(memory.rests(), time.instant());
        rotation.moveTo(memory.choices().current());
        choose(memory.choices());
    }

    /**
     * What an earlier run knew, and who is to keep it for a later one.
     *
     * @param restsChanged hears that {@link #storedRests()} are others now; quick
     */
    record Memory(RotationState choices, List<StoredRest> rests, Runnable restsChanged) {}

    /**
     * From now on these are the credentials.
     *
     * @return whether there had been others before
     */
    boolean take(List<Credential> all) {
        return restsMayChange(() -> {
            boolean isFirst = !everTaken;
            everTaken = true;
            eligible.take(all);
            if (!all.isEmpty()) {
                rests.retain(all); // A store that has nothing for a moment may have everything again in the next one.
            }
            return !isFirst;
        });
    }

    /** From now on {@code listener} hears that a request may find a credential that did not before. */
    void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** Looks for the credential to use next for {@code model} in no conversation. */
    Look lease(String model, Set<Secret> tried) {
        return lease(new Wish(model, tried, null));
    }

    /** Looks for the credential to use next. */
    Look lease(Wish wish) {
        GatewaySettings current = settings.current();
        int most = current.sharing().perCredential();
        Picking.Task task = new Picking.Task(wish, current.rotationCount(), most, time.instant());
        return locked(() -> look(task));
    }

    /** Nothing changes in the pool but by {@code looks}, which are quick and do nothing but look. */
    <T> T undisturbed(Supplier<T> looks) {
        return locked(looks);
    }

    private Look look(Picking.Task task) {
        Instant now = task.now();
        Wish wish = task.wish();
        List<Credential> valid = eligible.valid(now);
        boolean onlyPinned = eligible.isPinned(valid);
        Considering considering = new Considering(rests, seats, eligible.disabled(), task);
        Picking.Pick pick = Picking.Pick.NONE;
        if (!valid.isEmpty()) {
            pick = onlyPinned
                    ? picking.first(valid, task)
                    : picking.next(valid, task, home -> mayComeBack(home, wish.model(), now));
        }
        Optional<Credential> picked = Optional.ofNullable(pick.credential());
        Optional<Probe> probe = picked.flatMap(it -> rests.probe(it, wish.model(), now));
        Considering.Outcome outcome = new Considering.Outcome(
                onlyPinned ? eligible.pinned() : null, rotation.isOn() && task.rotationCount() > 0, pick, probe);
        List<Considered> considered = considering.of(eligible.known(), outcome);
        Conversation conversation = onlyPinned ? null : wish.conversation();
        Optional<Lease> lease =
                picked.map(it -> new Lease(it, wish.model(), probe.orElse(null), seats.take(it.id(), conversation)));
        return new Look(lease, pick.busy(), considered);
    }

    /** Whether a conversation may wait for {@code home} to serve it again. */
    private boolean mayComeBack(CredentialId home, String model, Instant now) {
        return eligible.find(home)
                .filter(eligible::isEnabled)
                .filter(it -> it.isRefreshable() || !it.isExpired(now))
                .filter(it -> rests.of(it, model, now)
                        .map(rest -> Picking.isPassing(rest, now))
                        .orElse(true))
                .isPresent();
    }

    /** All as they are used now. */
    List<Credential> all() {
        return locked(eligible::known);
    }

    /** Those that are switched on and not expired, whatever is pinned. */
    List<Credential> usable() {
        Instant now = time.instant();
        return locked(() -> eligible.usable(now));
    }

    /** A stored credential as it is used now. */
    Optional<Credential> known(CredentialId id) {
        return locked(() -> eligible.find(id));
    }

    /** The credentials that have a refresh token. */
    List<Refreshes.Refreshable> refreshable() {
        return locked(() -> eligible.known().stream()
                .filter(Credential::isRefreshable)
                .map(credential -> new Refreshes.Refreshable(credential, eligible.isEnabled(credential)))
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
        return eligible.renewable(now).stream()
                .filter(credential -> credential.isExpired(now) || isRejected(credential, now))
                .toList();
    }

    private boolean isRejected(Credential credential, Instant now) {
        return rests.ofAll(credential, now)
                .filter(rest -> rest.cause() == RestCause.REJECTED)
                .isPresent();
    }

    /** Why nothing can be used for {@code model}. */
    GatewayException refusal(String model) {
        Instant now = time.instant();
        return locked(() -> refusal(eligible.valid(now), model, now));
    }

    private GatewayException refusal(List<Credential> valid, String model, Instant now) {
        if (eligible.known().isEmpty()) {
            return NoCredential.noneStored();
        }
        List<Rest> resting = valid.stream()
                .flatMap(credential -> rests.of(credential, model, now).stream())
                .toList();
        Refusal.Candidates any = eligible.known().size() > 1 ? Refusal.Candidates.ALL : Refusal.Candidates.ONLY;
        Refusal.Candidates candidates = eligible.isPinned(valid) ? Refusal.Candidates.PINNED : any;
        return valid.stream().anyMatch(credential -> rests.isBeingProbed(credential, model, now))
                ? Refusal.whileProbed(resting, candidates)
                : Refusal.of(resting, candidates, now);
    }

    /** What a caller is told when the failure of the last attempt was about its credential. */
    GatewayException refusalFor(String model, GatewayException lastFailure) {
        Instant now = time.instant();
        return locked(() -> {
            List<Credential> valid = eligible.valid(now);
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
        return restsMayChange(() -> {
            Optional<Rest> rest = switch (verdict) {
                case Verdict.Succeeded succeeded -> {
                    rests.answered(lease);
                    yield Optional.empty();
                }
                case Verdict.Abandoned abandoned -> Optional.empty();
                case Verdict.Failed failed ->
                    RestPolicy.after(failed.failure(), credential.accessToken(), now)
                            .filter(it -> eligible.isUsedNow(credential))
                            .flatMap(it -> rests.put(lease, it, now));
            };
            rests.giveUp(lease, now);
            seats.free(lease.seat());
            return rest;
        });
    }

    /**
     * The first chunk of an answer is there, which is all that a probe was to find out.
     *
     * @return the rests that have ended by it
     */
    List<Rest> answered(Lease lease) {
        Instant now = time.instant();
        return restsMayChange(() -> {
            picking.answered(lease, now);
            return lease.probe() == null ? List.of() : rests.answered(lease);
        });
    }

    /** The upstream has told what the account of {@code credential} has left. */
    void learn(Credential credential, Quota quota) {
        Instant now = time.instant();
        restsMayChange(() -> {
            rests.learn(credential, quota, now);
            return rests;
        });
    }

    /** A lease of {@code credential} that finds out whether it rests, whatever keeps it from serving. */
    Lease trial(Credential credential, String model) {
        Instant now = time.instant();
        return locked(() ->
                new Lease(credential, model, rests.trial(credential, model, now).orElse(null)));
    }

    /** How often anything has changed of {@link #storedRests()}. */
    long restChanges() {
        return locked(rests::changes);
    }

    /** The rests that should survive a restart. */
    List<StoredRest> storedRests() {
        return locked(rests::stored);
    }

    /** How the next one is picked; nobody's turn is used up. */
    Turn turn() {
        int count = settings.current().rotationCount();
        Instant now = time.instant();
        return locked(() -> {
            List<Credential> valid = eligible.valid(now);
            if (eligible.isPinned(valid)) {
                return new Turn(Optional.of(valid.get(0).id()), true, rotation.isOn(), count, 0);
            }
            List<Credential> hoped = valid.isEmpty() ? wanting(now) : valid;
            if (hoped.isEmpty()) {
                return new Turn(Optional.empty(), false, rotation.isOn(), count, 0);
            }
            return picking.turn(hoped, count, now);
        });
    }

    /** What the owner has chosen, and whose turn it is. */
    RotationState choices() {
        return locked(
                () -> new RotationState(rotation.isOn(), rotation.current(), eligible.pinned(), eligible.disabled()));
    }

    /** The owner has chosen; whose turn it is stays. */
    void choose(RotationState choices) {
        restsMayChange(() -> {
            rotation.turn(choices.rotating());
            eligible.choose(choices.pinned(), choices.disabled());
            return choices;
        });
    }

    /**
     * All credentials as their owner may see them.
     *
     * @param refreshes how refreshes stand; one that is missing is fine
     */
    List<CredentialView> views(Map<CredentialId, CredentialView.Refresh> refreshes) {
        Instant now = time.instant();
        return locked(() -> {
            Sight sight = new Sight(rests, eligible.disabled(), eligible.pinned(), now);
            return eligible.known().stream()
                    .map(credential -> sight.view(credential, refreshes.getOrDefault(credential.id(), FINE)))
                    .toList();
        });
    }

    private <T> T restsMayChange(Supplier<T> action) {
        long before;
        long after;
        T result;
        lock.lock();
        try {
            before = rests.changes();
            result = action.get();
            after = rests.changes();
        } finally {
            lock.unlock();
        }
        if (before != after) {
            restsChanged.run();
        }
        changed.run();
        return result;
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
