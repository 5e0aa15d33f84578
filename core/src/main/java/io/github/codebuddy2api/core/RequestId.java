package io.github.codebuddy2api.core;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Ties together everything that happens for one request: events, log lines, the {@code x-request-id} of the answer.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}, so that it is safe in a header and in a log line
 */
public record RequestId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int RANDOM_BYTES = 16;

    public RequestId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a request id has 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /** Whether {@code value} may be a request id. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    /** A new id of 32 hexadecimal digits. */
    public static RequestId random(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new RequestId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
