package io.github.codebuddy2api.http.error;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.json.JsonBuffer;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers with an error, whatever was thrown. */
public final class ErrorWriter implements ErrorHandler<Throwable> {
    private static final int MAX_CAUSES = 5;
    private static final System.Logger LOGGER = System.getLogger(ErrorWriter.class.getName());

    /** An unread body of this size or less is skipped; a larger one costs its sender the connection. */
    private static final long SKIPPED_BYTES = 64 * 1024;

    private final Connections connections;

    public ErrorWriter(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable thrown) {
        if (thrown instanceof UncheckedIOException) {
            throw new CloseConnectionException("the caller's connection broke", thrown);
        }
        write(request, response, errorOf(thrown));
    }

    private static OpenAiError errorOf(Throwable thrown) {
        return switch (thrown) {
            case HttpFailure failure -> failure.error();
            case GatewayException failure -> ErrorMapper.of(failure);
            case BadRequestException failure -> FrameworkErrors.of(failure.status());
            case HttpException failure -> FrameworkErrors.of(failure.status());
            default -> {
                log(thrown);
                yield ErrorMapper.internal();
            }
        };
    }

    /** A fault of our own and its causes, by kind and place; their messages may hold what nobody may log. */
    public static void log(Throwable fault) {
        StringBuilder kinds = new StringBuilder();
        Throwable next = fault;
        for (int i = 0; next != null && i < MAX_CAUSES; i++) {
            StackTraceElement[] trace = next.getStackTrace();
            kinds.append(i == 0 ? "" : ", because of ")
                    .append(next.getClass().getName())
                    .append(" at ")
                    .append(trace.length == 0 ? "an unknown place" : trace[0]);
            next = next.getCause();
        }
        LOGGER.log(System.Logger.Level.ERROR, "unexpected {0}", kinds);
    }

    /** Answers with {@code error}. */
    public void write(ServerRequest request, ServerResponse response, OpenAiError error) {
        ServerResponseHeaders headers = response.headers();
        response.status(Status.create(error.status()));
        Headers.json(headers);
        headers.set(HeaderNames.CACHE_CONTROL, "no-store");
        advise(headers, error.advice());
        if (error.status() == 401) {
            headers.set(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (error.advice().closes() || !canSkipBody(request)) {
            headers.set(HeaderValues.CONNECTION_CLOSE);
            connections.current().refusesBody();
        }
        byte[] body = body(error);
        if (request.prologue().method().equals(Method.HEAD)) {
            headers.contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    /** Whether the rest of the request is short enough to be read for the sake of the connection. */
    private static boolean canSkipBody(ServerRequest request) {
        if (request.content().consumed()) {
            return true;
        }
        long length = request.headers().contentLength().orElse(Long.MAX_VALUE);
        return length <= SKIPPED_BYTES && !request.headers().contains(HeaderNames.EXPECT);
    }

    static void advise(ServerResponseHeaders headers, Advice advice) {
        Duration retryAfter = advice.retryAfter();
        if (retryAfter != null) {
            headers.set(HeaderNames.RETRY_AFTER, Long.toString(Advice.wholeSeconds(retryAfter)));
        }
        Boolean shouldRetry = advice.shouldRetry();
        if (shouldRetry != null) {
            headers.set(Headers.X_SHOULD_RETRY, shouldRetry.toString());
        }
    }

    /** The JSON of an error, with the {@code detail} that older scripts read. */
    public static byte[] body(OpenAiError error) {
        JsonBuffer json = new JsonBuffer();
        json.ascii("{\"error\":");
        object(json, error);
        return json.ascii(",\"detail\":").string(error.message()).ascii("}").toByteArray();
    }

    /** OpenAI's error object, for a body with more members than {@code detail}. */
    public static RawJson object(OpenAiError error) {
        JsonBuffer json = new JsonBuffer();
        object(json, error);
        return RawJson.slice(json.toByteArray(), 0, json.size());
    }

    /** Adds OpenAI's error object; all four members are always there. */
    public static void object(JsonBuffer json, OpenAiError error) {
        json.ascii("{\"message\":").string(error.message()).ascii(",\"type\":").string(error.type());
        json.ascii(",\"param\":");
        nullable(json, error.param());
        json.ascii(",\"code\":").string(error.code()).ascii("}");
    }

    private static void nullable(JsonBuffer json, @Nullable String text) {
        if (text == null) {
            json.ascii("null");
        } else {
            json.string(text);
        }
    }

    /** A whole response as bytes, for a connection whose thread cannot answer any more. */
    public static byte[] wholeResponse(OpenAiError error, String requestId) {
        byte[] body = body(error);
        String head = "HTTP/1.1 " + error.status() + " "
                + Status.create(error.status()).reasonPhrase() + "\r\n" + "Content-Type: " + Headers.JSON + "\r\n"
                + "Cache-Control: no-store\r\n" + Headers.everywhere() + "x-request-id: " + requestId
                + "\r\n" + "x-should-retry: false\r\n" + "Connection: close\r\n" + "Content-Length: " + body.length
                + "\r\n\r\n";
        return new JsonBuffer()
                .bytes(head.getBytes(StandardCharsets.US_ASCII))
                .bytes(body)
                .toByteArray();
    }
}
