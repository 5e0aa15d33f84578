package io.github.codebuddy2api.http.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the caller sees it.
 *
 * @param status the HTTP status, if it can still be sent
 * @param type OpenAI's {@code type}
 * @param code OpenAI's {@code code}
 * @param message one line of English, cut to {@value #MAX_MESSAGE} characters
 * @param param the JSON path of the field at fault, if one is
 * @param advice what the headers say about another try
 */
public record OpenAiError(
        int status,
        String type,
        String code,
        String message,
        @Nullable String param,
        Advice advice) {
    public static final String INVALID_REQUEST = "invalid_request_error";
    public static final String SERVER = "server_error";
    public static final String RATE_LIMIT = "rate_limit_error";
    public static final String PERMISSION = "permission_error";

    private static final int MAX_MESSAGE = 512;

    public OpenAiError {
        message = oneLine(message);
    }

    /** An error that says nothing about another try. */
    public static OpenAiError of(int status, String type, String code, String message) {
        return new OpenAiError(status, type, code, message, null, Advice.NONE);
    }

    /** A fault of the request as a whole. */
    public static OpenAiError invalid(int status, String code, String message) {
        return of(status, INVALID_REQUEST, code, message);
    }

    /** The same with other {@code advice}. */
    public OpenAiError with(Advice advice) {
        return new OpenAiError(status, type, code, message, param, advice);
    }

    /** The same, and the connection closes. */
    public OpenAiError closing() {
        return with(advice.closing());
    }

    /** The same for the field at {@code param}. */
    public OpenAiError at(@Nullable String param) {
        return new OpenAiError(status, type, code, message, param, advice);
    }

    /** The same as part of a stream that has begun, where no caller's fault can be the reason any more. */
    public OpenAiError midStream() {
        String kind = type.equals(RATE_LIMIT) || status == 429 ? RATE_LIMIT : SERVER;
        return new OpenAiError(status, kind, code, message, param, advice);
    }

    /**
     * What the headers say about another try, and about the connection.
     *
     * @param retryAfter sent as {@code Retry-After} in whole seconds
     * @param shouldRetry sent as {@code x-should-retry}
     * @param closes whether the connection closes after this
     */
    public record Advice(
            @Nullable Duration retryAfter, @Nullable Boolean shouldRetry, boolean closes) {
        public static final Advice NONE = new Advice(null, null, false);
        public static final Advice DO_NOT_RETRY = new Advice(null, false, false);
        public static final Advice CLOSE = new Advice(null, null, true);

        /** Try again after {@code wait}. */
        public static Advice retryAfter(Duration wait) {
            return new Advice(wait, null, false);
        }

        /** The same, and the connection closes. */
        public Advice closing() {
            return new Advice(retryAfter, shouldRetry, true);
        }

        /** The wait in whole seconds, rounded up, at least one. */
        public static long wholeSeconds(Duration wait) {
            long seconds = wait.getSeconds() + (wait.getNano() > 0 ? 1 : 0);
            return Math.max(1, seconds);
        }
    }

    private static String oneLine(String text) {
        String line = text.chars().anyMatch(OpenAiError::isControl)
                ? text.codePoints()
                        .map(c -> isControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
        if (line.length() <= MAX_MESSAGE) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_MESSAGE - 1)) ? MAX_MESSAGE - 1 : MAX_MESSAGE;
        return line.substring(0, end);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
