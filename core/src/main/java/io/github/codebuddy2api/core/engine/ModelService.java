package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.ModelCatalog;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.engine.ModelCache.Told;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.spi.SettingsSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        return offered(settings.current().models(), union(told()));
    }

    @Override
    public ModelCatalog catalog() {
        return catalog(settings.current().models(), told());
    }

    @Override
    public ModelCatalog askAgain() {
        return catalog(settings.current().models(), cache == null ? List.of() : cache.toldAnew(shelf.usable()));
    }

    private List<Told> told() {
        return cache == null ? List.of() : cache.told(shelf.usable());
    }

    /** By id; who is first in the order of the credentials is first here. */
    private static Map<String, Model> union(List<Told> told) {
        Map<String, Model> all = new LinkedHashMap<>();
        told.stream().flatMap(one -> one.models().stream()).forEach(model -> all.putIfAbsent(model.id(), model));
        return all;
    }

    private static ModelCatalog catalog(ModelOffer offer, List<Told> told) {
        Map<String, Model> known = union(told);
        Map<String, List<CredentialId>> offeredBy = new LinkedHashMap<>();
        for (Told one : told) {
            for (Model model : one.models()) {
                offeredBy
                        .computeIfAbsent(model.id(), unused -> new ArrayList<>())
                        .add(one.credential());
            }
        }
        List<Model> listed = offered(offer, known);
        Set<String> ids = listed.stream().map(Model::id).collect(Collectors.toSet());
        return new ModelCatalog(
                listed.stream()
                        .map(model -> new ModelCatalog.Listed(
                                model, offeredBy.getOrDefault(offer.resolved(model.id()), List.of())))
                        .toList(),
                told.stream().map(ModelService::inquiry).toList(),
                known.keySet().stream().filter(id -> !ids.contains(id)).toList());
    }

    private static ModelCatalog.Inquiry inquiry(Told told) {
        return new ModelCatalog.Inquiry(
                told.credential(),
                told.answer() == null ? null : told.answer().at(),
                told.failure() == null ? null : told.failure().code());
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
