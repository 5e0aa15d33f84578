package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.spi.RotationStore;
import io.github.codebuddy2api.testkit.contract.RotationStoreContract;

class InMemoryRotationStoreTest implements RotationStoreContract {
    private final InMemoryRotationStore store = new InMemoryRotationStore();

    @Override
    public RotationStore store() {
        return store;
    }

    @Override
    public RotationStore reopened() {
        return store;
    }
}
