package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.json.JsonObject;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Consumer;

/** Sends whole bodies. */
public final class Bodies {
    private Bodies() {}

    /** Sends {@code body}, or for HEAD only its length. */
    public static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    /** Sends a JSON object that nobody may keep. */
    public static void json(ServerRequest request, ServerResponse response, Consumer<JsonObject> members) {
        json(request, response, JsonObject.of(members));
    }

    /** Sends JSON that nobody may keep. */
    public static void json(ServerRequest request, ServerResponse response, byte[] json) {
        Headers.json(response.headers());
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
        send(request, response, json);
    }
}
