package io.github.codebuddy2api.http.error;

import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Answers for Helidon when a request does not even reach the routes; it would answer without a body. */
public final class FrameworkErrors implements DirectHandler {
    private final Connections connections;
    private final RandomGenerator random;

    public FrameworkErrors(Connections connections, RandomGenerator random) {
        this.connections = connections;
        this.random = random;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType kind,
            Status status,
            ServerResponseHeaders given,
            @Nullable String message) {
        // An internal error this early is a request that Helidon's parser choked on.
        OpenAiError error = of(kind == EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : status);
        ServerResponseHeaders headers = ServerResponseHeaders.create();
        Headers.json(headers);
        Headers.everywhere(headers, requestId(request));
        headers.set(HeaderNames.CACHE_CONTROL, "no-store");
        ErrorWriter.advise(headers, error.advice());
        connections.current().refusesBody();
        TransportResponse.Builder response = TransportResponse.builder()
                .status(Status.create(error.status()))
                .headers(headers)
                .keepAlive(false);
        return request.method().equals("HEAD")
                ? response.build()
                : response.entity(ErrorWriter.body(error)).build();
    }

    private RequestId requestId(TransportRequest request) {
        return request.headers()
                .value(Headers.X_REQUEST_ID)
                .filter(RequestId::isValid)
                .map(RequestId::new)
                .orElseGet(() -> RequestId.random(random));
    }

    /** What a bare status means. */
    public static OpenAiError of(Status status) {
        return switch (status.code()) {
            case 404 -> notFound();
            case 408 -> late();
            case 413 -> tooLarge();
            case 414 -> invalid(414, "uri_too_long", "The request line is longer than this server accepts.");
            case 431 -> invalid(431, "headers_too_large", "The request has more headers than this server accepts.");
            case 501 -> invalid(501, "bad_request", "This transfer encoding is not supported.");
            case 503 ->
                OpenAiError.of(503, OpenAiError.SERVER, "server_overloaded", "The server is busy. Try again shortly.")
                        .with(Advice.retryAfter(Duration.ofSeconds(1)).closing());
            case 505 -> invalid(505, "bad_request", "This server speaks HTTP/1.1.");
            default ->
                status.code() >= 500
                        ? ErrorMapper.internal()
                        : invalid(400, "bad_request", "The request is not well-formed HTTP.");
        };
    }

    /** Nothing is served under this path. */
    public static OpenAiError notFound() {
        return OpenAiError.invalid(404, "unknown_route", "Not Found");
    }

    /** The body is over its limit. */
    public static OpenAiError tooLarge() {
        return invalid(413, "request_too_large", "The request body is larger than this server accepts.");
    }

    /** The body did not come in time. */
    public static OpenAiError late() {
        return OpenAiError.invalid(408, "request_timeout", "The request body did not arrive in time.")
                .with(Advice.DO_NOT_RETRY.closing());
    }

    private static OpenAiError invalid(int status, String code, String message) {
        return OpenAiError.invalid(status, code, message).with(Advice.CLOSE);
    }
}
