package io.github.codebuddy2api.filestore;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key in the file that is none of ours. It has no effect, and is kept. Safe to show.
 *
 * @param name its full name, or as much of it as can be shown
 * @param meant the known key that was probably meant; null if none is near
 */
public record UnknownKey(String name, @Nullable String meant) {
    public UnknownKey {
        Objects.requireNonNull(name, "name");
    }

    /** The known key that was probably meant. */
    public Optional<String> nearest() {
        return Optional.ofNullable(meant);
    }
}
