package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/** Lets a request pass if it carries the server's password as its bearer token. Thread-safe. */
final class BearerCheck {
    private static final String SCHEME = "bearer ";
    private static final int MAX_TOKEN = 4096;

    private final PasswordCheck password;

    BearerCheck(PasswordCheck password) {
        this.password = password;
    }

    /**
     * Lets {@code request} pass, as long as the password stays the same.
     *
     * @throws HttpFailure if its token is missing or wrong, too many wrong ones were tried, or nobody can have the right one
     */
    Pass require(ServerRequest request) {
        String token = token(request).orElseThrow(() -> refused("Not authenticated"));
        ServerPassword matched =
                password.match(token, CallerAddress.of(request)).orElseThrow(() -> refused("Invalid password"));
        return () -> password.isCurrent(matched);
    }

    /** The one token of a request; empty if there is none, more than one, or another scheme. */
    private static Optional<String> token(ServerRequest request) {
        List<String> headers = request.headers().all(HeaderNames.AUTHORIZATION, List::of);
        if (headers.size() != 1) {
            return Optional.empty();
        }
        String header = headers.getFirst();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private static HttpFailure refused(String message) {
        return new HttpFailure(OpenAiError.invalid(401, "invalid_api_key", message));
    }
}
