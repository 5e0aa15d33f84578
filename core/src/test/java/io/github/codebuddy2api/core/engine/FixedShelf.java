package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A shelf of credentials that can all be used, and to which only new ones are added, unless it is full. */
record FixedShelf(List<Credential> all, AtomicBoolean full) implements Shelf {
    FixedShelf(List<Credential> all) {
        this(all, new AtomicBoolean());
    }

    @Override
    public List<Credential> known() {
        return List.copyOf(all);
    }

    @Override
    public List<Credential> usable() {
        return List.copyOf(all);
    }

    @Override
    public CredentialView view(CredentialId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CredentialId add(NewCredential credential) {
        if (full.get()) {
            throw new StoreFailed(StoreFailed.Obstacle.FULL, "Full.", null);
        }
        Credential stored =
                new Credential(new CredentialId("added"), "added", credential.tokens(), credential.account());
        all.add(stored);
        return stored.id();
    }

    @Override
    public boolean replace(Credential credential) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void exchange(CredentialId id, UnaryOperator<Credential> exchange) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Lease lease(Credential credential, String model) {
        return new Lease(credential, model);
    }

    @Override
    public Optional<Rest> judge(Lease lease, Verdict verdict) {
        return Optional.empty();
    }
}
