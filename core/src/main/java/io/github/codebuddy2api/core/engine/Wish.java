package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Secret;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants a credential for.
 *
 * @param tried the access tokens it has tried already
 * @param conversation the conversation it belongs to; null if nobody knows, or it does not matter
 */
record Wish(String model, Set<Secret> tried, @Nullable Conversation conversation) {
    /** What decides whether anything can serve it: the conversation only decides which. */
    Wish outsideConversation() {
        return conversation == null ? this : new Wish(model, tried, null);
    }
}
