package io.github.codebuddy2api.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what a token is known again: its digest under a key that lives in this memory alone. Immutable.
 *
 * @param key the key
 */
record TokenTag(SecretKeySpec key) {
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** With a key of its own. */
    static TokenTag random(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new TokenTag(new SecretKeySpec(bytes, MAC));
    }

    /** The tag of {@code token}. */
    byte[] of(String token) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    @Override
    public String toString() {
        return "TokenTag[********]";
    }
}
