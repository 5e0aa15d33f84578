package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which failure sends a credential to rest, for how long and for what. Where the upstream says how long, that counts;
 * where it does not, a first guess stands here, which doubles each time it turns out to have been too short. Pure. The
 * figures follow protocol sheet 5.2, 11; docs/decisions/0016 has the reasons.
 */
final class RestPolicy {
    /** When the upstream limits without saying for how long. */
    static final Duration UNKNOWN_LIMIT = Duration.ofMinutes(1);
    /** The same for one model. */
    static final Duration UNKNOWN_MODEL_LIMIT = Duration.ofMinutes(10);
    /** No limit is believed for longer than this, and no rest whose end can come is longer. */
    static final Duration LONGEST_LIMIT = Duration.ofDays(1);
    /** Credits come back with a new cycle or a purchase; asking once an hour finds out. */
    static final Duration QUOTA = Duration.ofHours(1);
    /** A refusal that may pass. */
    static final Duration REJECTED = Duration.ofMinutes(5);
    /** A model that an account does not have. */
    static final Duration MODEL_NOT_FOUND = Duration.ofHours(6);
    /** After trouble that may be the upstream's: others first, for a moment. */
    static final Duration SOFT = Duration.ofSeconds(10);

    /** When nothing else can serve, a guessed rest may be looked at after one part of so many. */
    static final int EARLY_PARTS = 10;
    /** But not before this long, nor again within it. */
    static final Duration EARLIEST = Duration.ofSeconds(30);
    /** A request that was to find out and has not for so long does not keep others from it. */
    static final Duration PROBE_PATIENCE = Duration.ofMinutes(10);

    private static final Duration LONGEST_UNKNOWN_LIMIT = Duration.ofMinutes(30);
    private static final Duration LONGEST_QUOTA = Duration.ofHours(6);
    private static final Duration LONGEST_REJECTED = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;

    private RestPolicy() {}

    static Optional<Rest> after(GatewayException failure, Secret token, Instant now) {
        return switch (failure) {
            case RateLimited limited -> limited(limited, token, now);
            case QuotaExhausted quota ->
                quota.retryAfter()
                        .map(wait -> rest(firm(now, wait), RestCause.QUOTA, quota, token))
                        .orElseGet(() -> rest(guess(now, QUOTA), RestCause.QUOTA, quota, token));
            case CredentialRejected rejected ->
                rejected.needsLogin()
                        ? rest(new Term(now, null, true, 1), RestCause.REVOKED, rejected, token)
                        : rest(guess(now, REJECTED), RestCause.REJECTED, rejected, token);
            case ModelNotFound notFound -> rest(guess(now, MODEL_NOT_FOUND), RestCause.MODEL, notFound, token);
            case UpstreamTimeout timeout ->
                timeout.deadline() == UpstreamTimeout.Deadline.TOTAL ? Optional.empty() : soft(now, timeout, token);
            case UpstreamUnavailable trouble ->
                trouble.reason() == UpstreamUnavailable.Reason.ERROR
                                || trouble.reason() == UpstreamUnavailable.Reason.OVERLOADED
                        ? soft(now, trouble, token)
                        : Optional.empty();
            case GatewayException.InvalidRequest e -> Optional.empty();
            case GatewayException.RequestRefused e -> Optional.empty();
            case GatewayException.NoCredential e -> Optional.empty();
            case GatewayException.UpstreamGarbled e -> Optional.empty();
            case GatewayException.UpstreamIncomplete e -> Optional.empty();
            case GatewayException.Cancelled e -> Optional.empty();
            case GatewayException.ShuttingDown e -> Optional.empty();
            case GatewayException.CredentialUnknown e -> Optional.empty();
            case GatewayException.Overloaded e -> Optional.empty();
            case GatewayException.TooManyLogins e -> Optional.empty();
            case GatewayException.StoreFailed e -> Optional.empty();
        };
    }

    private static Optional<Rest> limited(RateLimited limited, Secret token, Instant now) {
        Duration unknown = limited.scope() == LimitScope.MODEL ? UNKNOWN_MODEL_LIMIT : UNKNOWN_LIMIT;
        Term term = limited.retryAfter().map(wait -> firm(now, wait)).orElseGet(() -> guess(now, unknown));
        return rest(term, RestCause.LIMIT, limited, token);
    }

    private static Term firm(Instant now, Duration wait) {
        return new Term(now, now.plus(atMost(LONGEST_LIMIT, wait)), true, 1);
    }

    private static Term guess(Instant now, Duration wait) {
        return new Term(now, now.plus(wait), false, 1);
    }

    private static Optional<Rest> rest(Term term, RestCause cause, GatewayException failure, Secret token) {
        return Optional.of(new Rest(term, isForModelAlone(failure), cause, failure.code(), token.fingerprint()));
    }

    private static Optional<Rest> soft(Instant now, GatewayException failure, Secret token) {
        return rest(firm(now, SOFT), RestCause.TROUBLE, failure, token);
    }

    /**
     * A guessed rest, given how often in a row it has been guessed and when the account's next credits come, if that is
     * known.
     */
    static Rest guessedAgain(Rest first, int times, @Nullable Instant creditsAt) {
        Term term = first.term();
        Instant until = term.until();
        if (term.firm() || until == null) {
            return first;
        }
        Duration once = Duration.between(term.since(), until);
        Duration length = atMost(longest(first), once.multipliedBy(1L << Math.min(times - 1, MAX_DOUBLINGS)));
        Instant end = term.since().plus(length);
        if (first.cause() == RestCause.QUOTA && creditsAt != null && creditsAt.isAfter(term.since())) {
            end = creditsAt.isBefore(end) ? creditsAt : end;
        }
        return first.with(new Term(term.since(), end, false, times));
    }

    private static Duration longest(Rest rest) {
        return switch (rest.cause()) {
            case LIMIT -> LONGEST_UNKNOWN_LIMIT;
            case QUOTA -> LONGEST_QUOTA;
            case REJECTED -> LONGEST_REJECTED;
            case MODEL, REVOKED, TROUBLE -> LONGEST_LIMIT;
        };
    }

    private static Duration atMost(Duration longest, Duration wait) {
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private static boolean isForModelAlone(GatewayException failure) {
        return failure instanceof ModelNotFound
                || failure instanceof RateLimited limited && limited.scope() == LimitScope.MODEL;
    }
}
