package io.github.codebuddy2api.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One of the clients of {@code node/streams.mjs}; one process reads all the answers. */
record NodeReader(String client) implements AnswerReader {
    private static final int LIMIT_SECONDS = 40 * 60;

    @Override
    public List<Reading> read(ServiceUnderTest service, List<Question> questions) throws Exception {
        NodeFolder folder = new NodeFolder(Packaged.acceptance().resolve("node"));
        folder.install();
        Path file = Files.createTempFile("questions", ".json");
        try {
            Files.writeString(file, questions.stream().map(this::json).collect(Collectors.joining(",", "[", "]")));
            String output = folder.execute(
                    LIMIT_SECONDS,
                    Map.of(),
                    "node",
                    "streams.mjs",
                    service.baseUrl(),
                    AppHome.PASSWORD,
                    file.toString());
            return readings(output, questions.size());
        } finally {
            Files.delete(file);
        }
    }

    private static List<Reading> readings(String output, int count) throws IOException {
        Reading[] readings = new Reading[count];
        output.lines()
                .map(Json::read)
                .forEach(line -> readings[line.path("question").asInt()] = reading(line));
        if (Arrays.asList(readings).contains(null)) {
            throw new IOException("not every question was answered");
        }
        return List.of(readings);
    }

    private static Reading reading(JsonNode line) {
        return new Reading(line.path("failed").asBoolean(), line.path("told").asText());
    }

    private String json(Question question) {
        return "{\"client\":\"" + client + "\",\"model\":" + Json.quoted(question.model()) + ",\"stream\":"
                + question.stream() + "}";
    }
}
