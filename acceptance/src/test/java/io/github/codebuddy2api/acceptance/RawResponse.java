package io.github.codebuddy2api.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A response as it was on the wire.
 *
 * @param headers the lines below the status line, as they came
 * @param chunks the body, by HTTP chunk if it was chunked
 * @param whole whether the body came to the end that its framing promised
 */
record RawResponse(int status, List<String> headers, List<byte[]> chunks, boolean whole) {
    static RawResponse head(List<String> lines) {
        String[] statusLine = lines.getFirst().split(" ", 3);
        if (!statusLine[0].equals("HTTP/1.1")) {
            throw new AssertionError("not a status line: " + lines.getFirst());
        }
        return new RawResponse(
                Integer.parseInt(statusLine[1]), List.copyOf(lines.subList(1, lines.size())), List.of(), true);
    }

    RawResponse withBody(List<byte[]> body, boolean isWhole) {
        return new RawResponse(status, headers, List.copyOf(body), isWhole);
    }

    /** The value of the one header of that name. */
    Optional<String> header(String name) {
        List<String> values = headers.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
        if (values.size() > 1) {
            throw new AssertionError(name + " came more than once: " + values);
        }
        return values.stream().findFirst();
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(all::writeBytes);
        return all.toByteArray();
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return Json.read(text());
    }

    /** The error object of the body. */
    JsonNode error() {
        return json().path("error");
    }

    @Override
    public String toString() {
        return status + " " + headers + "\n" + text() + (whole ? "" : "(broken off)");
    }
}
