package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The credentials as the pool knows them. Thread-safe. */
final class PoolShelf implements Shelf {
    private final CredentialService credentials;
    private final CredentialPool pool;
    private final Roster roster;
    private final TokenExchange exchange;
    private final @Nullable CredentialRefresher refresher;

    /**
     * @param refresher stores later what could not be stored; null if nobody does
     */
    PoolShelf(CredentialService credentials, CredentialService.Parts parts, @Nullable CredentialRefresher refresher) {
        this.credentials = credentials;
        this.pool = parts.pool();
        this.roster = parts.roster();
        this.exchange = parts.exchange();
        this.refresher = refresher;
    }

    @Override
    public List<Credential> all() {
        roster.adoptNow();
        return pool.all();
    }

    @Override
    public List<Credential> known() {
        return pool.all();
    }

    @Override
    public List<Credential> usable() {
        try {
            roster.adoptUnlessBusy();
        } catch (StoreFailed ignored) {
            // What is known must do: lists of models and the background's chores go on.
        }
        return pool.usable();
    }

    @Override
    public Credential find(CredentialId id) {
        roster.adopt();
        return pool.known(id).orElseThrow(CredentialUnknown::new);
    }

    @Override
    public CredentialView view(CredentialId id) {
        return credentials.list().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow(CredentialUnknown::new);
    }

    @Override
    public CredentialId add(NewCredential credential) {
        return credentials.add(credential).id();
    }

    @Override
    public boolean replace(Credential credential) {
        try (TokenExchange.Ongoing ongoing = exchange.begin(credential.id())) {
            return ongoing.replace(credential);
        }
    }

    @Override
    public void exchange(CredentialId id, UnaryOperator<Credential> upstream) {
        try (TokenExchange.Ongoing ongoing = exchange.begin(id)) {
            adoptOtherPrograms();
            Credential current = ongoing.current().orElseThrow(CredentialUnknown::new);
            switch (ongoing.exchange(current, upstream, false)) {
                case STORED -> {
                    // As it should be.
                }
                case NOT_STORED -> throw notStored(id);
            }
        }
    }

    private void adoptOtherPrograms() {
        try {
            roster.adoptNow();
        } catch (StoreFailed ignored) {
            roster.adopt(); // What was read before must do.
        }
    }

    private StoreFailed notStored(CredentialId id) {
        if (refresher != null) {
            refresher.storeLater(id);
        }
        return new StoreFailed(
                StoreFailed.Obstacle.OTHER,
                "The new tokens could not be stored. They are used from memory, and lost if the program ends.",
                null);
    }

    @Override
    public Lease lease(Credential credential, String model) {
        return pool.trial(credential, model);
    }

    @Override
    public Optional<Rest> judge(Lease lease, Verdict verdict) {
        roster.adoptUnlessBusy(); // A pool that was never asked for a credential knows none.
        return pool.release(lease, verdict);
    }
}
