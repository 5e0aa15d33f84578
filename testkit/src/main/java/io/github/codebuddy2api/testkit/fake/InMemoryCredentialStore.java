package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps credentials in memory, in the order given. Thread-safe. */
public final class InMemoryCredentialStore implements CredentialStore {
    private final AtomicReference<List<Credential>> all;

    private InMemoryCredentialStore(List<Credential> all) {
        this.all = new AtomicReference<>(all);
    }

    /** A store that holds {@code credentials}. */
    public static InMemoryCredentialStore of(Credential... credentials) {
        return new InMemoryCredentialStore(checked(List.of(credentials)));
    }

    @Override
    public List<Credential> all() {
        return all.get();
    }

    /** From now on it holds these and no others. */
    public void replace(Credential... credentials) {
        all.set(checked(List.of(credentials)));
    }

    private static List<Credential> checked(List<Credential> credentials) {
        if (credentials.stream().map(Credential::id).distinct().count() < credentials.size()) {
            throw new IllegalArgumentException("two credentials have the same id");
        }
        return credentials;
    }
}
