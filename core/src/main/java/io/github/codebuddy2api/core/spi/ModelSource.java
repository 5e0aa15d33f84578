package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Credential;
import java.util.List;

/** Tells which models an account may use. Thread-safe; blocks its own thread. */
@FunctionalInterface
public interface ModelSource {
    /**
     * The models on offer to {@code credential}, in the upstream's order, without duplicates.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream cannot tell
     */
    List<Model> models(Credential credential);
}
