package io.github.codebuddy2api.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Chat requests as bytes. */
final class Asked {
    static final String CHAT = "/v1/chat/completions";

    private Asked() {}

    /** A small body; {@code more} are further members, each with a comma before it. */
    static String body(String model, boolean stream, String... more) {
        return "{\"model\":" + Json.quoted(model) + ",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Name one prime number.\"}]" + String.join("", more)
                + "}";
    }

    /** A whole request for the chat route. */
    static String request(String body, String... headers) {
        StringBuilder request = new StringBuilder("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\n");
        request.append("Authorization: Bearer ").append(AppHome.PASSWORD).append("\r\n");
        request.append("Content-Type: application/json\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n");
        return request.append(body).toString();
    }

    /** Sends one small request on a connection of its own. */
    static RawResponse chat(ServiceUnderTest service, String model, boolean stream, String... more) throws IOException {
        try (RawConnection connection = service.connect()) {
            connection.send(request(body(model, stream, more)));
            return connection.read();
        }
    }

    /** A whole request for the chat route with a body of any bytes. */
    static byte[] requestWith(byte[] body) {
        String head = request("").replace("Content-Length: 0", "Content-Length: " + body.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
