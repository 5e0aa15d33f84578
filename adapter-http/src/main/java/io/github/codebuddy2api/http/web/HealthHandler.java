package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.ServerPassword;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Says that the server runs, and whether it is locked; nothing else, since anybody may ask. */
public final class HealthHandler implements Handler {
    private static final byte[] HEALTHY =
            "{\"status\":\"healthy\",\"service\":\"codebuddy2api\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LOCKED =
            "{\"status\":\"healthy\",\"service\":\"codebuddy2api\",\"locked\":true}".getBytes(StandardCharsets.UTF_8);

    private final Supplier<ServerPassword> password;

    public HealthHandler(Supplier<ServerPassword> password) {
        this.password = password;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Headers.json(response.headers());
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
        Bodies.send(request, response, password.get().isUsable() ? HEALTHY : LOCKED);
    }
}
