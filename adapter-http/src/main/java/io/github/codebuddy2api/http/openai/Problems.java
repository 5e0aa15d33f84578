package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first fault of a request. It is told only after the whole text was read, so that broken JSON is always
 * called that.
 */
final class Problems {
    private @Nullable InvalidRequest first;

    /** The value at {@code param} cannot be meant. */
    void value(String param, String message) {
        add(InvalidRequest.value(param, message));
    }

    /** What belongs at {@code param} is missing. */
    void missing(String param, String message) {
        add(InvalidRequest.missing(param, message));
    }

    void add(InvalidRequest problem) {
        if (first == null) {
            first = problem;
        }
    }

    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
