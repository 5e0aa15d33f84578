package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The models one site offers. Unchangeable. */
final class Catalogue {
    /** One model, as the tables in the resources tell it. */
    record Model(
            String id, int maxInput, int maxOutput, String credits, boolean images, List<String> efforts, String flag) {
        boolean isDisabled() {
            return flag.equals("disabled");
        }

        boolean isChat() {
            return !isDisabled() && !flag.equals("text-to-image");
        }

        /** Whether it shows reasoning without being asked to. */
        boolean thinksUnasked() {
            return flag.equals("thinks");
        }

        /** The factor of its price. */
        double factor() {
            return credits.isEmpty() ? 1 : Double.parseDouble(credits.substring(1, credits.indexOf(' ')));
        }
    }

    private final List<Model> models;

    Catalogue(Site site) {
        String table = "catalogue-" + site.name().toLowerCase(Locale.ROOT) + ".tsv";
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(table), table)) {
            models = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Catalogue::model)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The chat model of that id. */
    Optional<Model> chat(String id) {
        return models.stream().filter(m -> m.id().equals(id) && m.isChat()).findFirst();
    }

    /** The answer of the configuration call. */
    Json configuration() {
        List<String> chat = models.stream().filter(Model::isChat).map(Model::id).toList();
        return Json.object(
                "models",
                models.stream().map(Catalogue::entry).toList(),
                "agents",
                List.of(
                        Json.object("name", "cli", "models", chat, "tags", List.of("default")),
                        Json.object("name", "craft", "models", chat.subList(0, 1))),
                "availableModels",
                List.of(),
                "productFeatures",
                Json.object());
    }

    private static Model model(String line) {
        String[] cells = line.split("\t", -1);
        List<String> efforts = cells[5].isEmpty() ? List.of() : List.of(cells[5].split(",", -1));
        return new Model(
                cells[0],
                Integer.parseInt(cells[1]),
                Integer.parseInt(cells[2]),
                cells[3],
                cells[4].equals("yes"),
                efforts,
                cells[6]);
    }

    private static Json entry(Model model) {
        boolean reasons = !model.efforts().isEmpty() || model.thinksUnasked();
        return Json.object(
                "id", model.id(),
                "name", model.id().toUpperCase(Locale.ROOT),
                "vendor", "f",
                "credits", model.credits(),
                "maxInputTokens", model.maxInput(),
                "maxOutputTokens", model.maxOutput(),
                "maxAllowedSize", model.maxInput(),
                "supportsImages", model.images(),
                "disabledMultimodal", !model.images(),
                "supportsToolCall", model.isChat(),
                "supportsReasoning", reasons,
                "onlyReasoning", model.thinksUnasked(),
                "canDisableThinking", !model.thinksUnasked(),
                "reasoning", reasoning(model),
                "temperature", 1,
                "tags", model.flag().equals("text-to-image") ? List.of("text-to-image") : List.of(),
                "descriptionZh", "模拟模型",
                "descriptionEn", "A simulated model",
                "isDefault", model.flag().equals("default"),
                "disabled", model.isDisabled());
    }

    private static Json reasoning(Model model) {
        if (model.efforts().isEmpty()) {
            return Json.of(null);
        }
        return Json.object(
                "effort", model.efforts().getFirst(), "summary", "auto", "supportedEfforts", model.efforts());
    }
}
