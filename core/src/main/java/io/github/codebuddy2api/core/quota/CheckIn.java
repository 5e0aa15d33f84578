package io.github.codebuddy2api.core.quota;

import java.math.BigDecimal;
import java.util.Objects;

/** The daily check-in of a personal account (protocol sheet, 8.4). */
public sealed interface CheckIn {
    /**
     * It can be claimed today.
     *
     * @param credit what it gives
     * @param streakDays how many days in a row it was claimed before
     */
    record Open(BigDecimal credit, int streakDays) implements CheckIn {
        public Open {
            Objects.requireNonNull(credit, "credit");
        }
    }

    /**
     * It was claimed just now.
     *
     * @param credit what it gave
     * @param streakDays how many days in a row, this one included
     */
    record Claimed(BigDecimal credit, int streakDays) implements CheckIn {
        public Claimed {
            Objects.requireNonNull(credit, "credit");
        }
    }

    /** It was claimed today already. */
    record AlreadyClaimed() implements CheckIn {}

    /** There is no check-in to be had: the activity is not running, or the account is an enterprise's. */
    record NotOffered() implements CheckIn {}
}
