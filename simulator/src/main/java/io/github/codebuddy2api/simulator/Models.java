package io.github.codebuddy2api.simulator;

/** The lists of models. Thread-safe. */
final class Models {
    private final Parts parts;

    Models(Parts parts) {
        this.parts = parts;
    }

    /** The list for a known product; an unknown one is refused, as the real service does. */
    Scenario configuration(Request request) {
        String product = request.header("User-Agent").orElse("");
        if (!product.startsWith("CLI/") && !product.startsWith("WorkBuddy/")) {
            return Scenario.json(400, "{\"code\":400,\"msg\":\"unknown product\",\"requestId\":\"5151bad0\"}");
        }
        return Tokens.envelope(parts.catalogue().configuration());
    }

    /** The older list, which the international site does not have. */
    Scenario personal(Request request) {
        if (parts.options().site() == Site.INTERNATIONAL) {
            return Scenario.json(500, "{\"code\":500,\"msg\":\"internal error\",\"requestId\":\"5151bad1\"}");
        }
        return Tokens.envelope(
                Json.object("models", parts.catalogue().configuration().at("models")));
    }
}
