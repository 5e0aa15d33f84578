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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Reads a JSON request body whole, within its limit and its time. Thread-safe. */
public final class JsonBodyReader {
    private static final int PIECE = 64 * 1024;

    private final IntSupplier maxBytes;

    /** A reader of bodies of at most {@code maxBytes}, which is asked for each of them. */
    public JsonBodyReader(IntSupplier maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The body's bytes.
     *
     * @param share where room is taken for them; stays the caller's to close, when he lets go of the bytes
     * @throws HttpFailure if it is not declared as JSON, too large, not well-formed HTTP, or there is no room for it
     */
    public byte[] read(
            ServerRequest request, ServerResponse response, CallerConnection connection, BodyRoom.Share share) {
        requireJson(request);
        if (request.headers().contentLength().orElse(0) > maxBytes.getAsInt()) {
            throw new HttpFailure(FrameworkErrors.tooLarge());
        }
        String requestId = response.headers().get(Headers.X_REQUEST_ID).get();
        connection.awaitBody(ErrorWriter.wholeResponse(FrameworkErrors.late(), requestId));
        try {
            return bytes(request, share);
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

    private byte[] bytes(ServerRequest request, BodyRoom.Share share) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            // Never closed by us: Helidon's close reads the rest, which may not come.
            return whole(request.content().inputStream(), share);
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

    private byte[] whole(InputStream body, BodyRoom.Share share) throws IOException {
        int most = maxBytes.getAsInt();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] piece = body.readNBytes(PIECE);
        while (piece.length > 0) {
            if (whole.size() + piece.length > most) {
                throw new HttpFailure(FrameworkErrors.tooLarge());
            }
            if (!share.take(piece.length)) {
                throw new HttpFailure(FrameworkErrors.overloaded().closing());
            }
            whole.write(piece);
            piece = body.readNBytes(PIECE);
        }
        return whole.toByteArray();
    }
}
