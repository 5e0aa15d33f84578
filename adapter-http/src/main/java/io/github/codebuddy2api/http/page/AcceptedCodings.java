package io.github.codebuddy2api.http.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The encodings of a body that a caller takes: those he names, and by an asterisk all others. Immutable. */
final class AcceptedCodings {
    private static final String ANY_OTHER = "*";

    private final Map<String, Boolean> named;

    private AcceptedCodings(Map<String, Boolean> named) {
        this.named = named;
    }

    static AcceptedCodings of(ServerRequest request) {
        return of(request.headers().all(HeaderNames.ACCEPT_ENCODING, List::of));
    }

    static AcceptedCodings of(List<String> lines) {
        Map<String, Boolean> named = new HashMap<>();
        for (String line : lines) {
            for (String item : line.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = item.split(";", -1);
                named.put(parts[0].strip(), !isRefused(parts));
            }
        }
        return new AcceptedCodings(Map.copyOf(named));
    }

    /** A weight that is zero, or none that can be read. */
    private static boolean isRefused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                return !parameter.matches("q=(1(\\.0{0,3})?|0\\.[0-9]{0,2}[1-9][0-9]{0,2})");
            }
        }
        return false;
    }

    /** Whether a body may be sent in {@code coding}. */
    boolean include(String coding) {
        return named.getOrDefault(coding, named.getOrDefault(ANY_OTHER, false));
    }
}
