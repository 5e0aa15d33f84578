package io.github.codebuddy2api.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests off one connection, one after the other. Used by one thread. */
final class RequestReader {
    private static final int HEAD_LIMIT = 256 * 1024;
    private static final int BUFFER = 16 * 1024;

    /** What happens between the parts of a request. */
    interface Hooks {
        /** The first byte of a request has arrived. */
        void requestBegins() throws IOException, InterruptedException;

        /** The peer waits for a sign before it sends the body. */
        void continueExpected() throws IOException;
    }

    private final InputStream in;
    private final Hooks hooks;
    private final int bodyLimit;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private int headBytes;

    RequestReader(InputStream in, Hooks hooks, int bodyLimit) {
        this.in = in;
        this.hooks = hooks;
        this.bodyLimit = bodyLimit;
    }

    /**
     * The next request, or null when the peer ended the connection between two requests.
     *
     * @throws EOFException if it ended within one
     */
    @Nullable Request next() throws IOException, InterruptedException {
        headBytes = 0;
        if (from == to && !fill()) {
            return null;
        }
        hooks.requestBegins();
        String[] first = line().split(" ", 3);
        if (first.length != 3) {
            throw new IOException("not a request line");
        }
        List<Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.indexOf('\r') >= 0) {
                throw new IOException("not a header line");
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        Request head = new Request(first[0], first[1], headers, Bytes.empty());
        if (head.header("Expect").isPresent()) {
            hooks.continueExpected();
        }
        return new Request(first[0], first[1], headers, body(head));
    }

    private Bytes body(Request head) throws IOException {
        if (head.header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = head.header("Content-Length").orElse("0");
        return Bytes.of(exactly(parsed(length, 10)));
    }

    private Bytes chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headBytes = 0;
            String size = line();
            int semicolon = size.indexOf(';');
            int length = parsed(semicolon < 0 ? size : size.substring(0, semicolon), 16);
            if (length == 0) {
                while (!line().isEmpty()) {
                    // Trailers of a request mean nothing here.
                }
                return Bytes.of(body.toByteArray());
            }
            if (body.size() + (long) length > bodyLimit) {
                throw new IOException("body too long");
            }
            body.writeBytes(exactly(length));
            line();
        }
    }

    private int parsed(String number, int radix) throws IOException {
        try {
            int value = Integer.parseInt(number.strip(), radix);
            if (value >= 0 && value <= bodyLimit) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        throw new IOException("no usable length");
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            if (from == to && !fill()) {
                throw new EOFException();
            }
            int part = Math.min(length - done, to - from);
            System.arraycopy(buffer, from, bytes, done, part);
            from += part;
            done += part;
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        while (true) {
            if (from == to && !fill()) {
                throw new EOFException();
            }
            byte b = buffer[from++];
            if (b == '\n') {
                break;
            }
            line.write(b);
            if (++headBytes > HEAD_LIMIT) {
                throw new IOException("head too long");
            }
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer);
        from = 0;
        to = Math.max(count, 0);
        return count > 0;
    }
}
