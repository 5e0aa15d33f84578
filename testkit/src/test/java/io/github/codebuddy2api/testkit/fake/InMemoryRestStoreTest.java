package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.spi.RestStore;
import io.github.codebuddy2api.testkit.contract.RestStoreContract;

final class InMemoryRestStoreTest implements RestStoreContract {
    private final InMemoryRestStore store = new InMemoryRestStore();

    @Override
    public RestStore store() {
        return store;
    }

    @Override
    public RestStore reopened() {
        return store;
    }
}
