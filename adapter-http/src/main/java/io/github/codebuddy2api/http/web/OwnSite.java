package io.github.codebuddy2api.http.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a request says about the site it is for, and the page it comes from. */
public final class OwnSite {
    /** The names under which only this machine reaches itself. */
    static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> OWN_PAGE_OR_PERSON = Set.of("same-origin", "none");

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

    /** Whether no browser says that another origin's page made it send {@code request}. */
    public static boolean isFetchedBySameOrigin(ServerRequest request) {
        return OWN_PAGE_OR_PERSON.containsAll(request.headers().all(SEC_FETCH_SITE, List::of));
    }

    /** Whether our own page sent {@code request}, and over TLS: a proxy has to end that, so only the browser knows. */
    public static boolean isOverTls(ServerRequest request) {
        List<String> origins = request.headers().all(HeaderNames.ORIGIN, List::of);
        return origins.size() == 1 && origins.getFirst().startsWith("https://") && isOwn(origins.getFirst(), request);
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
