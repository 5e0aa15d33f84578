package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.testkit.contract.CredentialStoreContract;
import io.github.codebuddy2api.testkit.fixture.Credentials;

class InMemoryCredentialStoreTest implements CredentialStoreContract {
    private final InMemoryCredentialStore store = InMemoryCredentialStore.of(Credentials.named("a", "b", "c"));

    @Override
    public CredentialStore store() {
        return store;
    }

    @Override
    public void remove(CredentialId id) {
        store.replace(store.all().stream()
                .filter(credential -> !credential.id().equals(id))
                .toArray(Credential[]::new));
    }

    @Override
    public void replaceToken(CredentialId id, String token) {
        store.replace(store.all().stream()
                .map(credential -> credential.id().equals(id) ? withToken(credential, token) : credential)
                .toArray(Credential[]::new));
    }

    private static Credential withToken(Credential credential, String token) {
        return credential.with(Tokens.of(Secret.of(token)));
    }
}
