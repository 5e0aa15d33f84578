package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.PasswordHash;
import java.security.MessageDigest;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens against a slow hash, one at a time, and remembers the tag of the right one: the slow way is taken once for
 * it, and a guesser cannot keep more than one processor busy. Thread-safe.
 */
final class SlowCheck {
    private final ReentrantLock slowWay = new ReentrantLock();
    private volatile @Nullable Known known;

    /** A token that was right for a hash. */
    private static final class Known {
        private final PasswordHash hash;
        private final byte[] tag;

        Known(PasswordHash hash, byte[] tag) {
            this.hash = hash;
            this.tag = tag;
        }

        boolean is(PasswordHash otherHash, byte[] otherTag) {
            return hash.equals(otherHash) && MessageDigest.isEqual(tag, otherTag);
        }
    }

    /**
     * Whether {@code token} is the one.
     *
     * @param tag of the token
     * @param guess in which it is tried, maybe by several callers at once
     */
    boolean matches(PasswordHash hash, String token, byte[] tag, GuessThrottle.Guess guess) {
        if (isKnown(hash, tag)) {
            return true;
        }
        slowWay.lock();
        try {
            if (isKnown(hash, tag)) {
                return true;
            }
            if (guess.isWrong()) {
                return false;
            }
            boolean matches = hash.matches(token.toCharArray());
            if (matches) {
                known = new Known(hash, tag);
            } else {
                guess.setWrong();
            }
            return matches;
        } finally {
            slowWay.unlock();
        }
    }

    private boolean isKnown(PasswordHash hash, byte[] tag) {
        Known last = known;
        return last != null && last.is(hash, tag);
    }
}
