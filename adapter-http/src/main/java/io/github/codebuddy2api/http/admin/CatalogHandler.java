package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.catalog.ModelCatalog;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.openai.ModelsHandler;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;

/** The models as their owner sees them: {@code /api/models}. Thread-safe. */
public final class CatalogHandler {
    private final Models models;
    private final SmallBodies bodies;

    public CatalogHandler(Models models, SmallBodies bodies) {
        this.models = models;
        this.bodies = bodies;
    }

    /** {@code GET /api/models}: the list with which account offers which. */
    public void show(ServerRequest request, ServerResponse response) {
        send(request, response, models.catalog());
    }

    /** {@code POST /api/models/refresh}: the same after the upstream was asked again. */
    public void askAgain(ServerRequest request, ServerResponse response) {
        bodies.members(request, response); // There is nothing to choose, but a page of another site cannot send it.
        send(request, response, models.askAgain());
    }

    private static void send(ServerRequest request, ServerResponse response, ModelCatalog catalog) {
        Bodies.json(
                request,
                response,
                json -> json.objects("models", catalog.models(), CatalogHandler::listed)
                        .objects("credentials", catalog.inquiries(), CatalogHandler::inquiry)
                        .texts("unlisted", catalog.unlisted()));
    }

    private static void listed(JsonObject json, ModelCatalog.Listed listed) {
        ModelsHandler.write(json, listed.model());
        json.texts(
                "credentials",
                listed.credentials().stream().map(CredentialId::value).toList());
    }

    private static void inquiry(JsonObject json, ModelCatalog.Inquiry inquiry) {
        json.text("id", inquiry.credential().value())
                .text("state", inquiry.isKnown() ? "known" : "unknown")
                .text("code", inquiry.code())
                .number(
                        "checked_at",
                        inquiry.lastTold().map(Instant::getEpochSecond).orElse(null));
    }
}
