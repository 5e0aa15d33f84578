package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.Time;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The store's credentials, judged by the pool. */
record PoolShelf(CredentialStore store, CredentialPool pool, Time time) implements Shelf {
    @Override
    public List<Credential> all() {
        return store.allNow();
    }

    @Override
    public List<Credential> usable() {
        return store.all().stream()
                .filter(credential -> !credential.isExpired(time.instant()))
                .toList();
    }

    @Override
    public CredentialView view(CredentialId id) {
        return pool.list().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow(CredentialUnknown::new);
    }

    @Override
    public Credential add(NewCredential credential) {
        return store.add(credential);
    }

    @Override
    public boolean replace(Credential credential) {
        return store.replace(credential);
    }

    @Override
    public Credential exchange(CredentialId id, UnaryOperator<Credential> exchange) {
        Credential other = exchange.apply(find(id));
        if (!store.replace(other)) {
            throw new CredentialUnknown();
        }
        return other;
    }

    @Override
    public Optional<Rest> judge(Lease lease, Verdict verdict) {
        return pool.release(lease, verdict);
    }
}
