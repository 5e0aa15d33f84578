package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.HttpOptions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Which pages of other sites may call, and how browsers are told. Thread-safe. */
public final class CrossOrigin {
    private static final HeaderName ALLOW_ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");
    private static final HeaderName ALLOW_METHODS = HeaderNames.create("Access-Control-Allow-Methods");
    private static final HeaderName ALLOW_HEADERS = HeaderNames.create("Access-Control-Allow-Headers");
    private static final HeaderName EXPOSE_HEADERS = HeaderNames.create("Access-Control-Expose-Headers");
    private static final HeaderName MAX_AGE = HeaderNames.create("Access-Control-Max-Age");
    private static final HeaderName REQUEST_HEADERS = HeaderNames.create("Access-Control-Request-Headers");
    private static final String SECONDS_TO_REMEMBER = "600";
    private static final String USUAL_HEADERS = "Authorization, Content-Type, If-Match, X-Request-ID";
    private static final String READABLE_HEADERS = "x-request-id, x-should-retry, Retry-After, ETag";
    private static final Pattern NAMES_OF_HEADERS = Pattern.compile("[A-Za-z0-9_-]+( *, *[A-Za-z0-9_-]+){0,63}");
    private static final int MAX_NAMES = 2048;

    private final Supplier<HttpOptions> options;

    public CrossOrigin(Supplier<HttpOptions> options) {
        this.options = options;
    }

    /** The origin of the page that sends {@code request}, if the owner allows it by name. */
    Optional<String> allowed(ServerRequest request) {
        return allowed(request.headers().all(HeaderNames.ORIGIN, List::of));
    }

    private Optional<String> allowed(List<String> origins) {
        return origins.size() == 1 && options.get().access().corsOrigins().contains(origins.getFirst())
                ? Optional.of(origins.getFirst())
                : Optional.empty();
    }

    /** Lets the browser show an answer to the page that asked, if that may call. */
    public void announce(RoutingRequest request, ServerResponseHeaders headers) {
        if (options.get().access().corsOrigins().isEmpty()) {
            return;
        }
        headers.add(HeaderNames.VARY, "Origin");
        allowed(request.headers().all(HeaderNames.ORIGIN, List::of)).ifPresent(origin -> {
            Headers.forAnotherSite(headers);
            headers.set(ALLOW_ORIGIN, origin);
            headers.set(EXPOSE_HEADERS, READABLE_HEADERS);
        });
    }

    /** Answers OPTIONS; {@code methods} are those of the path. */
    public void options(ServerRequest request, ServerResponse response, String methods) {
        if (!request.headers().contains(HeaderNames.ORIGIN)) {
            response.status(Status.NO_CONTENT_204).send();
            return;
        }
        ServerResponseHeaders headers = response.headers();
        headers.set(ALLOW_METHODS, methods);
        headers.set(ALLOW_HEADERS, namesOfHeaders(request));
        headers.set(MAX_AGE, SECONDS_TO_REMEMBER);
        response.status(Status.OK_200).send();
    }

    private static String namesOfHeaders(ServerRequest request) {
        return request.headers()
                .value(REQUEST_HEADERS)
                .filter(names -> names.length() <= MAX_NAMES
                        && NAMES_OF_HEADERS.matcher(names).matches())
                .orElse(USUAL_HEADERS);
    }
}
