package io.github.codebuddy2api.codebuddy;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The headers by which CodeBuddy knows its client programs (protocol sheet, 4.2). All of them are choices of ours, so
 * all can be configured; what depends on the credential or the request is not among them.
 *
 * @param headers by name, looked up without regard to case
 */
public record ClientIdentity(Map<String, String> headers) {
    /** A version of the CLI of which the protocol sheet knows that it is served. */
    public static final String DEFAULT_VERSION = "2.107.0";

    private static final Set<String> NOT_OURS_TO_CHOOSE = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "cookie",
            "expect",
            "host",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public ClientIdentity {
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        sorted.forEach(ClientIdentity::check);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** The command line client of the given version. */
    public static ClientIdentity cli(String version) {
        return new ClientIdentity(Map.ofEntries(
                Map.entry("User-Agent", "CLI/" + version + " CodeBuddy/" + version),
                Map.entry("Accept", "application/json"),
                Map.entry("X-Requested-With", "XMLHttpRequest"),
                Map.entry("X-Product", "SaaS"),
                Map.entry("X-IDE-Type", "CLI"),
                Map.entry("X-IDE-Name", "CLI"),
                Map.entry("X-IDE-Version", version),
                Map.entry("X-Agent-Intent", "craft"),
                Map.entry("X-Agent-Purpose", "conversation"),
                Map.entry("X-Private-Data", "false"),
                Map.entry("X-CodeBuddy-Request", "1")));
    }

    /** The same with one header more, or with another value for it. */
    public ClientIdentity with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new ClientIdentity(more);
    }

    private static void check(String name, String value) {
        if (!HeaderText.isName(name) || NOT_OURS_TO_CHOOSE.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "this header cannot be chosen: " + (HeaderText.isName(name) ? name : "?"));
        }
        if (!HeaderText.isValue(value)) {
            throw new IllegalArgumentException("the value of " + name + " must be printable ASCII");
        }
    }
}
