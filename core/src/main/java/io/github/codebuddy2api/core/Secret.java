package io.github.codebuddy2api.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token or key that must never be seen. It prints as a mask, compares in constant time, and {@link #reveal()} is the
 * only way out. Immutable.
 */
public final class Secret {
    private static final String MASK = "********";

    private static final byte[] FINGERPRINT = "codebuddy2api fingerprint\n".getBytes(StandardCharsets.UTF_8);
    private static final int FINGERPRINT_BYTES = 16;

    private final String value;
    /** Made when first asked for; threads that race for it make the same one. */
    private volatile @Nullable String fingerprint;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A secret around {@code value}.
     *
     * @throws IllegalArgumentException if the value is empty: an empty secret would match an empty guess
     */
    public static Secret of(String value) {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(value);
    }

    /** The secret itself. Call it only where the value leaves for its one destination. */
    public String reveal() {
        return value;
    }

    /**
     * 32 hex digits by which it can be told from other secrets, and from which it cannot be had back, given that nobody
     * could guess it. They may be stored.
     */
    public String fingerprint() {
        String made = fingerprint;
        if (made == null) {
            made = digest();
            fingerprint = made;
        }
        return made;
    }

    private String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(FINGERPRINT);
            byte[] digest = sha256.digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
