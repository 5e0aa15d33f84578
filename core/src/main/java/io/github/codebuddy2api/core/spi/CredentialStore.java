package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.credential.Credential;
import java.util.List;

/** Where credentials rest; it knows nothing of rotation. Thread-safe. */
public interface CredentialStore {
    /**
     * The usable credentials in a stable order, without duplicate ids. Asked for every request, so it must be cheap: as
     * long as nothing changed it returns the very same list, and the caller may compare by identity. It may look at a disk
     * now and then: it is called without a lock that others wait for, by one thread at a time.
     */
    List<Credential> all();
}
