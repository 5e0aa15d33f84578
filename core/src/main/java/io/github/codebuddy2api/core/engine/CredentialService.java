package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.credential.UnusableCredential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.RotationStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the owner may do with the credentials: each change is stored, and then it holds. Thread-safe. */
final class CredentialService implements Credentials {
    private final Engine.Stores stores;
    private final Roster roster;
    private final CredentialPool pool;
    private final TokenExchange exchange;
    private final @Nullable CredentialRefresher refresher;
    private final Alarm alarm;
    private final EventListener listener;

    /** Held while the owner's choices are written, so that the last one written is the one that holds. */
    private final ReentrantLock choosing = new ReentrantLock();

    /**
     * @param refresher null if nobody refreshes tokens
     * @param alarm rings when there may be something to refresh
     * @param listener hears of the owner's choices
     */
    CredentialService(
            Engine.Stores stores,
            Parts parts,
            @Nullable CredentialRefresher refresher,
            Alarm alarm,
            EventListener listener) {
        this.stores = stores;
        this.roster = parts.roster();
        this.pool = parts.pool();
        this.exchange = parts.exchange();
        this.refresher = refresher;
        this.alarm = alarm;
        this.listener = listener;
    }

    /** What it works on. */
    record Parts(CredentialPool pool, Roster roster, TokenExchange exchange) {}

    @Override
    public List<CredentialView> list() {
        roster.adopt();
        return views();
    }

    @Override
    public List<UnusableCredential> unusable() {
        return store().unusable();
    }

    private List<CredentialView> views() {
        return pool.views(refresher == null ? Map.of() : refresher.shown());
    }

    private Optional<CredentialView> view(CredentialId id) {
        return views().stream().filter(view -> view.id().equals(id)).findFirst();
    }

    @Override
    public CredentialView add(NewCredential credential) {
        roster.adopt();
        forgetChoicesAboutTheGone();
        Credential added = store().add(credential);
        roster.adopt();
        alarm.ring();
        return view(added.id()).orElseThrow(CredentialUnknown::new);
    }

    /** A refresh under way is waited for: it would store what was just deleted. */
    @Override
    public boolean delete(CredentialId id) {
        boolean deleted;
        try (TokenExchange.Ongoing ongoing = exchange.begin(id)) {
            deleted = ongoing.delete();
        }
        if (deleted) {
            forgetChoices(id);
        }
        return deleted;
    }

    /** It is gone in any case: a choice about it that stays on the disk says nothing. */
    private void forgetChoices(CredentialId id) {
        RotationState now = pool.choices();
        if (!id.equals(now.pinned()) && !now.disabled().contains(id)) {
            return;
        }
        try {
            choose(choices -> without(choices, id));
        } catch (StoreFailed ignored) {
            pool.choose(without(pool.choices(), id));
        }
    }

    /** A new credential may get the id of one that is gone, and must not inherit what was chosen about that. */
    private void forgetChoicesAboutTheGone() {
        RotationState now = pool.choices();
        List<CredentialId> gone = Stream.concat(now.pin().stream(), now.disabled().stream())
                .filter(id -> pool.known(id).isEmpty())
                .toList();
        if (!gone.isEmpty()) {
            choose(choices -> gone.stream().reduce(choices, CredentialService::without, (one, other) -> other));
        }
    }

    private static RotationState without(RotationState choices, CredentialId id) {
        CredentialId pinned = id.equals(choices.pinned()) ? null : choices.pinned();
        return new RotationState(choices.rotating(), choices.current(), pinned, with(choices.disabled(), id, false));
    }

    @Override
    public boolean restore(CredentialId id) {
        boolean restored = store().restore(id);
        roster.adopt();
        alarm.ring();
        return restored;
    }

    @Override
    public boolean enable(CredentialId id, boolean on) {
        boolean changed = chooseAbout(id, choices -> {
            CredentialId pinned = !on && id.equals(choices.pinned()) ? null : choices.pinned();
            return new RotationState(choices.rotating(), choices.current(), pinned, with(choices.disabled(), id, !on));
        });
        alarm.ring();
        return changed;
    }

    @Override
    public boolean rename(CredentialId id, @Nullable CredentialLabel label) {
        boolean renamed = store().rename(id, label);
        roster.adopt();
        return renamed;
    }

    @Override
    public boolean pin(CredentialId id) {
        boolean changed = chooseAbout(
                id,
                choices -> new RotationState(
                        choices.rotating(), choices.current(), id, with(choices.disabled(), id, false)));
        alarm.ring();
        return changed;
    }

    @Override
    public void unpin() {
        choose(choices -> new RotationState(choices.rotating(), choices.current(), null, choices.disabled()));
    }

    @Override
    public void rotate(boolean on) {
        choose(choices -> new RotationState(on, choices.current(), choices.pinned(), choices.disabled()));
    }

    private static Set<CredentialId> with(Set<CredentialId> ids, CredentialId id, boolean in) {
        Set<CredentialId> changed = new HashSet<>(ids);
        if (in) {
            changed.add(id);
        } else {
            changed.remove(id);
        }
        return changed;
    }

    private boolean chooseAbout(CredentialId id, UnaryOperator<RotationState> change) {
        roster.adopt();
        boolean stored = pool.known(id).isPresent();
        if (stored) {
            choose(change);
        }
        return stored;
    }

    private void choose(UnaryOperator<RotationState> change) {
        choosing.lock();
        try {
            RotationState chosen = change.apply(pool.choices());
            rotationStore().save(chosen);
            pool.choose(chosen);
        } finally {
            choosing.unlock();
        }
        Events.report(listener, new GatewayEvent.CredentialsChanged());
    }

    @Override
    public Turn turn() {
        roster.adopt();
        return pool.turn();
    }

    @Override
    public Optional<CredentialView> refresh(CredentialId id) {
        if (refresher == null) {
            throw new IllegalStateException("this gateway was built without refresher(...)");
        }
        roster.adopt();
        Optional<Credential> credential = pool.known(id);
        if (credential.isPresent() && !credential.get().isRefreshable()) {
            throw new InvalidRequest(
                    "credential_not_refreshable", "This credential has no refresh token. Log in again instead.", null);
        }
        credential.ifPresent(refresher::refreshNow);
        return view(id);
    }

    private CredentialStore store() {
        return stores.credentials();
    }

    private RotationStore rotationStore() {
        return stores.rotation();
    }
}
