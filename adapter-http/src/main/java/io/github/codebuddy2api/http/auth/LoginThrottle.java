package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the wrong passwords of each address and of all together, in one minute after another. An address is only
 * remembered for what was counted, so there are never more of them than may be counted. Thread-safe.
 */
final class LoginThrottle {
    static final int MOST_OF_ONE = 10;
    static final int MOST_OF_ALL = 60;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;
    private long start;

    LoginThrottle(Time time) {
        this.time = time;
        this.start = time.nanoTime();
    }

    /**
     * Counts one try before it is judged, so that no more can be under way than are allowed.
     *
     * @return how many more there can be if this one is wrong
     * @throws HttpFailure if it is one too many
     */
    int count(String address) {
        lock.lock();
        try {
            long now = time.nanoTime();
            if (now - start >= WINDOW.toNanos()) {
                start = now;
                all = 0;
                byAddress.clear();
            }
            int soFar = byAddress.getOrDefault(address, 0);
            if (soFar >= MOST_OF_ONE || all >= MOST_OF_ALL) {
                throw tooMany(WINDOW.minusNanos(now - start));
            }
            byAddress.put(address, soFar + 1);
            all++;
            return Math.min(MOST_OF_ONE - soFar - 1, MOST_OF_ALL - all);
        } finally {
            lock.unlock();
        }
    }

    /** The try was right, and who knows the password guesses nothing. */
    void takeBack(String address) {
        lock.lock();
        try {
            Integer soFar = byAddress.get(address);
            if (soFar != null) {
                all--;
                if (soFar > 1) {
                    byAddress.put(address, soFar - 1);
                } else {
                    byAddress.remove(address);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static HttpFailure tooMany(Duration wait) {
        return new HttpFailure(
                OpenAiError.of(429, OpenAiError.RATE_LIMIT, "too_many_attempts", "Too many passwords were tried.")
                        .with(Advice.retryAfter(wait)));
    }
}
