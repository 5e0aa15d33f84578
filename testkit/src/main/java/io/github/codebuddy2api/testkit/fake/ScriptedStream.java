package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Plays a {@link Script} for one call. */
final class ScriptedStream implements CompletionStream {
    private final Script script;
    private final UpstreamCall call;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Queue<Script.Step> left;

    ScriptedStream(Script script, UpstreamCall call) {
        this.script = script;
        this.call = call;
        this.left = new ArrayDeque<>(script.steps());
    }

    /** Plays what comes before the answer. */
    ScriptedStream accept() {
        for (Script.Step step : script.beforeAccepted()) {
            play(step);
        }
        call.accept();
        return this;
    }

    @Override
    public Optional<ChatChunk> next() {
        for (Script.Step step = left.peek(); step != null; step = left.peek()) {
            Optional<ChatChunk> chunk = play(step);
            left.remove();
            if (chunk.isPresent()) {
                return chunk;
            }
        }
        throwIfCancelled();
        return Optional.empty();
    }

    private Optional<ChatChunk> play(Script.Step step) {
        throwIfCancelled();
        return switch (step) {
            case Script.Step.Say say -> Optional.of(say.chunk());
            case Script.Step.Fail fail -> throw fail.failure();
            case Script.Step.Await await -> {
                waitAt(await.gate());
                yield Optional.empty();
            }
        };
    }

    private void waitAt(Gate gate) {
        try {
            CompletableFuture.anyOf(gate.arrive(), closed).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("neither a gate nor a stream can fail", e);
        }
        throwIfCancelled();
    }

    private void throwIfCancelled() {
        if (closed.isDone() || Thread.currentThread().isInterrupted()) {
            throw new Cancelled();
        }
    }

    @Override
    public boolean ready() {
        return left.peek() instanceof Script.Step.Say;
    }

    @Override
    public void close() {
        call.close();
        closed.complete(null);
    }
}
