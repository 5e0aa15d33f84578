package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What every request has to keep to before it means anything. Thread-safe. */
public final class RequestRules {
    /** Ways to write a path that another reader, such as a proxy with rules of its own, may understand differently. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("//|/\\.{1,2}(/|$)|[;\\\\]|%(2[ef]|5c|00|25)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ONE_MODEL = Pattern.compile("(/codebuddy)?/v1/models/");
    private static final Pattern ENCODED_SLASH = Pattern.compile("%2[fF]");
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");

    private final Supplier<HttpOptions> options;
    private final CrossOrigin crossOrigin;
    // Replaced when the names change.
    private volatile Hosts hosts;

    /** The names under which we are known. */
    private record Hosts(HttpOptions.Listen listen, Set<String> names, boolean anyAddress) {
        static Hosts of(HttpOptions.Listen listen) {
            Set<String> names = new HashSet<>(OwnSite.LOOPBACK_NAMES);
            names.add(bracketed(listen.host()));
            listen.allowedHosts().forEach(host -> names.add(bracketed(host)));
            return new Hosts(listen, Set.copyOf(names), WILDCARDS.contains(listen.host()));
        }

        boolean include(String host) {
            return names.contains(host)
                    || anyAddress && IP_ADDRESS.matcher(host).matches();
        }
    }

    public RequestRules(Supplier<HttpOptions> options, CrossOrigin crossOrigin) {
        this.options = options;
        this.crossOrigin = crossOrigin;
        this.hosts = Hosts.of(options.get().listen());
    }

    private Hosts hosts() {
        HttpOptions.Listen listen = options.get().listen();
        Hosts current = hosts;
        if (!current.listen().equals(listen)) {
            current = Hosts.of(listen);
            hosts = current;
        }
        return current;
    }

    private static String bracketed(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.indexOf(':') >= 0 && !lower.startsWith("[") ? "[" + lower + "]" : lower;
    }

    /**
     * Checks the target and the host, against DNS rebinding and readers who disagree.
     *
     * @throws HttpFailure if one of them is not acceptable
     */
    public void checkTarget(ServerRequest request) {
        String target = request.prologue().uriPath().absolute().rawPath();
        if (!target.startsWith("/") && !target.equals("*")) {
            URI uri = parse(target);
            checkHost(Optional.ofNullable(uri.getRawAuthority()));
            target = Optional.ofNullable(uri.getRawPath()).orElse("");
        }
        checkHost(request.headers().value(HeaderNames.HOST));
        if (request.prologue().fragment().hasValue()) {
            throw malformed();
        }
        if (AMBIGUOUS.matcher(readable(target)).find()) {
            throw new HttpFailure(FrameworkErrors.notFound());
        }
    }

    /** A model's id may hold a slash, which clients encode. */
    private static String readable(String target) {
        return ONE_MODEL.matcher(target).lookingAt()
                ? ENCODED_SLASH.matcher(target).replaceAll("/")
                : target;
    }

    private static URI parse(String target) {
        try {
            return new URI(target);
        } catch (URISyntaxException e) {
            throw malformed();
        }
    }

    private static HttpFailure malformed() {
        return new HttpFailure(OpenAiError.invalid(400, "bad_request", "The request target is not well-formed.")
                .with(Advice.CLOSE));
    }

    private void checkHost(Optional<String> authority) {
        String host = authority.map(OwnSite::withoutPort).orElse("");
        if (!hosts().include(host)) {
            throw new HttpFailure(OpenAiError.invalid(
                    421,
                    "host_not_allowed",
                    "This server is not known under this host name. Allow it in the settings."));
        }
    }

    /**
     * Refuses what a page of another site sends, unless its origin is allowed.
     *
     * @throws HttpFailure if a browser says so
     */
    public void checkOrigin(ServerRequest request) {
        if (crossOrigin.allowed(request).isPresent()) {
            return;
        }
        boolean crossSite = request.headers()
                .value(OwnSite.SEC_FETCH_SITE)
                .filter(site -> site.equals("cross-site") || site.equals("same-site"))
                .isPresent();
        if (OwnSite.isFromForeignPage(request) || crossSite) {
            throw new HttpFailure(OpenAiError.of(
                    403,
                    OpenAiError.PERMISSION,
                    "origin_not_allowed",
                    "Pages of other sites may not use this server."));
        }
    }
}
