package io.github.codebuddy2api.core.credential;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the owner decided about which credential is next.
 *
 * @param rotating whether requests go around all credentials
 * @param current the credential whose turn it is; null if none has had a turn yet
 * @param pinned the one to which all requests go; null if none is
 * @param disabled those that are not used
 */
public record RotationState(
        boolean rotating,
        @Nullable CredentialId current,
        @Nullable CredentialId pinned,
        Set<CredentialId> disabled) {
    /** Nothing is decided: all go around. */
    public static final RotationState INITIAL = new RotationState(true, null, null, Set.of());

    public RotationState {
        disabled = Set.copyOf(disabled);
    }

    /** The credential to which all requests go, if there is one. */
    public Optional<CredentialId> pin() {
        return Optional.ofNullable(pinned);
    }
}
