package io.github.codebuddy2api.filestore;

import java.time.Instant;
import java.util.Objects;

/**
 * A content that {@code config.yaml} had before.
 *
 * @param number 1 for the newest, up to 5
 * @param savedAt when it was kept
 * @param size in bytes
 */
public record ConfigBackup(int number, Instant savedAt, long size) {
    public ConfigBackup {
        Objects.requireNonNull(savedAt, "savedAt");
    }
}
