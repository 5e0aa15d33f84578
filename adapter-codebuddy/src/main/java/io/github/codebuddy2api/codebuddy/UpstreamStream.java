package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.spi.Time;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One answer: bytes to events, events to chunks, until the upstream says that it is done or its bytes end. */
final class UpstreamStream implements CompletionStream {
    private final AnswerBody body;
    private final SseDecoder decoder;
    private final ChunkParser parser;
    private final StreamDeadlines deadlines;
    private final Time time;
    // Read and written by the one reader, but for "draining", which tells a closer to leave the rest to the body.
    private @Nullable GatewayException failure;
    private @Nullable GatewayException seenAhead;
    private boolean ended;
    private boolean wasFinished;
    private volatile boolean draining;

    UpstreamStream(AnswerBody body, SseDecoder decoder, ChunkParser parser, StreamDeadlines deadlines, Time time) {
        this.body = body;
        this.decoder = decoder;
        this.parser = parser;
        this.deadlines = deadlines;
        this.time = time;
    }

    @Override
    public Optional<ChatChunk> next() {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(pull());
        } catch (IOException e) {
            return failOrEnd(body.failure(e));
        } catch (GatewayException e) {
            return failOrEnd(e);
        }
    }

    private @Nullable ChatChunk pull() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new Cancelled();
        }
        if (body.isEnded()) {
            throw body.failure(null);
        }
        if (seenAhead != null) {
            throw seenAhead;
        }
        SseEvent event = decoder.next();
        if (event == null) {
            return endOfBytes();
        }
        if (event.isDone()) {
            ended = true;
            draining = true;
            body.drain();
            return null;
        }
        ChatChunk chunk = parser.parse(event.bytes, event.offset, event.length);
        progressed();
        return chunk;
    }

    private @Nullable ChatChunk endOfBytes() {
        if (body.isEnded()) {
            throw body.failure(null);
        }
        ended = true;
        body.close();
        return null;
    }

    private void progressed() {
        if (wasFinished) {
            deadlines.progressedAfterFinish(time.nanoTime());
            return;
        }
        deadlines.progressed();
        if (parser.isFinished()) {
            wasFinished = true;
            deadlines.finish();
            body.tightened();
        }
    }

    /** A whole answer stays whole, whatever goes wrong behind it. */
    private Optional<ChatChunk> failOrEnd(GatewayException why) {
        body.close();
        if (parser.isFinished() && !(why instanceof Cancelled)) {
            ended = true;
            return Optional.empty();
        }
        failure = why;
        throw why;
    }

    @Override
    public boolean ready() {
        if (ended || failure != null || seenAhead != null || body.isEnded()) {
            return true;
        }
        try {
            return decoder.ready();
        } catch (IOException e) {
            seenAhead = body.failure(e);
        } catch (GatewayException e) {
            seenAhead = e;
        }
        return true;
    }

    @Override
    public void close() {
        if (!draining) {
            body.close();
        }
    }
}
