package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Any bytes as the body of an answer: the same events however they arrive, and nothing but words when they are bad. */
public final class FuzzedStream {
    private static final int MAX_EVENT = 4096;
    private static final int ALL_CUTS = 512;

    private FuzzedStream() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        List<String> whole = events(new Pieces(input));
        int[] cuts = IntStream.range(0, Math.min(ALL_CUTS, input.length)).toArray();
        assertThat(events(new Pieces(input, cuts))).isEqualTo(whole);
        ChunkParser parser = Streams.parser();
        for (String event : whole) {
            try {
                Streams.parse(parser, event);
            } catch (GatewayException inWords) {
                assertThat(inWords.getMessage()).isNotBlank();
            }
        }
    }

    private static List<String> events(Pieces in) throws Exception {
        SseDecoder decoder = new SseDecoder(in, MAX_EVENT);
        List<String> events = new ArrayList<>();
        try {
            for (SseEvent event = decoder.next(); event != null; event = decoder.next()) {
                events.add(new String(event.bytes, event.offset, event.length, StandardCharsets.UTF_8));
            }
        } catch (GatewayException inWords) {
            events.add("!" + inWords.getMessage());
        }
        return events;
    }
}
