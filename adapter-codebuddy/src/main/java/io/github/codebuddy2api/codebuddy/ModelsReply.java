package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.Model.Ability;
import io.github.codebuddy2api.core.catalog.Model.Limits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Picks from the upstream's configuration the models that a command line client is offered (protocol sheet, 7.2). */
final class ModelsReply {
    /** More models than this are not a list anybody reads. */
    static final int MAX_MODELS = 1000;

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    private final JsonNode data;
    /** In the upstream's order; the first of those with the same id. */
    private final Map<String, JsonNode> byId = new LinkedHashMap<>();

    private final Map<String, String> idByName = new HashMap<>();
    private final Map<String, String> idByAlias = new HashMap<>();

    ModelsReply(JsonNode data) {
        this.data = data;
        for (JsonNode entry : data.path("models")) {
            String id = ReplyFields.text(entry, "id");
            if (id != null && byId.size() < MAX_MODELS && byId.putIfAbsent(id, entry) == null) {
                name(id, entry);
            }
        }
    }

    private void name(String id, JsonNode entry) {
        String name = ReplyFields.text(entry, "name");
        if (name != null) {
            idByName.putIfAbsent(name, id);
        }
        for (String alias : texts(entry.path("aliases"))) {
            idByAlias.putIfAbsent(alias, id);
        }
    }

    List<Model> models() {
        Collection<String> ids = offered();
        Set<String> available = resolved(data.path("availableModels"));
        List<Model> models = new ArrayList<>();
        for (String id : ids) {
            JsonNode entry = byId.get(id);
            if (entry != null && isOffered(entry) && (available.isEmpty() || available.contains(id))) {
                models.add(model(id, entry));
            }
        }
        return models;
    }

    private Collection<String> offered() {
        Set<String> byAgent = resolved(agent().path("models"));
        return byAgent.isEmpty() ? byId.keySet() : byAgent;
    }

    /** The agent of the command line, or else the usual one; a missing node if there is neither. */
    private JsonNode agent() {
        JsonNode usual = data.path("agents").path(-1);
        for (JsonNode agent : data.path("agents")) {
            if ("cli".equals(ReplyFields.text(agent, "name"))) {
                return agent;
            }
            if (usual.isMissingNode() && texts(agent.path("tags")).contains("default")) {
                usual = agent;
            }
        }
        return usual;
    }

    /** The ids that a list refers to, by id, name or alias; unknown ones are left out. */
    private Set<String> resolved(JsonNode references) {
        Set<String> ids = new LinkedHashSet<>();
        for (String reference : texts(references)) {
            String id = byId.containsKey(reference) ? reference : idByName.get(reference);
            id = id == null ? idByAlias.get(reference) : id;
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            String text = element.isObject() ? ReplyFields.text(element, "id") : ReplyFields.text(element);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Models that make pictures or films are marked, and answer no chat. */
    private static boolean isOffered(JsonNode entry) {
        return !ReplyFields.isTrue(entry, "disabled")
                && texts(entry.path("tags")).stream()
                        .noneMatch(tag -> tag.endsWith("-to-image") || tag.endsWith("-to-video"));
    }

    private static Model model(String id, JsonNode entry) {
        String name = ReplyFields.text(entry, "name");
        return new Model(
                id,
                name == null ? id : name,
                new Limits(limit(entry, "maxInputTokens"), limit(entry, "maxOutputTokens")),
                abilities(entry),
                multiplier(entry),
                null);
    }

    private static @Nullable Integer limit(JsonNode entry, String member) {
        Long tokens = ReplyFields.positive(entry, member);
        return tokens == null || tokens > Integer.MAX_VALUE ? null : tokens.intValue();
    }

    private static Set<Ability> abilities(JsonNode entry) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        if (ReplyFields.isTrue(entry, "supportsImages") && !ReplyFields.isTrue(entry, "disabledMultimodal")) {
            abilities.add(Ability.IMAGES);
        }
        if (ReplyFields.isTrue(entry, "supportsToolCall")) {
            abilities.add(Ability.TOOLS);
        }
        if (ReplyFields.isTrue(entry, "supportsReasoning") || ReplyFields.isTrue(entry, "onlyReasoning")) {
            abilities.add(Ability.REASONING);
        }
        return abilities;
    }

    private static @Nullable BigDecimal multiplier(JsonNode entry) {
        String credits = ReplyFields.text(entry, "credits");
        Matcher decimal = DECIMAL.matcher(credits == null ? "" : credits);
        return decimal.find() ? new BigDecimal(decimal.group()) : null;
    }
}
