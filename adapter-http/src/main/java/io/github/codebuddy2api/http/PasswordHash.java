package io.github.codebuddy2api.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password in a form that may lie in a file: PBKDF2 with HMAC-SHA256, written {@code
 * $pbkdf2-sha256$i=600000$salt$hash}. Checking one is slow on purpose. Immutable; prints nothing of itself.
 */
public final class PasswordHash {
    /** What {@link #create} uses, and the least that is accepted. */
    public static final int ITERATIONS = 600_000;

    private static final int MAX_ITERATIONS = 20_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "$pbkdf2-sha256$";
    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2-sha256\\$i=([1-9][0-9]{0,7})\\$([A-Za-z0-9+/]{8,128})\\$([A-Za-z0-9+/]{43})");
    private static final Pattern ANY_HASH = Pattern.compile("\\$[a-z0-9-]{1,32}\\$.*", Pattern.DOTALL);

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** The stored form of {@code password}, with a fresh salt. Takes some hundred milliseconds. */
    public static String create(char[] password) {
        PasswordHash fresh = derived(password, ITERATIONS);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX + "i=" + ITERATIONS + "$" + base64.encodeToString(fresh.salt) + "$"
                + base64.encodeToString(fresh.hash);
    }

    /** A hash with a fresh salt. */
    static PasswordHash derived(char[] password, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, salt, iterations));
    }

    /** Reads a stored form; empty if it is none, or one with too few or absurdly many iterations. */
    public static Optional<PasswordHash> parse(String stored) {
        Matcher form = FORM.matcher(stored);
        if (!form.matches()) {
            return Optional.empty();
        }
        int iterations = Integer.parseInt(form.group(1));
        if (iterations < ITERATIONS || iterations > MAX_ITERATIONS) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return Optional.of(
                    new PasswordHash(iterations, base64.decode(form.group(2)), base64.decode(form.group(3))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Whether {@code stored} looks like the output of some hash function and is therefore no password itself. */
    public static boolean looksHashed(String stored) {
        return ANY_HASH.matcher(stored).matches();
    }

    /** Whether it is the hash of {@code password}. Slow; takes equally long for each answer. */
    public boolean matches(char[] password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2 with HMAC-SHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "PasswordHash[********]";
    }
}
