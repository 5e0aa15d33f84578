package io.github.codebuddy2api.acceptance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client on a bare socket, which sees every byte and leaves as it wants to. Used by one thread. */
final class RawConnection implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads one whole response; its body may have been broken off, see {@link RawResponse#whole()}. */
    RawResponse read() throws IOException {
        return readBody(readHead());
    }

    /** Reads the response to a HEAD request. */
    RawResponse readWithoutBody() throws IOException {
        return readHead();
    }

    /** Reads status line and headers. */
    RawResponse readHead() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            lines.add(line);
        }
        return RawResponse.head(lines);
    }

    RawResponse readBody(RawResponse head) throws IOException {
        if (head.header("transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
            return readChunks(head);
        }
        if (head.status() == 204 || head.status() == 304) {
            return head;
        }
        if (head.header("content-length").isPresent()) {
            int length = Integer.parseInt(head.header("content-length").get());
            byte[] body = in.readNBytes(length);
            return head.withBody(List.of(body), body.length == length);
        }
        return head.withBody(List.of(in.readAllBytes()), true);
    }

    private RawResponse readChunks(RawResponse head) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        try {
            for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
                chunks.add(chunk);
            }
            return head.withBody(chunks, true);
        } catch (EOFException | SocketException brokenOff) {
            return head.withBody(chunks, false);
        }
    }

    /** Reads the next chunk; the last one is empty. */
    byte[] readChunk() throws IOException {
        int length = Integer.parseInt(readLine(), 16);
        byte[] chunk = in.readNBytes(length);
        if (chunk.length < length || !readLine().isEmpty()) {
            throw new EOFException("the connection ended within a chunk");
        }
        return chunk;
    }

    /** Reads until a chunk holds this text; returns it. */
    String readChunkWith(String text) throws IOException {
        while (true) {
            String chunk = new String(readChunk(), StandardCharsets.UTF_8);
            if (chunk.isEmpty()) {
                throw new EOFException("the answer ended before " + text);
            }
            if (chunk.contains(text)) {
                return chunk;
            }
        }
    }

    /** Whether the other side has ended the connection; waits for it until the hang guard. */
    boolean awaitEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** All bytes up to the end of the connection. */
    byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException reset) {
            // What had arrived before it is what is wanted.
        }
        return all.toByteArray();
    }

    /** Says that nothing more will be sent, and goes on reading. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Leaves in order. A bare close would reset if anything had not been read. */
    void leave() throws IOException {
        socket.shutdownOutput();
        socket.close();
    }

    /** Leaves with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended after: "
                        + line.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
