package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import java.util.List;

/** The owner's view of the credentials and of the rule that picks the next one. Thread-safe. */
public interface Credentials {
    /** All stored credentials in the store's order. */
    List<CredentialView> list();

    /**
     * Sends all requests to one credential for as long as it is not expired.
     *
     * @return whether it is stored; if not, nothing changes
     */
    boolean pin(CredentialId id);

    /** Takes the pin away. */
    void unpin();

    /** Switches rotation on or off; off means staying on the current credential. */
    void rotate(boolean on);

    /** Whether rotation is on. */
    boolean rotates();
}
