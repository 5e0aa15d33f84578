package io.github.codebuddy2api.acceptance;

import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Step;
import java.util.List;

/** Steps of scripted upstream answers. */
final class Streams {
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

    static Step done() {
        return event("[DONE]");
    }

    static Step end() {
        return new Step.LastChunk(List.of());
    }

    private static Step event(String data) {
        return new Step.Chunk(Bytes.utf8("data: " + data + "\n\n"));
    }
}
