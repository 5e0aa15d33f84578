package io.github.codebuddy2api.core.settings;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway does for the credentials on its own.
 *
 * @param refreshBefore how long before its end an access token is refreshed; short-lived ones are refreshed when a
 *     tenth of their life is left, if that is later
 * @param checkInAt when the daily check-in of personal accounts is claimed, in the system's time zone; null leaves it to
 *     the owner
 */
public record Upkeep(Duration refreshBefore, @Nullable LocalTime checkInAt) {
    /** A day before the end; no check-in. */
    public static final Upkeep DEFAULT = new Upkeep(Duration.ofDays(1), null);

    public Upkeep {
        Objects.requireNonNull(refreshBefore, "refreshBefore");
        if (refreshBefore.isNegative()) {
            throw new IllegalArgumentException("refreshBefore must not be negative");
        }
    }

    /** When the daily check-in is claimed, if it is. */
    public Optional<LocalTime> checkInTime() {
        return Optional.ofNullable(checkInAt);
    }
}
