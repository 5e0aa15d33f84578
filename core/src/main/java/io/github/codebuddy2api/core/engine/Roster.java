package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is stored, and in place of it the new tokens that could not be stored yet. It asks the store, one thread at a
 * time, so that a list from before a change never follows the one from after it. Thread-safe.
 */
final class Roster {
    private final CredentialStore store;
    private final Consumer<List<Credential>> taker;
    /** Held while the store looks at a disk; requests never wait for it but once. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile boolean everAsked;
    // Both guarded by asking.
    private List<Credential> stored = List.of();
    private Map<CredentialId, Unstored> unstored = Map.of();

    /** New tokens in memory, and the stored credential in whose place they stand: another one there ends that. */
    private record Unstored(Credential before, Credential fresh) {
        boolean standsFor(Credential stored) {
            return stored.accessToken().equals(before.accessToken());
        }
    }

    /**
     * @param taker hears of every change, one at a time; until the first one there is nothing
     */
    Roster(CredentialStore store, Consumer<List<Credential>> taker) {
        this.store = store;
        this.taker = taker;
    }

    /** For a request: while another thread asks the store, which may mean looking at a disk, what is known must do. */
    void adoptUnlessBusy() {
        if (!everAsked) {
            adopt();
        } else if (asking.tryLock()) {
            try {
                adoptAndUnlock(store::all);
            } catch (StoreFailed ignored) {
                // What is known must do.
            }
        }
    }

    /** Takes over what is stored now. */
    void adopt() {
        asking.lock();
        adoptAndUnlock(store::all);
    }

    /** The same, other programs' last changes included. */
    void adoptNow() {
        asking.lock();
        adoptAndUnlock(store::allNow);
    }

    @SuppressWarnings("ReferenceEquality") // The store's port: as long as nothing changed it is the very same list.
    private void adoptAndUnlock(Supplier<List<Credential>> question) {
        try {
            List<Credential> all = question.get();
            if (all != stored || !everAsked) {
                take(all);
            }
        } finally {
            asking.unlock();
        }
    }

    /** Uses {@code fresh} in the place of {@code before}, for as long as that is what is stored. */
    void useUnstored(Credential before, Credential fresh) {
        asking.lock();
        try {
            Map<CredentialId, Unstored> more = new HashMap<>(unstored);
            Unstored earlier = more.get(fresh.id());
            more.put(fresh.id(), new Unstored(earlier == null ? before : earlier.before(), fresh));
            unstored = Map.copyOf(more);
            take(stored);
        } finally {
            asking.unlock();
        }
    }

    /** The owner has deleted {@code id}; whether there were new tokens of it that were not stored. */
    boolean dropUnstored(CredentialId id) {
        asking.lock();
        try {
            Map<CredentialId, Unstored> fewer = new HashMap<>(unstored);
            boolean dropped = fewer.remove(id) != null;
            unstored = Map.copyOf(fewer);
            if (dropped) {
                take(stored);
            }
            return dropped;
        } finally {
            asking.unlock();
        }
    }

    /** The new tokens of {@code id} that are not stored yet, if there are such. */
    Optional<Credential> unstored(CredentialId id) {
        asking.lock();
        try {
            return Optional.ofNullable(unstored.get(id)).map(Unstored::fresh);
        } finally {
            asking.unlock();
        }
    }

    private void take(List<Credential> all) {
        stored = all;
        taker.accept(unstored.isEmpty() ? all : withUnstored(all));
        everAsked = true; // Not before, or a request that finds us busy would go on with nothing.
    }

    private List<Credential> withUnstored(List<Credential> all) {
        Map<CredentialId, Unstored> missing = new HashMap<>(unstored);
        Map<CredentialId, Unstored> stillUnstored = new HashMap<>();
        List<Credential> used = new ArrayList<>();
        for (Credential credential : all) {
            Unstored instead = missing.remove(credential.id());
            if (instead != null && instead.standsFor(credential)) {
                stillUnstored.put(credential.id(), instead);
                used.add(instead.fresh().labelled(credential.label()));
            } else {
                used.add(credential);
            }
        }
        missing.values().forEach(instead -> used.add(instead.fresh())); // The folder may be gone for a moment only.
        stillUnstored.putAll(missing);
        unstored = Map.copyOf(stillUnstored);
        return List.copyOf(used);
    }
}
