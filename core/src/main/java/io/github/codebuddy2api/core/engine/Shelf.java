package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The credentials for those services that act on single ones, outside of any rotation. Thread-safe. */
interface Shelf {
    /** All, in the store's order, with the tokens in use. May look at a disk. */
    List<Credential> all();

    /** All as they were read last. Never looks at a disk and never fails. */
    List<Credential> known();

    /** Those that their owner lets us use and that are not expired, in the store's order. Cheap. */
    List<Credential> usable();

    /** What an admin may see of one. */
    CredentialView view(CredentialId id);

    /**
     * Stores a credential, which is used from now on, and tells its id.
     *
     * @throws StoreFailed if it could not be stored
     */
    CredentialId add(NewCredential credential);

    /**
     * Stores other tokens or account for a credential that is there.
     *
     * @return whether it was there
     * @throws StoreFailed if it could not be stored
     */
    boolean replace(Credential credential);

    /**
     * Lets {@code exchange} trade the tokens of a credential for others, while nobody else does, and stores these before
     * they are used. The old ones may be used up by it.
     *
     * @throws StoreFailed if the new ones could not be stored; they are not lost
     */
    void exchange(CredentialId id, UnaryOperator<Credential> exchange);

    /** The use of {@code credential} for {@code model} outside of any rotation, whether it rests or not. */
    Lease lease(Credential credential, String model);

    /** Takes to heart how the use of a credential ended; tells the rest that it was sent to, if it was. */
    Optional<Rest> judge(Lease lease, Verdict verdict);

    /** The credential of this name. */
    default Credential find(CredentialId id) {
        return all().stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElseThrow(CredentialUnknown::new);
    }
}
