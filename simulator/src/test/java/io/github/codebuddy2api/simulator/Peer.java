package io.github.codebuddy2api.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket, for tests that must see every byte or leave in a certain way. */
final class Peer implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 20_000;

    private final Socket socket;

    Peer(URI base) throws IOException {
        this.socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(READ_LIMIT_MILLIS);
    }

    static String chatBody(String model, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":["
                + "{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Hello\"}]" + more
                + "}";
    }

    void chat(String model) throws IOException {
        chat(chatBody(model, ""), "made-up");
    }

    void chat(String body, String accessToken) throws IOException {
        post("/v2/chat/completions", accessToken, body);
    }

    void post(String path, String accessToken, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: CLI/1\r\nAuthorization: Bearer "
                + accessToken + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads until the text has been seen, and returns everything up to its end. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < text.length() || read.indexOf(text, read.length() - text.length()) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("ended after " + read.length() + " bytes");
            }
            read.append((char) b);
        }
        return read.toString();
    }

    /** Reads the head of an answer. */
    String readHead() throws IOException {
        return readUntil("\r\n\r\n");
    }

    /** Reads a chunked body to its last chunk, without extensions and trailers. */
    Bytes readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(readUntil("\r\n").strip(), 16);
            body.writeBytes(socket.getInputStream().readNBytes(length));
            readUntil("\r\n");
            if (length == 0) {
                return Bytes.of(body.toByteArray());
            }
        }
    }

    /** Reads all there is until the simulator ends the connection in order. */
    Bytes readToEnd() throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return Bytes.of(in.readAllBytes());
        }
    }

    /** Leaves in order, and reads what still comes: closing on unread bytes would turn the end into a reset. */
    void leave() throws IOException {
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        socket.close();
    }

    /** Leaves in order without reading on. */
    void abandon() throws IOException {
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
}
