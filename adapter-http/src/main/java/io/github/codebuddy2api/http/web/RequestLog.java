package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.core.RequestId;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Set;

/**
 * One line per request: its id, its route as the table names it, the status and the time. Never the path as it was
 * written, nor a query, header or body: callers put into them what they like.
 */
public final class RequestLog {
    private static final System.Logger LOGGER = System.getLogger("io.github.codebuddy2api.http.requests");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    private static final Set<String> API = Set.of("/v1/", "/codebuddy/", "/api/");
    private static final int FIRST_FAILURE = 400;

    /** Tells of a request that has been answered. */
    public void answered(RequestId id, ServerRequest request, int status, Duration took) {
        String route =
                request.matchingPattern().filter(pattern -> !pattern.isEmpty()).orElse("(unknown route)");
        System.Logger.Level level =
                isToldElsewhere(route, status) ? System.Logger.Level.DEBUG : System.Logger.Level.INFO;
        if (LOGGER.isLoggable(level)) {
            String asked = request.prologue().method().text();
            String method = METHODS.contains(asked) ? asked : "(unknown method)";
            LOGGER.log(level, id + " " + method + " " + route + " " + status + " after " + took.toMillis() + " ms");
        }
    }

    /** The gateway reports on chat itself; that a probe is content with us, or a page was loaded, is no news. */
    private static boolean isToldElsewhere(String route, int status) {
        return status < FIRST_FAILURE
                && (route.contains("/chat/completions") || API.stream().noneMatch(route::startsWith));
    }
}
