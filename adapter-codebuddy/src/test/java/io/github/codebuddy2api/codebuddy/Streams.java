package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import io.github.codebuddy2api.core.chat.CompletionStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The recorded streams, and the short way from bytes to events, chunks and answers. */
final class Streams {
    static final List<String> RECORDED = List.of(
            "t1-plain-text",
            "t2-reasoning-no-empty-lines",
            "t3-tool-calls-index-always-0",
            "t4-tool-calls-no-index",
            "t5-error-in-mid-stream",
            "t6-image",
            "t8-cut-off",
            "t9-length-no-done",
            "every-framing");

    private static final int LIMIT = 1024 * 1024;

    private Streams() {}

    static byte[] bytes(String name) {
        try (InputStream file = Streams.class.getResourceAsStream("streams/" + name + ".sse")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] withLineEnds(byte[] bytes, String lineEnd) {
        return utf8(new String(bytes, StandardCharsets.UTF_8).replace("\n", lineEnd));
    }

    static List<String> events(InputStream in) {
        return events(new SseDecoder(in, LIMIT));
    }

    static List<String> events(SseDecoder decoder) {
        try {
            List<String> events = new ArrayList<>();
            for (SseEvent event = decoder.next(); event != null; event = decoder.next()) {
                events.add(new String(event.bytes, event.offset, event.length, StandardCharsets.UTF_8));
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ChunkParser parser() {
        return new ChunkParser(new UpstreamFailures(new RealTime())::ofEvent);
    }

    static ChatChunk parse(String event) {
        return parse(parser(), event);
    }

    static ChatChunk parse(ChunkParser parser, String event) {
        byte[] bytes = utf8("##" + event + "##");
        return parser.parse(bytes, 2, bytes.length - 4);
    }

    /** The answer that these events make; the first failure is thrown. */
    static ChatCompletion answer(List<String> events) {
        return CompletionAggregator.aggregate(stream(events));
    }

    /** The chunks of these events, up to the end mark; the first failure is thrown where it stands. */
    static CompletionStream stream(List<String> events) {
        ChunkParser parser = parser();
        return stream(events.stream()
                .takeWhile(event -> !event.equals("[DONE]"))
                .map(event -> parse(parser, event))
                .iterator());
    }

    private static CompletionStream stream(Iterator<ChatChunk> chunks) {
        return new CompletionStream() {
            @Override
            public Optional<ChatChunk> next() throws GatewayException {
                return chunks.hasNext() ? Optional.of(chunks.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
