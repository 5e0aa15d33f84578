package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;

/** How the use of a credential ended; only {@code Failed} can send it to rest. */
sealed interface Verdict {
    Verdict SUCCEEDED = new Succeeded();
    Verdict ABANDONED = new Abandoned();

    /** The upstream answered. */
    record Succeeded() implements Verdict {}

    /** The caller left before anything could be said of the credential. */
    record Abandoned() implements Verdict {}

    record Failed(GatewayException failure) implements Verdict {}
}
