package io.github.codebuddy2api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What a caller has to present, or why nobody can. Immutable; no form prints a secret. */
public sealed interface ServerPassword {
    /** Under this length a password is not enough for an address that others can reach. */
    int MIN_LENGTH_FOR_OTHERS = 12;

    /**
     * Judges what the owner configured.
     *
     * @param configured the password, its {@link PasswordHash}, or null
     * @param loopbackBind whether only this machine can connect
     */
    static ServerPassword from(@Nullable String configured, boolean loopbackBind) {
        if (configured == null || configured.isBlank()) {
            return new NotConfigured();
        }
        if (PasswordHash.looksHashed(configured)) {
            return PasswordHash.parse(configured)
                    .<ServerPassword>map(Hashed::new)
                    .orElseGet(() -> new Insecure(
                            "The server password looks like a hash, but not like one that hash-password prints."));
        }
        if (Placeholders.contain(configured)) {
            return new Insecure("The server password is a well-known placeholder. Set one of your own.");
        }
        if (!loopbackBind && configured.length() < MIN_LENGTH_FOR_OTHERS) {
            return new Insecure("The server password needs at least " + MIN_LENGTH_FOR_OTHERS
                    + " characters, because the server listens for other machines.");
        }
        return new Plain(Plain.sha256(configured));
    }

    /** Whether protected routes can be used at all. */
    default boolean isUsable() {
        return this instanceof Plain || this instanceof Hashed;
    }

    /** Nothing is set. */
    record NotConfigured() implements ServerPassword {}

    /**
     * Something is set that must not protect anything.
     *
     * @param reason one sentence for the owner
     */
    record Insecure(String reason) implements ServerPassword {}

    /** Known by its SHA-256 digest. */
    final class Plain implements ServerPassword {
        private final byte[] digest;

        private Plain(byte[] digest) {
            this.digest = digest;
        }

        /** Whether it is {@code presented}; takes equally long whatever part of it is right. */
        public boolean matches(String presented) {
            return MessageDigest.isEqual(digest, sha256(presented));
        }

        private static byte[] sha256(String text) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain that && MessageDigest.isEqual(digest, that.digest);
        }

        @Override
        public int hashCode() {
            return digest[0];
        }

        @Override
        public String toString() {
            return "Plain[********]";
        }
    }

    /**
     * Known by a slow hash.
     *
     * @param hash the stored form
     */
    record Hashed(PasswordHash hash) implements ServerPassword {}
}
