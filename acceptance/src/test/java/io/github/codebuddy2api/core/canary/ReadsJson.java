package io.github.codebuddy2api.core.canary;

import com.fasterxml.jackson.databind.JsonNode;

/** Core with a JSON library. */
public final class ReadsJson {
    /** The library's type in the open. */
    public int size(JsonNode node) {
        return node.size();
    }
}
