package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpParts;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.openai.ChatCompletionsHandler;
import io.github.codebuddy2api.http.web.Bodies;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;

/** How the service is: {@code GET /api/status}. Thread-safe. */
public final class StatusHandler implements Handler {
    private final HttpParts parts;
    private final ChatCompletionsHandler chat;
    private final Time time;
    private final Instant startedAt;

    /** Takes now for the time of the start. */
    public StatusHandler(HttpParts parts, ChatCompletionsHandler chat, Time time) {
        this.parts = parts;
        this.chat = chat;
        this.time = time;
        this.startedAt = time.instant();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Bodies.json(request, response, this::write);
    }

    /** Adds the members of the status as it is now. */
    public void write(JsonObject json) {
        if (parts.version() != null) {
            json.text("version", parts.version());
        }
        json.number("started_at", startedAt.getEpochSecond())
                .number("now_ms", time.instant().toEpochMilli())
                .flag("draining", chat.isDraining())
                .number("running", (long) chat.running())
                .flag("password_hashed", parts.password().get() instanceof ServerPassword.Hashed);
    }
}
