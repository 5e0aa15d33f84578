package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why and until when a credential is left alone.
 *
 * @param until when it ends by itself; null if only another token ends it
 * @param forModelAlone whether it is for the requested model alone
 * @param cause what it was sent to rest for
 * @param code the failure that caused it
 * @param token the token that failed: a newer one is not to blame
 */
record Rest(@Nullable Instant until, boolean forModelAlone, Cause cause, String code, Secret token) {
    /** What a credential is sent to rest for. */
    enum Cause {
        /** Too many requests. */
        LIMIT,
        /** No credits. */
        QUOTA,
        /** Not accepted, which may pass, or which new tokens may cure. */
        REJECTED,
        /** Not accepted until somebody logs in. */
        REVOKED,
        /** The account does not have the model. */
        MODEL,
        /** Trouble that may be the upstream's. */
        TROUBLE
    }

    /** Whether it may still be used when nothing better is there. */
    boolean soft() {
        return cause == Cause.TROUBLE;
    }

    /** An end further away than any rest can last means that the clock was set back. */
    boolean isOver(Instant now) {
        return until != null && (!now.isBefore(until) || until.isAfter(now.plus(RestPolicy.LONGEST_LIMIT)));
    }

    /** Whether it forbids more than {@code other}, or the same for longer. */
    boolean isHarderThan(Rest other) {
        if (soft() != other.soft()) {
            return other.soft();
        }
        return other.until != null && (until == null || until.isAfter(other.until));
    }
}
