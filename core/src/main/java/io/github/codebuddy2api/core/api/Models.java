package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.catalog.Model;
import java.util.List;

/** Tells which models are on offer. Thread-safe. */
public interface Models {
    /** The models in the owner's order, without duplicates. */
    List<Model> list();
}
