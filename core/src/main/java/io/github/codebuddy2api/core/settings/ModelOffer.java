package io.github.codebuddy2api.core.settings;

import java.util.List;
import java.util.Map;

/**
 * Which models are listed. It is about what callers are shown: a request may name any model.
 *
 * @param listed ids in the owner's order; {@value #ALL} stands for all models the accounts offer
 * @param fallback what {@value #ALL} stands for while the upstream cannot tell
 * @param aliases names the owner made up, each for the model that is asked in its place
 */
public record ModelOffer(List<String> listed, List<String> fallback, Map<String, String> aliases) {
    /** Stands for all models the accounts offer. */
    public static final String ALL = "*";

    /** Whatever the accounts offer. */
    public static final ModelOffer EVERYTHING = new ModelOffer(List.of(ALL), List.of(), Map.of());

    public ModelOffer {
        listed = listed.stream().distinct().toList();
        fallback = List.copyOf(fallback);
        aliases = Map.copyOf(aliases);
        if (listed.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a model's id must not be blank");
        }
    }

    /** These models and no others. */
    public static ModelOffer of(String... ids) {
        return new ModelOffer(List.of(ids), List.of(), Map.of());
    }

    /** The model that is asked when a caller names {@code id}. */
    public String resolved(String id) {
        return aliases.getOrDefault(id, id);
    }
}
