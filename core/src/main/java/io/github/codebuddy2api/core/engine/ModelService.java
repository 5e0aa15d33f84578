package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.spi.SettingsSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the owner's list together with what the upstream tells of it. Thread-safe. */
final class ModelService implements Models {
    private final Shelf shelf;
    private final SettingsSource settings;
    private final @Nullable ModelCache cache;

    /** Without a cache nothing is known of the models but what the settings say. */
    ModelService(Shelf shelf, SettingsSource settings, @Nullable ModelCache cache) {
        this.shelf = shelf;
        this.settings = settings;
        this.cache = cache;
    }

    @Override
    public List<Model> list() {
        return offered(settings.current().models(), cache == null ? Map.of() : cache.union(shelf.usable()));
    }

    /** The model that a trial asks if nobody names one: the first on the owner's list, for an account with these. */
    Optional<Model> first(List<Model> models) {
        Map<String, Model> known = new LinkedHashMap<>();
        models.forEach(model -> known.put(model.id(), model));
        return offered(settings.current().models(), known).stream().findFirst();
    }

    /** Pure: the offer, with what is {@code known}, in order, of the models by id. */
    static List<Model> offered(ModelOffer offer, Map<String, Model> known) {
        Map<String, Model> list = new LinkedHashMap<>();
        for (String listed : offer.listed()) {
            if (listed.equals(ModelOffer.ALL)) {
                everything(offer, known).forEach(id -> put(list, id, offer, known));
            } else {
                put(list, listed, offer, known);
            }
        }
        offer.aliases().keySet().stream().sorted().forEach(alias -> put(list, alias, offer, known));
        return List.copyOf(list.values());
    }

    private static Collection<String> everything(ModelOffer offer, Map<String, Model> known) {
        return known.isEmpty() ? offer.fallback() : known.keySet();
    }

    private static void put(Map<String, Model> list, String id, ModelOffer offer, Map<String, Model> known) {
        String asked = offer.resolved(id);
        Model model = known.containsKey(asked) ? known.get(asked) : new Model(asked);
        list.putIfAbsent(id, asked.equals(id) ? model : model.as(id));
    }
}
