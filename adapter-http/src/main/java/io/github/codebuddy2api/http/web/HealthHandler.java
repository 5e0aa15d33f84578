package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.ServerPassword;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Says that the server runs, and whether it is locked or stopping; nothing else, since anybody may ask. */
public final class HealthHandler implements Handler {
    private final Supplier<ServerPassword> password;
    private final BooleanSupplier isStopping;

    public HealthHandler(Supplier<ServerPassword> password, BooleanSupplier isStopping) {
        this.password = password;
        this.isStopping = isStopping;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Bodies.json(request, response, json -> {
            json.text("status", "healthy").text("service", "codebuddy2api");
            if (!password.get().isUsable()) {
                json.flag("locked", true);
            }
            if (isStopping.getAsBoolean()) {
                json.flag("draining", true);
            }
        });
    }
}
