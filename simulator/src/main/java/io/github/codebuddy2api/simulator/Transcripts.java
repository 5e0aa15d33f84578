package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Event streams kept as files, delivered whole, cut or changed as the rest of the name asks. */
final class Transcripts {
    /** Transcripts of streams that break off: they end with the connection, not with a tidy last chunk. */
    private static final Set<String> CUT_OFF = Set.of("t8", "tool-cut");

    /** A transcript and the ways in which it is to be delivered. */
    record Request(String transcript, List<Delivery> deliveries) {
        /** The name read from its end: words of delivery, then the transcript. */
        static Request of(String name) {
            List<Delivery> deliveries = new ArrayList<>();
            String rest = name;
            for (int dash = rest.lastIndexOf('-'); dash > 0; dash = rest.lastIndexOf('-')) {
                String word = rest.substring(dash + 1);
                Optional<Delivery> delivery = Stream.of(Delivery.values())
                        .filter(d -> d.word().equals(word))
                        .findFirst();
                if (delivery.isEmpty()) {
                    break;
                }
                deliveries.add(delivery.get());
                rest = rest.substring(0, dash);
            }
            deliveries.sort(null);
            return new Request(rest, deliveries);
        }
    }

    Optional<Supplier<Scenario>> find(String name) {
        Request request = Request.of(name);
        if (!request.transcript().matches("[a-z0-9-]+") || !exists(request.transcript())) {
            return Optional.empty();
        }
        return Optional.of(() -> scenario(request));
    }

    /** The bytes of a transcript. */
    static Bytes body(String transcript) {
        return resource(transcript.toLowerCase(Locale.ROOT) + ".sse");
    }

    static Bytes resource(String file) {
        try (InputStream in = Transcripts.class.getResourceAsStream("transcripts/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no transcript " + file);
            }
            return Bytes.of(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean exists(String transcript) {
        return Transcripts.class.getResource("transcripts/" + transcript + ".sse") != null;
    }

    private static Scenario scenario(Request request) {
        Bytes body = Delivery.changed(body(request.transcript()), request.deliveries());
        List<Bytes> pieces = Delivery.cut(body, request.deliveries());
        if (!CUT_OFF.contains(request.transcript())) {
            return Scenario.pieces(pieces);
        }
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream());
        pieces.forEach(piece -> steps.add(new Step.Chunk(piece)));
        steps.add(new Step.Close());
        return new Scenario(steps);
    }
}
