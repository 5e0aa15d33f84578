package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of JSON members that keep their order, because what we only carry must arrive as it came. */
final class Members {
    private Members() {}

    static Map<String, RawJson> copyOf(Map<String, RawJson> members) {
        return members.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
}
