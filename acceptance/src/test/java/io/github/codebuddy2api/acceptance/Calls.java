package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests with a bearer token, each on a connection of its own.
 *
 * @param authorization the value of that header; none is sent if it is empty
 */
record Calls(int port, String authorization) {
    /** The chat route of the original. */
    static final String CHAT = "/codebuddy/v1/chat/completions";

    /** As the owner of the password. */
    static Calls to(ServiceUnderTest service) {
        return new Calls(service.port(), "Bearer " + AppHome.PASSWORD);
    }

    /** As somebody else. */
    Calls as(String otherAuthorization) {
        return new Calls(port, otherAuthorization);
    }

    RawResponse get(String path) throws IOException {
        return ask("GET", path, "");
    }

    RawResponse post(String path, String json) throws IOException {
        return ask("POST", path, json, "Content-Type: application/json");
    }

    /** Sends a small request to the chat route. */
    RawResponse chat(String model, boolean stream, String... more) throws IOException {
        return post(CHAT, Asked.body(model, stream, more));
    }

    RawResponse ask(String method, String path, String body, String... headers) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(request(method, path, body, headers));
            return method.equals("HEAD") ? connection.readWithoutBody() : connection.read();
        }
    }

    /** Changes settings; the answer must be 200. */
    void change(String settings) throws IOException {
        RawResponse response = post("/api/settings", "{\"settings\":" + settings + "}");
        if (response.status() != 200) {
            throw new AssertionError(settings + " was not taken: " + response);
        }
    }

    /** The whole request as text. */
    String request(String method, String path, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        if (!authorization.isEmpty()) {
            request.append("Authorization: ").append(authorization).append("\r\n");
        }
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        if (!body.isEmpty() || !method.equals("GET")) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            request.append("Content-Length: ").append(length).append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }
}
