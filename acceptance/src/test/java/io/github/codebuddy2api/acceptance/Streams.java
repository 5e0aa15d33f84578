package io.github.codebuddy2api.acceptance;

import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Steps of scripted upstream answers. */
final class Streams {
    private static final Step READ_FIRST = new Step.Pause(Duration.ofMillis(300));

    private Streams() {}

    static Step head() {
        return new Step.Head(
                200,
                List.of(
                        new Header("Content-Type", "text/event-stream; charset=utf-8"),
                        new Header("Transfer-Encoding", "chunked")));
    }

    static Step text(String text) {
        return event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + Json.quoted(text)
                + "},\"finish_reason\":null}]}");
    }

    static Step finish() {
        return event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    }

    /** A whole answer of one text. */
    static Scenario answer(String text) {
        return Scenario.of(head(), text(text), finish(), done(), end());
    }

    static Step done() {
        return event("[DONE]");
    }

    static Step end() {
        return new Step.LastChunk(List.of());
    }

    /**
     * The first bytes of one of the simulator's transcripts, and then this end. The pause lets the bytes be read first,
     * because an end that comes along with them can overtake them within the JDK's client, and then counts as an end
     * before the answer.
     */
    static Scenario brokenOff(String transcript, int length, Step... ending) {
        Bytes body = transcript(transcript);
        return Scenario.of(head(), new Step.Chunk(body.slice(0, Math.min(length, body.length()))), READ_FIRST)
                .then(ending);
    }

    /** A whole transcript behind a wrong length, and the end of the connection. */
    static Scenario wrongLength(String transcript, int wrongBy) {
        Bytes body = transcript(transcript);
        Header length = new Header("Content-Length", Integer.toString(body.length() + wrongBy));
        return Scenario.of(
                new Step.Head(200, List.of(new Header("Content-Type", "text/event-stream"), length)),
                new Step.Send(body),
                READ_FIRST,
                new Step.Close());
    }

    /** The bytes of one of the simulator's transcripts. */
    static Bytes transcript(String name) {
        try (InputStream in = SimulatedCodeBuddy.class.getResourceAsStream("transcripts/" + name + ".sse")) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step event(String data) {
        return new Step.Chunk(Bytes.utf8("data: " + data + "\n\n"));
    }
}
