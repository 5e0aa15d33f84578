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

    boolean isOn() {
        return on;
    }

    void turn(boolean on) {
        this.on = on;
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
        int position = positionOf(current, valid);
        boolean rotating = on && count > 0;
        if (position < 0) {
            position = 0;
            move(valid.get(0));
        } else if (rotating && used >= count) {
            position = (position + 1) % valid.size();
            move(valid.get(position));
        }
        Credential picked = firstReady(valid, position, ready);
        if (picked != null && rotating) {
            if (!picked.id().equals(current)) {
                move(picked);
            }
            used++;
        }
        return picked;
    }

    private void move(Credential to) {
        current = to.id();
        used = 0;
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
