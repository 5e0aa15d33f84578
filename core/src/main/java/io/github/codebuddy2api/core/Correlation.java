package io.github.codebuddy2api.core;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The ids by which a caller ties its calls together. The request id is ours; the rest are headers the caller chose,
 * which the upstream gets unchanged (protocol sheet, 4.2).
 *
 * @param requestId the id of this request, always known
 * @param headers the caller's correlation headers by name, looked up without regard to case; never credentials
 */
public record Correlation(RequestId requestId, Map<String, String> headers) {
    public Correlation {
        Objects.requireNonNull(requestId, "requestId");
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** A request that belongs to nothing the caller named. */
    public static Correlation of(RequestId requestId) {
        return new Correlation(requestId, Map.of());
    }

    @Override
    public String toString() {
        return "Correlation[" + requestId + ", " + headers.size() + " headers]";
    }
}
