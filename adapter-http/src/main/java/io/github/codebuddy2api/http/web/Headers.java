package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.core.RequestId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;

/** The names and values of the headers we write. */
public final class Headers {
    public static final HeaderName X_REQUEST_ID = HeaderNames.create("x-request-id");
    public static final HeaderName X_SHOULD_RETRY = HeaderNames.create("x-should-retry");
    public static final String JSON = "application/json; charset=utf-8";

    private static final HeaderName X_CONTENT_TYPE_OPTIONS = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName X_ACCEL_BUFFERING = HeaderNames.create("X-Accel-Buffering");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");
    private static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");
    private static final HeaderName CONTENT_SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");

    private Headers() {}

    /** What every response says, errors included. */
    public static void everywhere(ServerResponseHeaders headers, RequestId requestId) {
        headers.set(X_REQUEST_ID, requestId.value());
        headers.set(X_CONTENT_TYPE_OPTIONS, "nosniff");
        headers.set(REFERRER_POLICY, "no-referrer");
        headers.set(RESOURCE_POLICY, "same-origin");
        headers.set(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    }

    /** The body is JSON. */
    public static void json(ServerResponseHeaders headers) {
        headers.set(HeaderNames.CONTENT_TYPE, JSON);
    }

    /** The body is a stream of events. */
    public static void eventStream(ServerResponseHeaders headers) {
        headers.set(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        headers.set(HeaderNames.CACHE_CONTROL, "no-cache");
        unbuffered(headers);
    }

    /** Keeps nginx from collecting the body. */
    public static void unbuffered(ServerResponseHeaders headers) {
        headers.set(X_ACCEL_BUFFERING, "no");
    }
}
