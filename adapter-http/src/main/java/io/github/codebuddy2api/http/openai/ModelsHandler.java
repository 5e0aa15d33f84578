package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.http.json.JsonBuffer;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Lists the models, and shows one. */
public final class ModelsHandler {
    /** Nobody knows when a model was made; a constant keeps answers comparable (2025-01-01). */
    private static final long CREATED = 1_735_689_600L;

    private final Models models;

    public ModelsHandler(Models models) {
        this.models = models;
    }

    /** {@code GET …/models}. */
    public void list(ServerRequest request, ServerResponse response) {
        JsonBuffer json = new JsonBuffer().ascii("{\"object\":\"list\",\"data\":[");
        String separator = "";
        for (Model model : models.list()) {
            json.ascii(separator);
            write(json, model);
            separator = ",";
        }
        send(request, response, json.ascii("]}"));
    }

    /** {@code GET …/models/{id}}; the id may hold slashes. */
    public void show(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        Model model = models.list().stream()
                .filter(offered -> offered.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ModelNotFound("The model is not offered here."));
        JsonBuffer json = new JsonBuffer();
        write(json, model);
        send(request, response, json);
    }

    private static void write(JsonBuffer json, Model model) {
        json.ascii("{\"id\":").string(model.id()).ascii(",\"object\":\"model\",\"created\":");
        json.number(CREATED).ascii(",\"owned_by\":\"codebuddy\"}");
    }

    private static void send(ServerRequest request, ServerResponse response, JsonBuffer json) {
        Headers.json(response.headers());
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
        Bodies.send(request, response, json.toByteArray());
    }
}
