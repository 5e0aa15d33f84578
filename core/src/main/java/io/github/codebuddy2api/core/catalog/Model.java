package io.github.codebuddy2api.core.catalog;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A language model on offer.
 *
 * @param id what a caller writes into {@code model}; never blank
 * @param name as the upstream shows it; the id if nothing better is known
 * @param limits how much it reads and writes
 * @param abilities what it is known to be able to do; empty if nothing is known
 * @param creditMultiplier what a request costs in relation to the upstream's base price, if it is known
 * @param aliasOf the model that is asked under this name, if the owner made the name up
 */
public record Model(
        String id,
        String name,
        Limits limits,
        Set<Ability> abilities,
        @Nullable BigDecimal creditMultiplier,
        @Nullable String aliasOf) {
    /** What a model can do. */
    public enum Ability {
        /** It reads images. */
        IMAGES,
        /** It calls tools. */
        TOOLS,
        /** It can think before it answers. */
        REASONING
    }

    /**
     * How much a model reads and writes, in tokens; null if it is not known.
     *
     * @param input the longest prompt
     * @param output the longest answer
     */
    public record Limits(@Nullable Integer input, @Nullable Integer output) {
        /** Nothing is known. */
        public static final Limits UNKNOWN = new Limits(null, null);
    }

    public Model {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a model's id must not be blank");
        }
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(limits, "limits");
        abilities = Set.copyOf(abilities);
    }

    /** A model of which only the id is known. */
    public Model(String id) {
        this(id, id, Limits.UNKNOWN, Set.of(), null, null);
    }

    @Override
    public String toString() {
        return "Model[" + id + "]";
    }

    /** This model under a name that the owner made up. */
    public Model as(String alias) {
        return new Model(alias, name, limits, abilities, creditMultiplier, id);
    }
}
