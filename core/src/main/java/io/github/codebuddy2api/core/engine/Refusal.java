package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.credential.RestCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why no credential can be used, in the words of what would help soonest. Pure. */
final class Refusal {
    /** How soon a request that another one finds the way for may come back. */
    static final Duration PROBED = Duration.ofSeconds(1);

    /** Whom a request could have gone to, for the wording. */
    enum Candidates {
        ALL,
        ONLY,
        PINNED
    }

    private Refusal() {}

    /** The answer while another request finds out about one of them: nothing of it is final. */
    static GatewayException whileProbed(List<Rest> rests, Candidates candidates) {
        return rests.stream().anyMatch(rest -> rest.cause() == RestCause.LIMIT)
                ? new RateLimited(LimitScope.CREDENTIAL, PROBED, limited(candidates))
                : NoCredential.beingTried(PROBED);
    }

    /** The answer when each of some credentials rests; {@code rests} may be fewer than there are credentials. */
    static GatewayException of(List<Rest> rests, Candidates candidates, Instant now) {
        Optional<Instant> free = rests.stream()
                .filter(rest -> rest.cause() == RestCause.LIMIT)
                .flatMap(rest -> Optional.ofNullable(rest.until()).stream())
                .min(Instant::compareTo);
        if (free.isPresent()) {
            Duration wait = Duration.between(now, free.get());
            return new RateLimited(
                    LimitScope.CREDENTIAL, wait.compareTo(PROBED) < 0 ? PROBED : wait, limited(candidates));
        }
        if (rests.stream().anyMatch(rest -> rest.cause() == RestCause.QUOTA)) {
            return new QuotaExhausted(usedUp(candidates));
        }
        if (rests.stream().anyMatch(rest -> rest.cause() == RestCause.MODEL)) {
            return new ModelNotFound(withoutModel(candidates));
        }
        return NoCredential.noneUsable();
    }

    private static String limited(Candidates candidates) {
        return switch (candidates) {
            case ALL -> "Every CodeBuddy account is rate-limited for now.";
            case ONLY -> "The CodeBuddy account is rate-limited for now.";
            case PINNED -> "The CodeBuddy account to which all requests are sent is rate-limited for now.";
        };
    }

    private static String usedUp(Candidates candidates) {
        return switch (candidates) {
            case ALL -> "The credits of every CodeBuddy account are used up.";
            case ONLY -> "The credits of the CodeBuddy account are used up.";
            case PINNED -> "The credits of the CodeBuddy account to which all requests are sent are used up.";
        };
    }

    private static String withoutModel(Candidates candidates) {
        return switch (candidates) {
            case ALL -> "No stored CodeBuddy account offers this model.";
            case ONLY -> "The stored CodeBuddy account does not offer this model.";
            case PINNED -> "The CodeBuddy account to which all requests are sent does not offer this model.";
        };
    }
}
