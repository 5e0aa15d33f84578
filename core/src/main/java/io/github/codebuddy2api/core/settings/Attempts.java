package io.github.codebuddy2api.core.settings;

import java.time.Duration;

/**
 * How often a request is tried before its first chunk.
 *
 * @param max how many credentials one request may try, at least 1
 * @param openDeadline after this long no further attempt is started for a request
 * @param retryAmbiguous whether a request whose connection broke before an answer is sent once more, although the
 *     upstream may have got it and may bill it twice
 */
public record Attempts(int max, Duration openDeadline, boolean retryAmbiguous) {
    /** Up to three within five minutes, a broken connection included. */
    public static final Attempts DEFAULT = new Attempts(3, Duration.ofMinutes(5), true);

    public Attempts {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1");
        }
        if (openDeadline.isNegative() || openDeadline.isZero()) {
            throw new IllegalArgumentException("openDeadline must be positive");
        }
    }
}
