package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.usage.UsageSummary;

/** What was asked and spent. Thread-safe; quick. */
@FunctionalInterface
public interface UsageReport {
    /** Everything that is kept, up to now. */
    UsageSummary summary();
}
