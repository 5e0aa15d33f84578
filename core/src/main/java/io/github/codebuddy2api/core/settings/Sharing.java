package io.github.codebuddy2api.core.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * How requests share the credentials.
 *
 * @param affinity whether a conversation stays with the credential that answered it before
 * @param perCredential how many requests may use one credential at once; 0 means any number
 * @param queue how many requests may wait until a credential is free; 0 means that none waits
 * @param patience how long each of them waits at most; a day or less
 */
public record Sharing(boolean affinity, int perCredential, int queue, Duration patience) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Conversations stay; a credential serves any number of requests, so that nobody waits. */
    public static final Sharing DEFAULT = new Sharing(true, 0, 64, Duration.ofSeconds(5));

    public Sharing {
        Objects.requireNonNull(patience, "patience");
        if (perCredential < 0) {
            throw new IllegalArgumentException("perCredential must not be negative");
        }
        if (queue < 0) {
            throw new IllegalArgumentException("queue must not be negative");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be positive");
        }
        if (patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("patience must not be longer than a day");
        }
    }
}
