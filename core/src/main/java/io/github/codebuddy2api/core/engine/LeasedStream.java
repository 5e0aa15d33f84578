package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Usage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A well-formed answer that owns the upstream's stream and the lease behind it, and gives both back exactly once. */
final class LeasedStream implements CompletionStream {
    private final CompletionStream upstream;
    private final AnswerContract contract;
    private final Ending ending;
    private final AtomicBoolean over = new AtomicBoolean();
    // Read and written by the one reader.
    private @Nullable ChatChunk first;
    private boolean ended;

    /** Hears once how the stream ended. */
    @FunctionalInterface
    interface Ending {
        /** The failure is null if the answer came to its end. */
        void ended(LeasedStream stream, @Nullable GatewayException failure, @Nullable Usage usage);
    }

    LeasedStream(CompletionStream upstream, AnswerContract contract, Ending ending) {
        this.upstream = upstream;
        this.contract = contract;
        this.ending = ending;
    }

    /** Waits for the first chunk and keeps it for the reader. */
    void awaitFirstChunk() {
        first = pull();
    }

    @Override
    public Optional<ChatChunk> next() {
        ChatChunk chunk = first;
        first = null;
        if (chunk == null) {
            chunk = pullOrEnd();
        }
        return Optional.ofNullable(chunk);
    }

    private @Nullable ChatChunk pullOrEnd() {
        try {
            ChatChunk chunk = pull();
            if (chunk == null) {
                end(null);
            }
            return chunk;
        } catch (GatewayException failure) {
            end(failure);
            throw failure;
        }
    }

    private @Nullable ChatChunk pull() {
        ChatChunk chunk = contract.poll();
        while (chunk == null && !ended) {
            takeOne();
            chunk = contract.poll();
        }
        return chunk;
    }

    private void takeOne() {
        if (over.get()) {
            throw new Cancelled();
        }
        Optional<ChatChunk> taken = takeUnlessFinished();
        if (taken.isPresent()) {
            contract.accept(taken.get());
        } else {
            ended = true;
            contract.end();
        }
    }

    /** A whole answer stays whole when the upstream breaks off after its finish reason. */
    private Optional<ChatChunk> takeUnlessFinished() {
        try {
            return upstream.next();
        } catch (GatewayException failure) {
            if (contract.isFinished() && !(failure instanceof Cancelled)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public boolean ready() {
        return first != null || contract.hasNext() || !ended && upstream.ready();
    }

    @Override
    public void close() {
        end(new Cancelled());
    }

    private void end(@Nullable GatewayException failure) {
        if (over.compareAndSet(false, true)) {
            upstream.close();
            ending.ended(this, failure, contract.usage());
        }
    }
}
