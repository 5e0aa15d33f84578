package io.github.codebuddy2api.acceptance;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.util.List;

/** Upstream answers that are odd and yet whole, whose text is always the same. */
final class Oddities {
    static final String TEXT = "Seven is prime.";

    static final List<String> MODELS = List.of(
            "sim-t1",
            "sim-t1-bytes",
            "sim-t1-awkward",
            "sim-t1-whole",
            "sim-t1-crlf",
            "sim-t1-crlf-bytes",
            "sim-t1-cr",
            "sim-t1-cr-awkward",
            "sim-t1-mixed-bytes",
            "sim-t1-pings-crlf-awkward",
            "sim-data-no-space",
            "sim-multiline-data",
            "sim-bom",
            "sim-event-lines",
            "sim-no-blank-lines",
            "sim-no-final-newline",
            "sim-comments-then-text",
            "sim-oddities",
            "sim-no-done",
            "no-last-chunk",
            "sim-many-events-one-chunk",
            "sim-early-hints",
            "sim-chunk-extension",
            "sim-close-delimited",
            "sim-content-length",
            "length-too-long",
            "length-too-short",
            "sim-trailer",
            "sim-no-content-type",
            "sim-upper-content-type",
            "sim-double-finish",
            "sim-double-done",
            "sim-double-usage",
            "sim-after-finish",
            "sim-after-done");

    /**
     * Sends more than its length told and then closes, and so breaks the connection for whoever was given it meanwhile:
     * in a crowd another request would fail for want of an answer.
     */
    static final String SPOILS_ITS_CONNECTION = "length-too-short";

    private Oddities() {}

    /** Scripts those of them that the simulator does not know by itself. */
    static void script(SimulatedCodeBuddy simulator) {
        simulator.script("length-too-long", Streams.wrongLength("t1", 100));
        simulator.script(SPOILS_ITS_CONNECTION, Streams.wrongLength("t1", -40));
        simulator.script("no-last-chunk", Streams.brokenOff("t1", Integer.MAX_VALUE, new Step.Close()));
    }
}
