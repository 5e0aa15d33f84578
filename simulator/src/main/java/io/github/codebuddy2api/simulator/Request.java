package io.github.codebuddy2api.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A request as it was read off the wire. */
record Request(String method, String target, List<Header> headers, Bytes body) {
    Request {
        headers = List.copyOf(headers);
    }

    String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** The value of a query parameter. */
    Optional<String> parameter(String name) {
        return field(query(), name);
    }

    /** The value of a field of a submitted form. */
    Optional<String> formField(String name) {
        return field(body.text(), name);
    }

    /** The token after {@code Bearer}, or the API key; empty if there is neither. */
    String accessToken() {
        String bearer = header("Authorization").orElse("");
        if (bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return bearer.substring(7).strip();
        }
        return header("X-Api-Key").orElse("");
    }

    /** Whether the peer wants the connection closed after the answer. */
    boolean wantsClose() {
        return header("Connection").orElse("").equalsIgnoreCase("close");
    }

    private static Optional<String> field(String form, String name) {
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Request[" + method + " " + path() + "]";
    }
}
