package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.spi.RotationStore;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the owner's choices in memory, so that a second gateway finds what a first one saved. Thread-safe. */
public final class InMemoryRotationStore implements RotationStore {
    private final AtomicInteger saves = new AtomicInteger();
    private volatile RotationState saved = RotationState.INITIAL;
    private volatile boolean broken;

    /** A store in which nothing is saved. */
    public InMemoryRotationStore() {}

    /** From now on saving fails, or succeeds again. */
    public void breakDown(boolean on) {
        broken = on;
    }

    @Override
    public RotationState load() {
        return saved;
    }

    @Override
    public void save(RotationState state) {
        if (broken) {
            throw new StoreFailed(StoreFailed.Obstacle.FULL, "The store is full.", null);
        }
        saved = state;
        saves.incrementAndGet();
    }

    /** How often something was saved. */
    public int saves() {
        return saves.get();
    }
}
