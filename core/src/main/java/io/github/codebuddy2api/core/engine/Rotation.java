package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Picks the next credential: {@code rotationCount} requests in a row for one, then the next, around and around. Not
 * thread-safe: the pool guards it.
 */
final class Rotation {
    private @Nullable CredentialId current;
    private int used;
    private boolean on = true;

    /**
     * A choice that was not made yet.
     *
     * @param credential the one to use; null if none is ready
     * @param current the credential whose turn it is then
     * @param used how many requests that one has had, this one not counted
     */
    record Choice(@Nullable Credential credential, CredentialId current, int used) {}

    boolean isOn() {
        return on;
    }

    void turn(boolean on) {
        this.on = on;
    }

    /** The credential whose turn it is; null if none has had a turn yet. */
    @Nullable CredentialId current() {
        return current;
    }

    /** It is the turn of {@code id}, from its first request on. */
    void moveTo(@Nullable CredentialId id) {
        current = id;
        used = 0;
    }

    /**
     * The next one of {@code valid} that is {@code ready}.
     *
     * @param valid the credentials that are not expired, in the store's order; not empty
     * @param ready which of them can serve this very request
     * @param count requests in a row per credential; 0 means stay
     * @return null if none is ready
     */
    @Nullable Credential next(List<Credential> valid, Predicate<Credential> ready, int count) {
        Choice choice = peek(valid, ready, count);
        current = choice.current();
        used = choice.used();
        if (choice.credential() != null && isRotating(count)) {
            used++;
        }
        return choice.credential();
    }

    /** What {@link #next} would choose; nothing moves. */
    Choice peek(List<Credential> valid, Predicate<Credential> ready, int count) {
        int position = positionOf(current, valid);
        int had = used;
        if (position < 0) {
            position = 0;
            had = 0;
        } else if (isRotating(count) && used >= count) {
            position = (position + 1) % valid.size();
            had = 0;
        }
        CredentialId turn = valid.get(position).id();
        Credential picked = firstReady(valid, position, ready);
        if (picked == null || picked.id().equals(turn) || !isRotating(count)) {
            return new Choice(picked, turn, had);
        }
        return new Choice(picked, picked.id(), 0);
    }

    private boolean isRotating(int count) {
        return on && count > 0;
    }

    private static int positionOf(@Nullable CredentialId id, List<Credential> credentials) {
        for (int i = 0; i < credentials.size(); i++) {
            if (credentials.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Credential firstReady(List<Credential> valid, int from, Predicate<Credential> ready) {
        for (int i = 0; i < valid.size(); i++) {
            Credential candidate = valid.get((from + i) % valid.size());
            if (ready.test(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
