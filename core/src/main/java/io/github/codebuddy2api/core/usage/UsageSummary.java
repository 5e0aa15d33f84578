package io.github.codebuddy2api.core.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked and spent in a span of time.
 *
 * @param since where the span begins
 * @param total all of it
 * @param byModel per model; names beyond the {@value #MAX_LABELS}th are counted under {@value #OTHER}
 * @param byCredential per credential, under its name; bounded in the same way
 * @param hours one entry per hour in which something happened, oldest first, for the last day at most
 */
public record UsageSummary(
        Instant since, Counts total, Map<String, Counts> byModel, Map<String, Counts> byCredential, List<Hour> hours) {
    /** A caller can ask for as many models as he likes, so no more than these are told apart. */
    public static final int MAX_LABELS = 200;

    /** Under which the rest is counted. */
    public static final String OTHER = "other";

    public UsageSummary {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(total, "total");
        byModel = Map.copyOf(byModel);
        byCredential = Map.copyOf(byCredential);
        hours = List.copyOf(hours);
    }

    @Override
    public String toString() {
        return "UsageSummary[since=" + since + ", requests=" + total.requests() + "]";
    }

    /**
     * One hour.
     *
     * @param start its beginning
     * @param counts what happened in it
     */
    public record Hour(Instant start, Counts counts) {
        public Hour {
            Objects.requireNonNull(start, "start");
            Objects.requireNonNull(counts, "counts");
        }
    }

    /**
     * Sums over some requests.
     *
     * @param requests how many
     * @param failures how many of them failed, by {@code GatewayException.code()}
     * @param promptTokens tokens read
     * @param completionTokens tokens written
     * @param cachedTokens tokens read from a cache
     * @param credit credits charged
     * @param meanTimeToFirstChunk over those that had a first chunk; null if none had
     */
    public record Counts(
            long requests,
            Map<String, Long> failures,
            long promptTokens,
            long completionTokens,
            long cachedTokens,
            double credit,
            @Nullable Duration meanTimeToFirstChunk) {
        /** Nothing happened. */
        public static final Counts NONE = new Counts(0, Map.of(), 0, 0, 0, 0, null);

        public Counts {
            failures = Map.copyOf(failures);
        }

        /** How long a caller waited for the first chunk on average, if there was any. */
        public Optional<Duration> timeToFirstChunk() {
            return Optional.ofNullable(meanTimeToFirstChunk);
        }
    }
}
