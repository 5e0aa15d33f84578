package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.credential.RotationState;

/** Where the owner's choices about rotation survive a restart. Thread-safe. */
public interface RotationStore {
    /** What was saved last; {@link RotationState#INITIAL} if nothing was, or if it cannot be read. */
    RotationState load();

    /**
     * Saves it for good.
     *
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if it could not be saved; what was saved before
     *     is still there
     */
    void save(RotationState state);

    /** A store that forgets everything at the end of the program. */
    static RotationStore inMemory() {
        return new RotationStore() {
            @Override
            public RotationState load() {
                return RotationState.INITIAL;
            }

            @Override
            public void save(RotationState state) {}
        };
    }
}
