package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;

/**
 * Lets the owner pass: whoever presents the password, or belongs to a session that began with it. A request with an
 * {@code Authorization} header is judged by that alone. Thread-safe.
 */
public final class OwnerCheck {
    private final BearerCheck bearer;
    private final Sessions sessions;

    public OwnerCheck(PasswordCheck password, Sessions sessions) {
        this.bearer = new BearerCheck(password);
        this.sessions = sessions;
    }

    /**
     * Lets {@code request} pass. A session is used, and so prolonged, by what changes something alone.
     *
     * @throws HttpFailure if it is not the owner's
     */
    public Pass require(ServerRequest request) {
        Method method = request.prologue().method();
        return require(request, !method.equals(Method.GET) && !method.equals(Method.HEAD));
    }

    /**
     * The same for a request that has an effect, whatever its method.
     *
     * @throws HttpFailure if it is not the owner's
     */
    Pass requireForChange(ServerRequest request) {
        return require(request, true);
    }

    private Pass require(ServerRequest request, boolean changes) {
        if (request.headers().contains(HeaderNames.AUTHORIZATION) || !SessionCookie.isIn(request)) {
            return bearer.require(request);
        }
        CsrfCheck.require(request, changes);
        return SessionCookie.readAll(request).stream()
                .flatMap(id -> (changes ? sessions.use(id) : sessions.find(id)).stream())
                .findFirst()
                .orElseThrow(OwnerCheck::expired);
    }

    private static HttpFailure expired() {
        return new HttpFailure(
                OpenAiError.invalid(401, "session_expired", "The session is over. Enter the password again."));
    }

    /** Whether {@code request} brings anything by which it could be the owner's. */
    static boolean isTriedBy(ServerRequest request) {
        return request.headers().contains(HeaderNames.AUTHORIZATION) || SessionCookie.isIn(request);
    }
}
