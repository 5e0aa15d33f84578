package io.github.codebuddy2api.core.catalog;

/**
 * A language model on offer.
 *
 * @param id what a caller writes into {@code model}; never blank
 */
public record Model(String id) {
    public Model {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a model's id must not be blank");
        }
    }
}
