package io.github.codebuddy2api.core.usage;

import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chat request for which a credential was found, after its end.
 *
 * @param endedAt when it ended
 * @param model what was asked for, at most {@value #MAX_MODEL} characters of it
 * @param credential the last one tried
 * @param credentialName what its store called it then, for display
 * @param attempts how many credentials were tried
 * @param failure why it did not come to its end, as {@code GatewayException.code()}; null if it did
 * @param promptTokens tokens read; zero if unknown
 * @param completionTokens tokens written; zero if unknown
 * @param cachedTokens tokens read from a cache; zero if unknown
 * @param credit what the upstream charged, in credits; zero if unknown
 * @param timeToFirstChunk since the request came; null if there was none
 * @param duration since the request came
 */
public record UsageRecord(
        Instant endedAt,
        String model,
        CredentialId credential,
        String credentialName,
        int attempts,
        @Nullable String failure,
        long promptTokens,
        long completionTokens,
        long cachedTokens,
        double credit,
        @Nullable Duration timeToFirstChunk,
        Duration duration) {
    /** A longer name of a model is cut. */
    public static final int MAX_MODEL = 64;

    public UsageRecord {
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(credentialName, "credentialName");
        Objects.requireNonNull(duration, "duration");
        model = model.length() > MAX_MODEL ? model.substring(0, MAX_MODEL) : model;
        if (attempts < 1 || promptTokens < 0 || completionTokens < 0 || cachedTokens < 0 || !(credit >= 0)) {
            throw new IllegalArgumentException("a count must not be negative, and attempts must be at least 1");
        }
    }

    @Override
    public String toString() {
        return "UsageRecord[" + credential + ", " + (failure == null ? "answered" : failure) + "]";
    }

    /** What was spent, as far as {@code usage} tells. */
    public UsageRecord spending(@Nullable Usage usage) {
        if (usage == null) {
            return this;
        }
        return new UsageRecord(
                endedAt,
                model,
                credential,
                credentialName,
                attempts,
                failure,
                orZero(usage.promptTokens()),
                orZero(usage.completionTokens()),
                orZero(usage.cachedTokens()),
                usage.credit() == null ? 0 : usage.credit().doubleValue(),
                timeToFirstChunk,
                duration);
    }

    /** Why it did not come to its end; empty if it did. */
    public Optional<String> failureCode() {
        return Optional.ofNullable(failure);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : Math.max(0, count);
    }
}
