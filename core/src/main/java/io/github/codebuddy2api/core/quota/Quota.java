package io.github.codebuddy2api.core.quota;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an account has and has used, in the upstream's credits (protocol sheet, 8.1 and 8.2).
 *
 * @param total granted for the current cycle; zero if nothing was granted
 * @param used spent in it
 * @param remaining left in it, never negative
 * @param resetsAt when the cycle that ends first ends; absent if the upstream names no real time
 * @param grants what the total is made of; empty for an enterprise
 */
public record Quota(
        BigDecimal total,
        BigDecimal used,
        BigDecimal remaining,
        @Nullable Instant resetsAt,
        List<Grant> grants) {
    public Quota {
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(used, "used");
        Objects.requireNonNull(remaining, "remaining");
        grants = List.copyOf(grants);
    }

    /**
     * One grant.
     *
     * @param name as the upstream calls it
     * @param total granted for its cycle
     * @param remaining left of it
     * @param endsAt when its cycle ends, if that is a real time
     */
    public record Grant(
            String name,
            BigDecimal total,
            BigDecimal remaining,
            @Nullable Instant endsAt) {
        public Grant {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(total, "total");
            Objects.requireNonNull(remaining, "remaining");
        }

        @Override
        public String toString() {
            return "Grant[" + remaining + " of " + total + "]";
        }
    }
}
