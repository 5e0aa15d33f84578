package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.core.RequestId;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.List;
import java.util.stream.Collectors;

/** The names and values of the headers we write. */
public final class Headers {
    public static final HeaderName X_REQUEST_ID = HeaderNames.create("x-request-id");
    public static final HeaderName X_SHOULD_RETRY = HeaderNames.create("x-should-retry");
    public static final String JSON = "application/json; charset=utf-8";

    private static final HeaderName X_ACCEL_BUFFERING = HeaderNames.create("X-Accel-Buffering");
    private static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");
    private static final HeaderName CONTENT_SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");

    /** What no answer goes without; made once, since every answer carries them. */
    private static final List<Header> SECURITY = List.of(
            header(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
            header(HeaderNames.create("X-Content-Type-Options"), "nosniff"),
            header(HeaderNames.create("X-Frame-Options"), "DENY"),
            header(HeaderNames.create("Referrer-Policy"), "no-referrer"),
            header(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin"),
            header(RESOURCE_POLICY, "same-origin"),
            header(
                    HeaderNames.create("Permissions-Policy"),
                    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(),"
                            + " microphone=(), midi=(), payment=(), usb=()"));

    /** Its own files and nobody else's; no script in the page's text, and none made of text by a script. */
    private static final Header OF_THE_PAGE = header(
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types vue");

    private Headers() {}

    private static Header header(HeaderName name, String value) {
        return HeaderValues.createCached(name, value);
    }

    /** What every response says, errors included. */
    public static void everywhere(ServerResponseHeaders headers, RequestId requestId) {
        headers.set(X_REQUEST_ID, requestId.value());
        SECURITY.forEach(headers::set);
    }

    /** The same as lines of a head that nobody else writes, without the id. */
    public static String everywhere() {
        return SECURITY.stream()
                .map(header -> header.name() + ": " + header.get() + "\r\n")
                .collect(Collectors.joining());
    }

    /** The body is the admin page, which may load its own files. */
    public static void page(ServerResponseHeaders headers) {
        headers.set(OF_THE_PAGE);
    }

    /** Another site's page may have the answer. */
    static void forAnotherSite(ServerResponseHeaders headers) {
        headers.remove(RESOURCE_POLICY);
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
