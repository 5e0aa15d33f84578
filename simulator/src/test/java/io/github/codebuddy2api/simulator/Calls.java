package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A well-behaved client, for tests of what is said rather than of how it travels. */
final class Calls {
    private static final int LIMIT_MILLIS = 20_000;

    private final URI base;

    Calls(URI base) {
        this.base = base;
    }

    /** One answer. */
    record Answer(HttpURLConnection connection, int status, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(connection.getHeaderField(name));
        }

        Json json() {
            return JsonReader.read(body);
        }
    }

    Answer get(String path, String accessToken, String... headers) throws IOException {
        return call("GET", path, accessToken, null, headers);
    }

    Answer post(String path, String accessToken, String body, String... headers) throws IOException {
        return call("POST", path, accessToken, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer chat(String body) throws IOException {
        return post("/v2/chat/completions", "made-up", body);
    }

    Answer call(String method, String path, String accessToken, byte[] body, String... headers) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setReadTimeout(LIMIT_MILLIS);
        connection.setRequestProperty("User-Agent", "CLI/2.107.0 CodeBuddy/2.107.0");
        if (!accessToken.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + accessToken);
        }
        for (int at = 0; at < headers.length; at += 2) {
            connection.setRequestProperty(headers[at], headers[at + 1]);
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body);
        }
        int status = connection.getResponseCode();
        InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        try (InputStream answer = in == null ? InputStream.nullInputStream() : in) {
            return new Answer(connection, status, new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
