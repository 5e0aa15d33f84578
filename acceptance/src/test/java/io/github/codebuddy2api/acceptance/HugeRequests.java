package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Requests far larger than any that can be meant, sent as they are made. */
final class HugeRequests {
    private static final int BLOCK = 64 * 1024;
    private static final int ANSWER_LIMIT_MILLIS = 60_000;

    private HugeRequests() {}

    /** One of them: what goes first, what is repeated until so many bytes have gone or nobody takes any more. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them, and the block is never written to.
    record Huge(String name, String head, byte[] repeated, long bytes) {
        /** Sends it; what came of it: a status, or that the connection was closed. */
        String send(int port) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
                try {
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                    for (long sent = 0; sent < bytes; sent += repeated.length) {
                        socket.getOutputStream().write(repeated);
                    }
                    socket.shutdownOutput();
                } catch (IOException notTaken) {
                    // What was answered to it may still be read.
                }
                return outcome(socket);
            }
        }

        private static String outcome(Socket socket) {
            try {
                byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
                return start.length == 0 ? "closed" : new String(start, StandardCharsets.US_ASCII).substring(9);
            } catch (SocketTimeoutException nothing) {
                throw new AssertionError("neither answered nor closed", nothing);
            } catch (IOException reset) {
                return "closed";
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All kinds of them, with so many bytes at most. */
    static List<Huge> ofBytes(long bytes) {
        String withLength = Asked.request("");
        String chunked = withLength.replace("Content-Length: 0", "Transfer-Encoding: chunked");
        byte[] letters = filled('x');
        return List.of(
                new Huge(
                        "a body with its length",
                        withLength.replace("Content-Length: 0", "Content-Length: " + bytes) + "{\"model\":\"",
                        letters,
                        bytes),
                new Huge("a body in chunks", chunked, chunk(), bytes),
                new Huge(
                        "a body in one chunk",
                        chunked + Long.toHexString(bytes).toUpperCase(Locale.ROOT) + "\r\n",
                        letters,
                        bytes),
                new Huge("a chunk extension", chunked + "1;x=", letters, bytes),
                new Huge("a trailer", chunked + "1\r\n{\r\n0\r\nX: ", letters, bytes),
                new Huge("a header", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: ", letters, bytes),
                new Huge("headers", "GET /health HTTP/1.1\r\nHost: localhost\r\n", lines(), bytes),
                new Huge("a request line", "GET /", letters, bytes),
                new Huge("a method", "", letters, bytes));
    }

    /** Bodies just within the limit of bytes, whose structure is what is large. */
    static List<Huge> ofStructure(int count) {
        return List.of(
                body("nested arrays", "[".repeat(count)),
                body("nested objects", "{\"a\":".repeat(count)),
                body("a number", "7".repeat(count)),
                body("an exponent", "1e" + "9".repeat(count)),
                body("keys", keys(count)),
                body("items", "[" + "1,".repeat(count) + "1]}"),
                body("a string of escapes", "\"" + "\\u0041".repeat(count) + "\"}"));
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder("{");
        for (int key = 0; key < count; key++) {
            keys.append("\"k").append(key).append("\":1,");
        }
        return keys.append("\"k\":1}}").toString();
    }

    private static Huge body(String name, String value) {
        String good = Asked.body("hy3", false);
        String body = good.substring(0, good.length() - 1) + ",\"x\":" + value;
        String head = Asked.request("").replace("Content-Length: 0", "Content-Length: " + body.length());
        return new Huge(name, head, body.getBytes(StandardCharsets.US_ASCII), body.length());
    }

    private static byte[] filled(char letter) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) letter);
        return block;
    }

    private static byte[] chunk() {
        return (Integer.toHexString(BLOCK) + "\r\n" + "x".repeat(BLOCK) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] lines() {
        return "X-Another: header\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    }
}
