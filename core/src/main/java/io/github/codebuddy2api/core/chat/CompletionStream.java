package io.github.codebuddy2api.core.chat;

import java.util.Optional;

/**
 * An answer pulled chunk by chunk. One reader at a time, which blocks; whoever received the stream closes it, usually
 * with try-with-resources. Interrupting the reader cancels just as closing does.
 */
public interface CompletionStream extends AutoCloseable {
    /**
     * The next chunk; waits for it.
     *
     * @return the chunk, or empty once the answer is complete, and then for ever
     * @throws io.github.codebuddy2api.core.GatewayException if the answer broke off; what came before is not an answer.
     *     {@code Cancelled} if the stream was closed or the thread interrupted, whose flag then stays set
     */
    Optional<ChatChunk> next();

    /**
     * Whether {@link #next()} would answer without waiting: a hint that lets a writer put several chunks into one write.
     * {@code false} is always a right answer.
     */
    default boolean ready() {
        return false;
    }

    /** Ends the stream and cancels what is under way. Any thread, at any time, again; does not throw. */
    @Override
    void close();
}
