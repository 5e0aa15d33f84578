package io.github.codebuddy2api.core;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids by which a caller ties its calls together. The request id is ours; the rest are headers the caller chose,
 * which the upstream gets unchanged (protocol sheet, 4.2).
 *
 * @param requestId the id of this request, always known
 * @param headers the caller's correlation headers by name, looked up without regard to case; never credentials
 * @param conversation what the caller calls the conversation that this request belongs to; null if he calls it nothing.
 *     It stays in the gateway
 */
public record Correlation(
        RequestId requestId,
        Map<String, String> headers,
        @Nullable String conversation) {
    public Correlation {
        Objects.requireNonNull(requestId, "requestId");
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** A request of a conversation without a name. */
    public Correlation(RequestId requestId, Map<String, String> headers) {
        this(requestId, headers, null);
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
