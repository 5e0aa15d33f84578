package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.testkit.contract.UsageStoreContract;
import java.time.Instant;

class InMemoryUsageStoreTest implements UsageStoreContract {
    private InMemoryUsageStore store = InMemoryUsageStore.of();

    @Override
    public UsageStore restarted() {
        store = InMemoryUsageStore.of(store.records().toArray(UsageRecord[]::new));
        return store;
    }

    @Override
    public Instant kept() {
        return ManualTime.START;
    }
}
