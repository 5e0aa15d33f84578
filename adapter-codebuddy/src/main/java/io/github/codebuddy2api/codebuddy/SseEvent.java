package io.github.codebuddy2api.codebuddy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The data of one event as bytes, in the decoder's own buffer: good until the next event is asked for. Not thread-safe.
 */
final class SseEvent {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    byte[] bytes = DONE;
    int offset;
    int length;

    void set(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** Whether it is the end mark, which is the whole data and never a part of it. */
    boolean isDone() {
        int from = offset;
        int to = offset + length;
        while (from < to && bytes[from] == ' ') {
            from++;
        }
        while (from < to && bytes[to - 1] == ' ') {
            to--;
        }
        return Arrays.equals(bytes, from, to, DONE, 0, DONE.length);
    }
}
