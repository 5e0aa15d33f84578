package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one answer and tells the journal of every write. Used by one thread. */
final class Wire {
    private static final byte[] EVENT = {'d', 'a', 't', 'a', ':'};

    private final OutputStream out;
    private final Exchange exchange;
    private int matched;
    private boolean started;

    Wire(OutputStream out, Exchange exchange) {
        this.out = out;
        this.exchange = exchange;
    }

    /** The next write is the last one. */
    void ending() {
        exchange.ending();
    }

    void head(Step.Head head) throws IOException {
        byte[] bytes = Heads.wire(head);
        write(bytes, new byte[0]);
    }

    void send(byte[] bytes) throws IOException {
        write(bytes, bytes);
    }

    void chunk(byte[] bytes) throws IOException {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, framed, 0, size.length);
        System.arraycopy(bytes, 0, framed, size.length, bytes.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        write(framed, bytes);
    }

    void lastChunk(List<Header> trailers) throws IOException {
        StringBuilder text = new StringBuilder("0\r\n");
        trailers.forEach(trailer -> Heads.line(text, trailer));
        write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), new byte[0]);
    }

    private void write(byte[] bytes, byte[] payload) throws IOException {
        boolean event = matched < EVENT.length && eventIn(payload);
        if (event || !started) {
            started = true;
            exchange.writing(event);
        }
        out.write(bytes);
        exchange.wrote(bytes.length);
    }

    /** Whether a {@code data:} has begun, in these bytes or across this and earlier writes. */
    private boolean eventIn(byte[] payload) {
        for (int at = 0; at < payload.length && matched < EVENT.length; at++) {
            if (payload[at] == EVENT[matched]) {
                matched++;
            } else {
                matched = payload[at] == EVENT[0] ? 1 : 0;
            }
        }
        return matched == EVENT.length;
    }
}
