package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.UnusableCredential;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The owner's view of the credentials and of the rule that picks the next one. Thread-safe. A call that names a
 * credential answers {@code false} or empty if it is not stored, and nothing changes then; what is changed survives a
 * restart.
 *
 * @implSpec every changing call throws {@code StoreFailed}, and changes nothing, if the change cannot be stored
 */
public interface Credentials {
    /** All stored credentials in the store's order. May look at a disk. */
    List<CredentialView> list();

    /** What is stored and cannot be used, and why. May look at a disk. */
    List<UnusableCredential> unusable();

    /** Stores a credential; it is used from now on. */
    CredentialView add(NewCredential credential);

    /** Takes a credential out of use, and forgets its pin and its switch; {@link #restore} brings it back for some days. */
    boolean delete(CredentialId id);

    /** Brings a deleted credential back. */
    boolean restore(CredentialId id);

    /** Lets a credential be used, or not; one that is not used is not refreshed either, and loses its pin. */
    boolean enable(CredentialId id, boolean on);

    /** Gives a credential another label, or none. It keeps it when its tokens change, and when its account logs in again. */
    boolean rename(CredentialId id, @Nullable CredentialLabel label);

    /**
     * Sends all requests to one credential, which is switched on by it. While it is expired the others serve, and if it
     * cannot be refreshed it is pinned no more.
     */
    boolean pin(CredentialId id);

    /** Takes the pin away. */
    void unpin();

    /** Switches rotation on or off; off means staying on the current credential. */
    void rotate(boolean on);

    /** How the next one is picked. */
    Turn turn();

    /**
     * Refreshes a credential's tokens now, or waits for the refresh under way.
     *
     * @return empty if it is not stored
     * @throws io.github.codebuddy2api.core.GatewayException if it has no refresh token, or the upstream refused
     */
    Optional<CredentialView> refresh(CredentialId id);

    /**
     * How the next credential is picked.
     *
     * @param next the one that would be used next; empty if there is none
     * @param pinned whether it is pinned
     * @param rotating whether rotation is on
     * @param rotationCount how many requests in a row go to one credential
     * @param used how many of them the current one has had
     */
    record Turn(Optional<CredentialId> next, boolean pinned, boolean rotating, int rotationCount, int used) {}
}
