package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.guard.CallerConnection;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** Reads a JSON request body whole, within its limit and its time. Thread-safe. */
public final class JsonBodyReader {
    private final int maxBytes;

    public JsonBodyReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The body's bytes.
     *
     * @throws HttpFailure if it is not declared as JSON, too large, or not well-formed HTTP
     */
    public byte[] read(ServerRequest request, ServerResponse response, CallerConnection connection) {
        requireJson(request);
        String requestId = response.headers().get(Headers.X_REQUEST_ID).get();
        connection.awaitBody(ErrorWriter.wholeResponse(FrameworkErrors.late(), requestId));
        try {
            return bytes(request);
        } finally {
            connection.bodyIsOver();
        }
    }

    private static void requireJson(ServerRequest request) {
        List<String> types = request.headers().all(HeaderNames.CONTENT_TYPE, List::of);
        if (types.size() != 1 || !isJson(types.getFirst())) {
            throw new HttpFailure(OpenAiError.invalid(
                    415, "unsupported_media_type", "The body must be sent as application/json in UTF-8."));
        }
    }

    private static boolean isJson(String type) {
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    private byte[] bytes(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            // Never closed by us: Helidon's close reads the rest, which may not come.
            InputStream body = request.content().inputStream();
            byte[] bytes = body.readNBytes(maxBytes);
            if (bytes.length == maxBytes && body.read() >= 0) {
                throw new HttpFailure(FrameworkErrors.tooLarge());
            }
            return bytes;
        } catch (IOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the body broke off", e);
        } catch (HttpFailure | CloseConnectionException e) {
            throw e;
        } catch (RequestException e) {
            throw new HttpFailure(FrameworkErrors.of(e.status()));
        } catch (RuntimeException malformed) {
            // Helidon's reading of chunks fails with whatever its parser throws.
            throw new HttpFailure(OpenAiError.invalid(400, "bad_request", "The body is not well-formed HTTP.")
                    .with(Advice.CLOSE));
        }
    }
}
