package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.web.OwnSite;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a session's id travels: out of the reach of scripts, and never with a request of another site. */
final class SessionCookie {
    private static final String PLAIN = "codebuddy2api_session";

    /** Browsers take this name over TLS alone, and from nobody but the very host. */
    private static final String OF_TLS = "__Host-" + PLAIN;

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";
    private static final String OVER = "; Max-Age=0";

    private SessionCookie() {}

    /** Whether {@code request} brings one at all, whatever is in it. */
    static boolean isIn(ServerRequest request) {
        return !values(request, PLAIN).isEmpty() || !values(request, OF_TLS).isEmpty();
    }

    /** The id in {@code request}; empty if there is none, none that can be meant, or more than one. */
    static Optional<SessionId> read(ServerRequest request) {
        List<String> values = values(request, OF_TLS);
        if (values.isEmpty()) {
            values = values(request, PLAIN);
        }
        return values.size() == 1 ? SessionId.parse(values.getFirst()) : Optional.empty();
    }

    /** Every id in {@code request}. */
    static List<SessionId> readAll(ServerRequest request) {
        List<String> values = values(request, OF_TLS);
        values.addAll(values(request, PLAIN));
        return values.stream().flatMap(value -> SessionId.parse(value).stream()).toList();
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

    /** Gives the browser that sent {@code request} the id of its session. */
    static void set(ServerRequest request, ServerResponse response, SessionId id) {
        add(response, name(request), id.reveal(), "");
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
