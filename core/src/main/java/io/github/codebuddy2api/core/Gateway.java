package io.github.codebuddy2api.core;

import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Chat;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Keywords;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.api.Models;
import io.github.codebuddy2api.core.api.UsageReport;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.engine.Engine;

/**
 * The assembled gateway: takes an upstream and credentials, answers chat requests. An embedder builds one, keeps it, and
 * closes it. Thread-safe; starts one thread for what is done unasked, such as refreshing credentials, if it was given a
 * part that needs it.
 *
 * <pre>{@code
 * try (Gateway gateway = Gateway.builder().upstream(upstream).credentials(store).build()) {
 *     ChatRequest request = ChatRequest.of("glm-5.2", ChatMessage.user("Name one prime number."));
 *     ChatCompletion answer = gateway.complete(request);
 * }
 * }</pre>
 */
public final class Gateway implements AutoCloseable {
    private final Engine engine;

    Gateway(Engine engine) {
        this.engine = engine;
    }

    /** A builder with nothing chosen yet. */
    public static GatewayBuilder builder() {
        return new GatewayBuilder();
    }

    /** Chat. */
    public Chat chat() {
        return engine.chat();
    }

    /**
     * The whole answer to a request that belongs to nothing the caller named.
     *
     * @throws GatewayException if no credential gave a whole answer
     */
    public ChatCompletion complete(ChatRequest request) {
        return chat().complete(request, engine.newCorrelation());
    }

    /**
     * The streamed answer to a request that belongs to nothing the caller named; the caller closes it.
     *
     * @throws GatewayException if no credential gave a first chunk
     */
    public CompletionStream stream(ChatRequest request) {
        return chat().stream(request, engine.newCorrelation());
    }

    /** The models on offer. */
    public Models models() {
        return engine.models();
    }

    /** The credentials and the rule that picks the next one. */
    public Credentials credentials() {
        return engine.credentials();
    }

    /**
     * What the upstream tells of single accounts.
     *
     * @throws IllegalStateException from calls for which the builder was given no port
     */
    public Accounts accounts() {
        return engine.accounts();
    }

    /**
     * Logging accounts in.
     *
     * @throws IllegalStateException if the builder was given no {@code logins}
     */
    public Logins logins() {
        return engine.logins();
    }

    /** What was asked and spent. */
    public UsageReport usage() {
        return engine.usage();
    }

    /** Trying keyword replacement. */
    public Keywords keywords() {
        return engine.keywords();
    }

    /**
     * Refuses new requests, and ends the answers under way with {@code ShuttingDown}. A request that the upstream has not
     * accepted yet ends as soon as the upstream does anything, or its thread is interrupted. Idempotent; what was passed
     * to the builder stays open.
     */
    @Override
    public void close() {
        engine.close();
    }
}
