package io.github.codebuddy2api.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One plain request to a service on this machine. A whole HTTP client would take longer to load than the request itself,
 * and this runs every few seconds for as long as a container lives.
 */
final class LoopbackCall {
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final String OK = "HTTP/1.1 200 ";

    private final InetSocketAddress service;
    private final int limitMillis;

    /**
     * Asks the service at this address.
     *
     * @param limit for connecting, and for each wait for further bytes
     */
    LoopbackCall(InetSocketAddress service, Duration limit) {
        this.service = service;
        this.limitMillis = Math.toIntExact(limit.toMillis());
    }

    /** Where a service that listens on this host is reached from the same machine. */
    static InetSocketAddress reach(String host, int port) throws IOException {
        InetAddress listens = InetAddress.getByName(host);
        return new InetSocketAddress(listens.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listens, port);
    }

    /** The answer to a GET, if its status is 200. */
    String get(String path) throws IOException {
        return answer("GET " + path + " HTTP/1.1\r\n", "");
    }

    /** The answer to JSON sent with this authorization, as it came over the wire, if its status is 200. */
    String post(String path, String authorization, String json) throws IOException {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return answer(
                "POST %s HTTP/1.1\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                        .formatted(path, authorization, length),
                json);
    }

    private String answer(String head, String body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(limitMillis);
            socket.connect(service, limitMillis);
            String request = head + "Host: localhost:" + service.getPort() + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = text(socket.getInputStream());
            if (!answer.startsWith(OK)) {
                throw new IOException(
                        "it answered " + answer.lines().findFirst().orElse("nothing"));
            }
            return answer;
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
    }
}
