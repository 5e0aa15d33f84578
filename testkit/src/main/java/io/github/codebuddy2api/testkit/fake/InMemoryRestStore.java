package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.spi.RestStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps rests in memory, so that a second gateway finds what a first one saved. Thread-safe. */
public final class InMemoryRestStore implements RestStore {
    private final AtomicInteger saves = new AtomicInteger();
    private volatile List<StoredRest> saved = List.of();
    private volatile boolean broken;

    /** A store in which nothing is saved. */
    public InMemoryRestStore() {}

    /** From now on saving fails, or succeeds again. */
    public void breakDown(boolean on) {
        broken = on;
    }

    @Override
    public List<StoredRest> load() {
        return saved;
    }

    @Override
    public void save(List<StoredRest> rests) {
        if (broken) {
            throw new StoreFailed(StoreFailed.Obstacle.FULL, "The store is full.", null);
        }
        saved = List.copyOf(rests);
        saves.incrementAndGet();
    }

    /** How often something was saved. */
    public int saves() {
        return saves.get();
    }
}
