package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.credential.StoredRest.Term;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why and until when a credential is left alone. Where nobody said for how long, its end is only a guess: from then on it
 * is open, and one request at a time finds out whether it is over.
 *
 * @param term when it is
 * @param forModelAlone whether it is for the requested model alone
 * @param cause what it was sent to rest for
 * @param code the failure that caused it
 * @param token the fingerprint of the token that failed: a newer one is not to blame
 */
record Rest(Term term, boolean forModelAlone, RestCause cause, String code, String token) {
    private static final Duration LONGEST = RestPolicy.LONGEST_LIMIT.plusMinutes(1);

    static Rest of(StoredRest stored) {
        return new Rest(stored.term(), stored.model() != null, stored.cause(), stored.code(), stored.token());
    }

    StoredRest stored(CredentialId credential, @Nullable String model) {
        return new StoredRest(credential, model, cause, code, term, token);
    }

    /** Its end or, if nobody knows that, when it is time to find out; null if only another token ends it. */
    @Nullable Instant until() {
        return term.until();
    }

    /** Whether it may still be used when nothing better is there. */
    boolean soft() {
        return cause == RestCause.TROUBLE;
    }

    /** An end further away than any rest can last, by more than requests side by side differ, means a clock set back. */
    boolean isOver(Instant now) {
        Instant until = term.until();
        return until != null && (term.firm() && !now.isBefore(until) || until.isAfter(now.plus(LONGEST)));
    }

    /** Whether it is time to find out if it is over. */
    boolean isOpen(Instant now) {
        Instant until = term.until();
        return until != null && !term.firm() && !now.isBefore(until);
    }

    /** Whether it may be found out already, because no other credential could serve a request. */
    boolean isOpenToTheNeedy(Instant now) {
        Instant until = term.until();
        if (until == null || term.firm()) {
            return false;
        }
        Duration part = Duration.between(term.since(), until).dividedBy(RestPolicy.EARLY_PARTS);
        Duration wait = part.compareTo(RestPolicy.EARLIEST) < 0 ? RestPolicy.EARLIEST : part;
        return !now.isBefore(term.since().plus(wait)) || !now.isBefore(until);
    }

    /** Whether it forbids more than {@code other}, or the same for longer. */
    boolean isHarderThan(Rest other) {
        if (soft() != other.soft()) {
            return other.soft();
        }
        Instant until = term.until();
        Instant otherEnd = other.until();
        return otherEnd != null && (until == null || until.isAfter(otherEnd));
    }

    /** The same, looked at {@code now} without finding out anything. */
    Rest lookedAt(Instant now) {
        return with(new Term(now, term.until(), term.firm(), term.times()));
    }

    /** The same, open from {@code moment} on. */
    Rest openAt(Instant moment) {
        return with(new Term(term.since(), moment, false, term.times()));
    }

    Rest with(Term other) {
        return new Rest(other, forModelAlone, cause, code, token);
    }
}
