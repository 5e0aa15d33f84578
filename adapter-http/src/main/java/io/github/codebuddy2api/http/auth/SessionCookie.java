package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.web.OwnSite;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a session's id travels: out of the reach of scripts, and never with a request of another site. */
final class SessionCookie {
    private static final String PLAIN = "codebuddy2api_session";

    /** Browsers take this name over TLS alone, and from nobody but the very host. */
    private static final String OF_TLS = "__Host-" + PLAIN;

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";
    private static final String OVER = "; Max-Age=0";

    /** Beyond so many ids none is looked at. */
    private static final int MOST = 4;

    private SessionCookie() {}

    /** Whether {@code request} brings one at all, whatever is in it. */
    static boolean isIn(ServerRequest request) {
        return !values(request, PLAIN).isEmpty() || !values(request, OF_TLS).isEmpty();
    }

    /**
     * The ids in {@code request}, at most {@value #MOST}, those that only TLS can set first. There may be several: a
     * cookie outlives its session, and each scheme and domain has its own.
     */
    static List<SessionId> readAll(ServerRequest request) {
        List<String> values = values(request, OF_TLS);
        values.addAll(values(request, PLAIN));
        return values.stream()
                .flatMap(value -> SessionId.parse(value).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static List<String> values(ServerRequest request, String name) {
        List<String> values = new ArrayList<>();
        for (String line : request.headers().all(HeaderNames.COOKIE, List::of)) {
            for (String cookie : line.split(";", -1)) {
                int equals = cookie.indexOf('=');
                if (equals > 0 && cookie.substring(0, equals).strip().equals(name)) {
                    values.add(cookie.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }

    /** Gives the browser that sent {@code request} the id of its session, and takes what it has under the other name. */
    static void set(ServerRequest request, ServerResponse response, SessionId id) {
        String name = name(request);
        String other = name.equals(PLAIN) ? OF_TLS : PLAIN;
        add(response, name, id.reveal(), "");
        if (!values(request, other).isEmpty()) {
            add(response, other, "", OVER);
        }
    }

    /** Takes from the browser what it has, and what it would have been given. */
    static void clear(ServerRequest request, ServerResponse response) {
        Set<String> names = new LinkedHashSet<>(List.of(name(request)));
        for (String name : List.of(PLAIN, OF_TLS)) {
            if (!values(request, name).isEmpty()) {
                names.add(name);
            }
        }
        names.forEach(name -> add(response, name, "", OVER));
    }

    private static String name(ServerRequest request) {
        return OwnSite.isOverTls(request) ? OF_TLS : PLAIN;
    }

    private static void add(ServerResponse response, String name, String value, String more) {
        String secure = name.equals(OF_TLS) ? "; Secure" : "";
        response.headers().add(HeaderNames.SET_COOKIE, name + "=" + value + ATTRIBUTES + secure + more);
    }
}
