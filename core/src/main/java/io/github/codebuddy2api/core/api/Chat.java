package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;

/** Answers chat requests. Thread-safe; each call blocks its own thread and is cancelled by interrupting it. */
public interface Chat {
    /**
     * Starts an answer and waits for its first chunk. Until that is here, a failing credential is followed by the next
     * one; afterwards nothing is ever asked twice.
     *
     * @return the answer, which the caller closes; its first chunk is there already
     * @throws io.github.codebuddy2api.core.GatewayException if no credential gave a first chunk
     */
    CompletionStream stream(ChatRequest request, Correlation correlation);

    /**
     * The whole answer at once: the same stream, folded.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if no credential gave a whole answer
     */
    ChatCompletion complete(ChatRequest request, Correlation correlation);
}
