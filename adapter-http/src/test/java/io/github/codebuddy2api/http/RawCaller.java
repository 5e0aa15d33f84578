package io.github.codebuddy2api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A caller who sees every byte. */
final class RawCaller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final int port;
    private final InputStream in;

    /** A response: status, headers in lower case (each value of one on its own line), body without its chunk framing. */
    record Response(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    RawCaller(int port) {
        this(InetAddress.getLoopbackAddress(), port);
    }

    /** From an address of this machine. */
    RawCaller(InetAddress from, int port) {
        this.port = port;
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    RawCaller send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawCaller send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A GET or the like, with the password. */
    RawCaller ask(String method, String path) {
        return send(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer "
                + Served.PASSWORD + "\r\n\r\n");
    }

    /** A chat request with the password. */
    RawCaller post(String json) {
        return post(json.getBytes(StandardCharsets.UTF_8));
    }

    RawCaller post(byte[] json) {
        return post("/v1/chat/completions", json, "");
    }

    RawCaller post(String path, byte[] json, String moreHeaders) {
        send(head(path, json.length, moreHeaders));
        return send(json);
    }

    String head(String path, int length, String moreHeaders) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer "
                + Served.PASSWORD + "\r\nContent-Type: application/json\r\n" + moreHeaders + "Content-Length: "
                + length + "\r\n\r\n";
    }

    /** The next line, without its end; empty at the end of the head; fails at the end of the connection. */
    String line() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new AssertionError("the connection ended after: " + line);
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of the next response; its body is still to be read. */
    Response readHead() {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, next) -> first + "\n" + next);
        }
        return new Response(Integer.parseInt(status.split(" ")[1]), headers, "");
    }

    /** The next response, whole. */
    Response response() {
        Response head = readHead();
        boolean chunked = head.header("transfer-encoding").equals("chunked");
        String body = chunked ? allChunks() : bytes(Integer.parseInt("0" + head.header("content-length")));
        return new Response(head.status(), head.headers(), body);
    }

    /** The response to HEAD. */
    Response headOnly() {
        return readHead();
    }

    /** The data of the next chunk; empty for the last one. */
    String chunk() {
        String data = bytes(Integer.parseInt(line(), 16));
        line();
        return data;
    }

    /** The data of all chunks that are left. */
    String allChunks() {
        StringBuilder body = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            body.append(chunk);
        }
        return body.toString();
    }

    String bytes(int length) {
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new AssertionError("the connection ended in a body");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server closes, after sending nothing more. */
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
