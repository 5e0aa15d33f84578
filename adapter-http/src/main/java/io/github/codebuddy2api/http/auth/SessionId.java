package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a browser has to send to belong to a session: 256 random bits behind a mark by which the log knows and hides it.
 *
 * @param value the whole of it
 */
record SessionId(Secret value) {
    private static final String MARK = "cb2s_";
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile(MARK + "[A-Za-z0-9_-]{43}");

    /** A new one. */
    static SessionId random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new SessionId(Secret.of(MARK + text));
    }

    /** Reads one; empty if {@code text} can be none. */
    static Optional<SessionId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SessionId(Secret.of(text))) : Optional.empty();
    }

    /** What is kept of it: nobody can present that. */
    String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder()
                    .encodeToString(sha256.digest(value.reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What goes to the browser, and nowhere else. */
    String reveal() {
        return value.reveal();
    }
}
