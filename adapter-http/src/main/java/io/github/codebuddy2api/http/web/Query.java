package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.helidon.webserver.http.ServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the query of a request; Helidon's own reading fails at broken escapes. */
public final class Query {
    private Query() {}

    /**
     * The first value of the parameter {@code name}.
     *
     * @throws InvalidRequest if it is badly escaped
     */
    public static Optional<String> first(ServerRequest request, String name) {
        String query = request.prologue().query().rawValue();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                return Optional.of(decoded(pair.substring(equals + 1), name));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String value, String name) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badlyEscaped) {
            throw InvalidRequest.value(name, "The query is not well-formed");
        }
    }
}
