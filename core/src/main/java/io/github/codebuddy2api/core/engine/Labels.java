package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.usage.UsageSummary;
import java.util.Map;

/** Names under which things are counted: only so many are told apart, because callers make some of them up. */
final class Labels {
    private Labels() {}

    /** {@code label}, or the one for the rest if {@code counted} has no room for a new one. */
    static String within(int max, Map<String, ?> counted, String label) {
        return counted.containsKey(label) || counted.size() < max ? label : UsageSummary.OTHER;
    }
}
