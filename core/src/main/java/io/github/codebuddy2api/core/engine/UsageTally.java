package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.core.usage.UsageSummary.Counts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Running sums over some requests. Not thread-safe: the usage service guards it. */
final class UsageTally {
    /** Codes are ours and few, but stored records may hold others. */
    static final int MAX_CODES = 100;

    private final Map<String, Long> failures = new HashMap<>();
    private long requests;
    private long promptTokens;
    private long completionTokens;
    private long cachedTokens;
    private double credit;
    private long firstChunks;
    private double secondsToFirstChunk;

    void add(UsageRecord usage) {
        requests++;
        promptTokens += usage.promptTokens();
        completionTokens += usage.completionTokens();
        cachedTokens += usage.cachedTokens();
        credit += usage.credit();
        usage.failureCode().ifPresent(code -> failures.merge(Labels.within(MAX_CODES, failures, code), 1L, Long::sum));
        Duration first = usage.timeToFirstChunk();
        if (first != null) {
            firstChunks++;
            secondsToFirstChunk += first.toSeconds() + first.toNanosPart() / 1e9;
        }
    }

    Counts counts() {
        return new Counts(requests, failures, promptTokens, completionTokens, cachedTokens, credit, meanToFirstChunk());
    }

    private @Nullable Duration meanToFirstChunk() {
        return firstChunks == 0 ? null : Duration.ofNanos((long) (secondsToFirstChunk / firstChunks * 1e9));
    }
}
