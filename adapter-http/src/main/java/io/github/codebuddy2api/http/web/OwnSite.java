package io.github.codebuddy2api.http.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a request says about the site it is for, and the page it comes from. */
public final class OwnSite {
    /** The names under which only this machine reaches itself. */
    static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private OwnSite() {}

    /** Whether {@code request} is for a name that means this machine on every machine. */
    public static boolean isLoopback(ServerRequest request) {
        return request.headers()
                .value(HeaderNames.HOST)
                .filter(host -> LOOPBACK_NAMES.contains(withoutPort(host)))
                .isPresent();
    }

    /** Whether {@code request} comes from a page of another site, as far as the browser says so with an origin. */
    public static boolean isFromForeignPage(ServerRequest request) {
        return request.headers().all(HeaderNames.ORIGIN, List::of).stream().anyMatch(origin -> !isOwn(origin, request));
    }

    private static boolean isOwn(String origin, ServerRequest request) {
        int scheme = origin.indexOf("://");
        return scheme > 0
                && request.headers()
                        .value(HeaderNames.HOST)
                        .filter(host -> host.equalsIgnoreCase(origin.substring(scheme + 3)))
                        .isPresent();
    }

    static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon > authority.lastIndexOf(']');
        return (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
