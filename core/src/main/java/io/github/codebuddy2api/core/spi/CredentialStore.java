package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.UnusableCredential;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where credentials rest; it knows nothing of rotation. Thread-safe. What a changing call returns from is stored for
 * good and seen by the next {@link #all()}; if it fails with {@code StoreFailed}, everything is as before. A store that
 * implements {@link #all()} alone cannot be changed by us.
 */
@FunctionalInterface
public interface CredentialStore {
    /**
     * The usable credentials in a stable order, without duplicate ids. Asked for every request, so it must be cheap: as
     * long as nothing changed it returns the very same list, and the caller may compare by identity. It may look at a disk
     * now and then: it is called without a lock that others wait for, by one thread at a time.
     */
    List<Credential> all();

    /** The same as {@link #all()}, but certainly as it is now: other programs may write there too. May block. */
    default List<Credential> allNow() {
        return all();
    }

    /** What is stored and cannot be used, in a stable order; may look at a disk. */
    default List<UnusableCredential> unusable() {
        return List.of();
    }

    /**
     * Stores a credential under an id of its own. Nothing stored is overwritten.
     *
     * @throws StoreFailed if it could not be stored
     */
    default Credential add(NewCredential credential) {
        throw readOnly();
    }

    /**
     * Stores other tokens or account for a credential that is there. What the store knows of it besides is kept, its
     * label too. It also ends what {@link #noteRefresh} began.
     *
     * @return whether it was there; if not, nothing is stored
     * @throws StoreFailed if it could not be stored
     */
    default boolean replace(Credential credential) {
        throw readOnly();
    }

    /**
     * Stores what its owner calls a credential that is there. All else of it stays as it is.
     *
     * @param label null takes the label away
     * @return whether it was there; if not, nothing is stored
     * @throws StoreFailed if it could not be stored
     */
    default boolean rename(CredentialId id, @Nullable CredentialLabel label) {
        throw readOnly();
    }

    /**
     * Takes a credential out of use. It can be had back with {@link #restore} for some days.
     *
     * @return whether it was there
     * @throws StoreFailed if it could not be taken out
     */
    default boolean delete(CredentialId id) {
        throw readOnly();
    }

    /**
     * Brings a deleted credential back under its old id.
     *
     * @return whether it could be found, and its place was free
     * @throws StoreFailed if it could not be brought back
     */
    default boolean restore(CredentialId id) {
        throw readOnly();
    }

    /**
     * Notes for good that the refresh token of a credential is about to be used up, so that a crash before {@link #replace}
     * is known of afterwards.
     *
     * @throws StoreFailed if it could not be noted
     */
    default void noteRefresh(CredentialId id) {}

    /** Takes the note of {@link #noteRefresh} back: the refresh token was not used, or what came of it is known. */
    default void forgetRefresh(CredentialId id) {}

    /** The credentials of which a refresh was noted and never ended: an earlier run of the program ended in between. */
    default Set<CredentialId> unfinishedRefreshes() {
        return Set.of();
    }

    private static StoreFailed readOnly() {
        return new StoreFailed(StoreFailed.Obstacle.READ_ONLY, "The store of the credentials cannot be changed.", null);
    }
}
