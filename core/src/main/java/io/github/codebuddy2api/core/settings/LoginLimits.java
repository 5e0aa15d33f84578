package io.github.codebuddy2api.core.settings;

import java.time.Duration;

/**
 * How many logins may be under way, and for how long.
 *
 * @param maxPending at once, at least 1
 * @param lifetime after which a login ends by itself
 */
public record LoginLimits(int maxPending, Duration lifetime) {
    /** Ten, for ten minutes. */
    public static final LoginLimits DEFAULT = new LoginLimits(10, Duration.ofMinutes(10));

    public LoginLimits {
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending must be at least 1");
        }
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("lifetime must be positive");
        }
    }
}
