package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.ModelCatalog;
import java.util.List;

/** Tells which models are on offer. Thread-safe. */
public interface Models {
    /**
     * The models in the owner's order, without duplicates, with what the upstream tells of them. It waits for the
     * upstream only the first time, and a few seconds at most; what cannot be had from it is listed without.
     */
    List<Model> list();

    /** The same, with which account offers which model. */
    ModelCatalog catalog();

    /**
     * The same after the upstream was asked again for every account, unless it was within the last two seconds. It waits
     * ten seconds at most for each answer; what comes later is told the next time.
     */
    ModelCatalog askAgain();
}
