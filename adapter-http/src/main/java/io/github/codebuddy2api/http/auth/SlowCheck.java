package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.PasswordHash;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens against a slow hash, one at a time and not too often, and remembers the right one under a key that
 * lives only in memory: the slow way is taken once, and a guesser cannot keep the processors busy. Thread-safe.
 */
final class SlowCheck {
    private static final int CHECKS_PER_WINDOW = 60;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Time time;
    private final ReentrantLock slowWay = new ReentrantLock();
    private volatile @Nullable Known known;
    // Guarded by the lock.
    private long windowStart;
    private int checks;

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

    SlowCheck(RandomGenerator random, Time time) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, MAC);
        this.time = time;
        this.windowStart = time.nanoTime();
    }

    boolean matches(PasswordHash hash, String token) {
        byte[] tag = tag(token);
        return isKnown(hash, tag) || matchesSlowly(hash, token, tag);
    }

    private boolean isKnown(PasswordHash hash, byte[] tag) {
        Known last = known;
        return last != null && last.is(hash, tag);
    }

    private boolean matchesSlowly(PasswordHash hash, String token, byte[] tag) {
        slowWay.lock();
        try {
            if (isKnown(hash, tag)) {
                return true;
            }
            countOrRefuse();
            boolean matches = hash.matches(token.toCharArray());
            if (matches) {
                known = new Known(hash, tag);
            }
            return matches;
        } finally {
            slowWay.unlock();
        }
    }

    private void countOrRefuse() {
        long now = time.nanoTime();
        long elapsed = now - windowStart;
        if (elapsed >= WINDOW.toNanos()) {
            windowStart = now;
            elapsed = 0;
            checks = 0;
        }
        checks++;
        if (checks > CHECKS_PER_WINDOW) {
            throw new HttpFailure(
                    OpenAiError.of(429, OpenAiError.RATE_LIMIT, "too_many_attempts", "Too many passwords were tried.")
                            .with(Advice.retryAfter(WINDOW.minusNanos(elapsed))));
        }
    }

    private byte[] tag(String token) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }
}
