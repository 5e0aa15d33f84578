package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.credential.StoredRest;
import java.util.List;

/**
 * Where the rests of credentials survive a restart. What is lost costs one refused request per credential, so it is saved
 * in the background and soon, not before an answer. Thread-safe.
 */
public interface RestStore {
    /**
     * What was saved last, in the order it was saved; empty if nothing was, or if it cannot be read. It may be old: the
     * reader looks whose end has come, and whose token is another one now. Called once, before the first request.
     */
    List<StoredRest> load();

    /**
     * Saves these in the place of what was saved before. Blocks; one thread at a time calls it.
     *
     * @param rests at most {@link StoredRest#MOST}
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if they could not be saved; what was saved before
     *     is still there
     */
    void save(List<StoredRest> rests);
}
