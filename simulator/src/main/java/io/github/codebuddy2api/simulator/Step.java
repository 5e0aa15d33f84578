package io.github.codebuddy2api.simulator;

import java.time.Duration;
import java.util.List;

/**
 * One thing the simulator does while it answers a request. A {@link Scenario} is a list of them, done in order on the
 * connection the request came from. The same steps have a text form, see {@link Scenario#parse(String)}.
 */
public sealed interface Step {

    /** Writes a status line and headers, exactly these and no other. */
    record Head(int status, List<Header> headers) implements Step {
        /** Takes a copy of the headers. */
        public Head {
            headers = List.copyOf(headers);
            if (status < 100 || status > 999) {
                throw new IllegalArgumentException("a status has three digits");
            }
        }
    }

    /** Writes bytes on the wire as they are, in one write. */
    record Send(Bytes bytes) implements Step {}

    /** Writes bytes as one HTTP chunk, in one write. */
    record Chunk(Bytes bytes) implements Step {}

    /** Writes the chunk of length zero that ends a chunked body, with trailers if there are any. */
    record LastChunk(List<Header> trailers) implements Step {
        /** Takes a copy of the trailers. */
        public LastChunk {
            trailers = List.copyOf(trailers);
        }
    }

    /** Waits. */
    record Pause(Duration length) implements Step {}

    /** Waits until {@link SimulatedCodeBuddy#open(String)} has opened the gate of that name. */
    record AwaitGate(String gate) implements Step {}

    /**
     * Writes {@code count} text events on a fixed schedule, kept to 2 ms, the first at once. The text of each is
     * {@code <number>@<System.nanoTime of its writing>} and a blank; numbers start at 0.
     */
    record Paced(int count, Duration interval) implements Step {}

    /** Does the steps {@code times} times over. */
    record Repeat(int times, List<Step> steps) implements Step {
        /** Takes a copy of the steps. */
        public Repeat {
            steps = List.copyOf(steps);
        }
    }

    /** Says nothing more until the peer leaves or the simulator is closed. */
    record Stall() implements Step {}

    /** Ends the connection with a TCP reset. */
    record Reset() implements Step {}

    /** Ends the connection in order (FIN), whatever the headers promised. */
    record Close() implements Step {}

    /** Ends the answer in order, but resets the connection when the first byte of a further request arrives on it. */
    record ResetOnNextRequest() implements Step {}
}
