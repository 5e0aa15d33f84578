package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;

/**
 * The service that has the models. Thread-safe; each call blocks its own thread and is cancelled by interrupting it.
 *
 * <p>Its wire's habits end here: a chunk's tool calls carry the index of the call they belong to, and whatever the
 * upstream reports as an error is thrown. What every OpenAI-like source may get wrong (ids, roles, empty deltas, a
 * second finish reason, where the usage stands) is put right by the gateway.
 */
public interface Upstream {
    /**
     * Sends the request and answers once the upstream has accepted it.
     *
     * @return the answer, which the caller closes; closing cancels the upstream call at once. It ends ({@code next()}
     *     is empty) when the upstream says so or its connection ends in order; the gateway judges whether that was a
     *     whole answer
     * @throws io.github.codebuddy2api.core.GatewayException if it was refused or did not arrive
     */
    CompletionStream open(ChatRequest request, Credential credential, Correlation correlation);
}
