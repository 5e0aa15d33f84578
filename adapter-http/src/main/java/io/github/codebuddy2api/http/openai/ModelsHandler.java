package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;

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
        List<Model> all = models.list();
        Bodies.json(request, response, json -> json.text("object", "list").objects("data", all, ModelsHandler::write));
    }

    /** {@code GET …/models/{id}}; the id may hold slashes. */
    public void show(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        Model model = models.list().stream()
                .filter(offered -> offered.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ModelNotFound("The model is not offered here."));
        Bodies.json(request, response, json -> write(json, model));
    }

    /** OpenAI's four members, and what is known besides. */
    public static void write(JsonObject json, Model model) {
        json.text("id", model.id())
                .text("object", "model")
                .number("created", CREATED)
                .text("owned_by", "codebuddy")
                .text("name", model.name());
        Model.Limits limits = model.limits();
        if (limits.input() != null) {
            json.number("context_length", limits.input().longValue());
        }
        if (limits.output() != null) {
            json.number("max_output_tokens", limits.output().longValue());
        }
        if (!model.abilities().isEmpty()) {
            json.texts("abilities", abilities(model));
        }
        if (model.creditMultiplier() != null) {
            json.decimal("credit_multiplier", model.creditMultiplier());
        }
        if (model.aliasOf() != null) {
            json.text("alias_of", model.aliasOf());
        }
    }

    private static List<String> abilities(Model model) {
        return model.abilities().stream()
                .sorted()
                .map(ability -> ability.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
