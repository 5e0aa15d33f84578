package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.RotationStore;
import io.github.codebuddy2api.testkit.contract.RotationStoreContract;

class InMemoryRotationStoreTest implements RotationStoreContract {
    private final InMemoryRotationStore store = new InMemoryRotationStore();

    @Override
    public CredentialId first() {
        return new CredentialId("a");
    }

    @Override
    public CredentialId second() {
        return new CredentialId("b");
    }

    @Override
    public RotationStore store() {
        return store;
    }

    @Override
    public RotationStore reopened() {
        return store;
    }
}
