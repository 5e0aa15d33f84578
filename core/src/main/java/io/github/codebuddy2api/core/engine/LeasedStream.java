package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Usage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed answer that owns the upstream's stream and the lease behind it. It is opened, then started, then over:
 * the upstream's stream is closed exactly once, and the end of an answer that had started is told exactly once.
 */
final class LeasedStream implements CompletionStream {
    private enum Phase {
        OPENING,
        STARTED,
        OVER
    }

    /** The failure is there only if it is over, and not because the answer came to its end. */
    private record State(Phase phase, @Nullable GatewayException failure) {
        State begun() {
            return phase == Phase.OPENING ? new State(Phase.STARTED, null) : this;
        }

        State ended(@Nullable GatewayException why) {
            return phase == Phase.OVER ? this : new State(Phase.OVER, why);
        }
    }

    private final CompletionStream upstream;
    private final AnswerContract contract;
    private final Ending ending;
    private final AtomicReference<State> state = new AtomicReference<>(new State(Phase.OPENING, null));
    // Read and written by the one reader.
    private @Nullable ChatChunk first;
    private boolean drained;
    private @Nullable GatewayException broken;

    /** Hears once how an answer that had started ended. */
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

    /** Waits for the first chunk and keeps it for the reader. If that fails it is over, and nobody is told. */
    void awaitFirstChunk() {
        first = pullOrFail();
    }

    /** From here on its end is told; at once, if it has ended since its first chunk. */
    void begin() {
        State before = state.getAndUpdate(State::begun);
        if (before.phase() == Phase.OVER) {
            ending.ended(this, before.failure(), contract.usage());
        }
    }

    @Override
    public Optional<ChatChunk> next() {
        ChatChunk chunk = null;
        if (state.get().phase() != Phase.OVER) {
            chunk = first == null ? pullOrFail() : first;
            first = null;
        }
        if (chunk == null) {
            endOrFail();
        }
        return Optional.ofNullable(chunk);
    }

    /** Nobody is told that the answer is whole if something else has ended it before. */
    private void endOrFail() {
        end(null);
        GatewayException failure = state.get().failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** What fails first is what everybody hears: a reader woken by a shutdown is told of the shutdown. */
    private @Nullable ChatChunk pullOrFail() {
        try {
            return pull();
        } catch (GatewayException failure) {
            end(failure);
            GatewayException earlier = state.get().failure();
            throw earlier == null ? failure : earlier;
        } catch (RuntimeException | Error bug) {
            end(new Cancelled());
            throw bug;
        }
    }

    private @Nullable ChatChunk pull() {
        while (!contract.hasNext() && !drained) {
            takeOne();
        }
        ChatChunk chunk = contract.poll();
        if (chunk == null && broken != null) {
            throw broken;
        }
        return chunk;
    }

    private void takeOne() {
        try {
            Optional<ChatChunk> taken = takeUnlessFinished();
            if (taken.isPresent()) {
                contract.accept(taken.get());
            } else {
                drained = true;
                contract.end();
            }
        } catch (GatewayException failure) {
            breakOff(failure);
        }
    }

    /** What the upstream said before it failed is handed out first, unless nobody wants to hear more. */
    private void breakOff(GatewayException failure) {
        if (failure instanceof Cancelled || !contract.breakOff()) {
            throw failure;
        }
        brokenBy(failure);
    }

    private void brokenBy(GatewayException failure) {
        drained = true;
        broken = failure;
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

    /** An upstream's chunk may add nothing that could be handed on yet, so what is there is taken before it answers. */
    @Override
    public boolean ready() {
        while (first == null && !contract.hasNext() && !drained && upstream.ready()) {
            try {
                takeOne();
            } catch (GatewayException failure) {
                brokenBy(failure);
            }
        }
        return first != null || contract.hasNext() || drained;
    }

    @Override
    public void close() {
        end(new Cancelled());
    }

    /** Ends it because of {@code failure}, unless it is over; null means that the answer came to its end. */
    void end(@Nullable GatewayException failure) {
        State before = state.getAndUpdate(now -> now.ended(failure));
        if (before.phase() != Phase.OVER) {
            release(before.phase(), failure);
        }
    }

    private void release(Phase phase, @Nullable GatewayException failure) {
        try {
            upstream.close();
        } finally {
            if (phase == Phase.STARTED) {
                ending.ended(this, failure, contract.usage());
            }
        }
    }
}
