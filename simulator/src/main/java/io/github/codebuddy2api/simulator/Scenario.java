package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the simulator does with one request: steps in order. When the last step has been done and none of them closed the
 * connection, it stays open for the next request. Unchangeable, so one may be used any number of times at once.
 */
public record Scenario(List<Step> steps) {
    /** Takes a copy of the steps. */
    public Scenario {
        steps = List.copyOf(steps);
    }

    /** These steps and nothing else. */
    public static Scenario of(Step... steps) {
        return new Scenario(List.of(steps));
    }

    /** Each run of bytes in a write of its own, exactly as given: status line and headers are the caller's. */
    public static Scenario raw(byte[]... writes) {
        return new Scenario(
                Stream.of(writes).<Step>map(w -> new Step.Send(Bytes.of(w))).toList());
    }

    /** A complete JSON answer. */
    public static Scenario json(int status, String body, Header... more) {
        return Heads.fixed(status, "application/json; charset=utf-8", Bytes.utf8(body), List.of(more));
    }

    /** A complete HTML answer as the edge in front of the service gives it. */
    public static Scenario html(int status, String body) {
        return Heads.fixed(status, "text/html", Bytes.utf8(body), List.of());
    }

    /** A complete event stream, every event a data line with this content, {@code pace} apart, the first at once. */
    public static Scenario events(List<String> contents, Duration pace) {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream());
        for (String content : contents) {
            if (steps.size() > 1 && pace.isPositive()) {
                steps.add(new Step.Pause(pace));
            }
            steps.add(new Step.Chunk(Bytes.utf8("data: " + content + "\n\n")));
        }
        steps.add(new Step.LastChunk(List.of()));
        return new Scenario(steps);
    }

    /** A complete chunked event stream whose body is delivered in these pieces, each an HTTP chunk and a write. */
    public static Scenario pieces(Collection<Bytes> pieces) {
        return new Scenario(Stream.of(
                        Stream.of(Heads.stream()),
                        pieces.stream().<Step>map(Step.Chunk::new),
                        Stream.of(new Step.LastChunk(List.of())))
                .<Step>flatMap(s -> s)
                .toList());
    }

    /** A complete event stream whose body is the file, one event per write. */
    public static Scenario file(Path file) throws IOException {
        return pieces(Delivery.byEvent(Bytes.of(Files.readAllBytes(file))));
    }

    /**
     * The steps written as text, one a line; the language is described in the module's README.
     *
     * @throws IllegalArgumentException naming the line that cannot be understood
     */
    public static Scenario parse(String text) {
        return ScriptParser.scenario(text);
    }

    /** This scenario followed by more steps. */
    public Scenario then(Step... more) {
        return new Scenario(Stream.concat(steps.stream(), Stream.of(more)).toList());
    }

    /** This scenario preceded by other steps. */
    Scenario after(Step... earlier) {
        return new Scenario(Stream.concat(Stream.of(earlier), steps.stream()).toList());
    }

    @Override
    public String toString() {
        return "Scenario[" + steps.size() + " steps]";
    }
}
