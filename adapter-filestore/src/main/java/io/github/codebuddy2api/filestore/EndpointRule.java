package io.github.codebuddy2api.filestore;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which upstream origins may be used (decisions, 27). Origins are matched as text against a narrow grammar, so that no
 * other spelling of an address, no user, port or path, and no look-alike letter can pass.
 */
final class EndpointRule {
    /** The origins compiled in. */
    static final List<String> BUILT_IN = List.of(
            "https://www.codebuddy.cn",
            "https://copilot.tencent.com",
            "https://www.codebuddy.ai",
            "https://www.workbuddy.ai",
            "https://www.workbuddy.cn");

    static final String CURE =
            "Use one of " + String.join(", ", BUILT_IN) + ", or add yours to codebuddy.allowed_endpoints";

    private static final int MAX_LENGTH = 260;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HTTPS = Pattern.compile("https://((?:" + LABEL + "\\.)+" + LABEL + ")/?");
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(127(?:\\.(?:0|[1-9][0-9]{0,2})){3}|\\[::1])(?::([1-9][0-9]{0,4}))?/?");
    private static final Pattern NUMBER_AT_END = Pattern.compile(".*\\.(?:[0-9]+|0x[0-9a-f]*)");

    private final List<String> allowed;

    /** @param extra further origins, each one that {@link #origin} accepts */
    EndpointRule(List<URI> extra) {
        allowed = new ArrayList<>(BUILT_IN);
        extra.forEach(origin -> allowed.add(origin.toString()));
    }

    /** The origin to use for what was written, if it is on the list; the bare name of a listed site will do. */
    Optional<URI> allowed(String written) {
        return origin(written).map(URI::toString).flatMap(this::listed).map(URI::create);
    }

    private Optional<String> listed(String origin) {
        String withWww = origin.replace("https://", "https://www.");
        return allowed.contains(origin)
                ? Optional.of(origin)
                : BUILT_IN.contains(withWww) ? Optional.of(withWww) : Optional.empty();
    }

    /** The origin in canonical form, if it has a form that could ever be allowed. A bare name means https. */
    static Optional<URI> origin(String written) {
        if (written.length() > MAX_LENGTH || !written.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        String full = lower.contains("://") ? lower : "https://" + lower;
        Matcher https = HTTPS.matcher(full);
        if (https.matches()) {
            return isName(https.group(1)) ? Optional.of(URI.create(trimmed(full))) : Optional.empty();
        }
        Matcher loopback = LOOPBACK.matcher(full);
        return loopback.matches() && inRange(loopback) ? Optional.of(URI.create(trimmed(full))) : Optional.empty();
    }

    private static boolean isName(String host) {
        boolean international = host.startsWith("xn--") || host.contains(".xn--");
        return host.length() <= 253
                && !international
                && !NUMBER_AT_END.matcher(host).matches();
    }

    private static boolean inRange(Matcher loopback) {
        boolean port = loopback.group(2) == null || Integer.parseInt(loopback.group(2)) <= 65_535;
        boolean octets = loopback.group(1).startsWith("[")
                || List.of(loopback.group(1).split("\\.", -1)).stream()
                        .allMatch(octet -> Integer.parseInt(octet) <= 255);
        return port && octets;
    }

    private static String trimmed(String origin) {
        return origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
    }
}
