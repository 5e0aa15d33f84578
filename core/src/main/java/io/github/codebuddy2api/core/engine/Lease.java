package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One credential in the use of one request. Its holder gives it back to the pool with a {@link Verdict}, once.
 *
 * @param credential the credential as it was when leased; a refresh does not change it
 * @param model the model it is used for, since some limits are per model
 * @param probe what the request finds out; null if the credential does not rest
 * @param seat its place among the requests that use the credential at once; null if it is none of them
 */
record Lease(Credential credential, String model, @Nullable Probe probe, Seats.@Nullable Seat seat) {
    Lease(Credential credential, String model) {
        this(credential, model, null);
    }

    Lease(Credential credential, String model, @Nullable Probe probe) {
        this(credential, model, probe, null);
    }

    /** The seat is what it takes up, not what it is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lease that
                && credential.equals(that.credential)
                && model.equals(that.model)
                && Objects.equals(probe, that.probe);
    }

    @Override
    public int hashCode() {
        return Objects.hash(credential, model, probe);
    }
}
