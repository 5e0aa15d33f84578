package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.usage.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One use as one line of JSON with short names; {@code v} is the version of the form. Thread-safe. */
final class UsageLine {
    private static final int VERSION = 1;

    private final JsonMapper mapper = new JsonMapper();

    /** The line without its end. */
    String write(UsageRecord usage) {
        ObjectNode line = mapper.createObjectNode()
                .put("v", VERSION)
                .put("t", usage.endedAt().toEpochMilli())
                .put("m", usage.model())
                .put("c", usage.credential().value())
                .put("n", usage.credentialName())
                .put("a", usage.attempts());
        usage.failureCode().ifPresent(code -> line.put("f", code));
        if (usage.timeToFirstChunk() != null) {
            line.put("w", usage.timeToFirstChunk().toMillis());
        }
        line.put("d", usage.duration().toMillis())
                .put("p", usage.promptTokens())
                .put("o", usage.completionTokens())
                .put("k", usage.cachedTokens())
                .put("x", usage.credit());
        return mapper.writeValueAsString(line);
    }

    /** The use, if the line is whole and of this version. */
    Optional<UsageRecord> read(String line) {
        try {
            JsonNode json = mapper.readTree(line);
            return json.path("v").asInt(0) == VERSION ? Optional.of(record(json)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | ArithmeticException torn) {
            return Optional.empty();
        }
    }

    private static UsageRecord record(JsonNode json) {
        return new UsageRecord(
                Instant.ofEpochMilli(json.required("t").longValue()),
                json.required("m").stringValue(),
                new CredentialId(json.required("c").stringValue()),
                json.path("n").asString(""),
                json.path("a").asInt(1),
                text(json.path("f")),
                json.path("p").asLong(0),
                json.path("o").asLong(0),
                json.path("k").asLong(0),
                json.path("x").asDouble(0),
                millis(json.path("w")),
                Duration.ofMillis(json.path("d").asLong(0)));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static @Nullable Duration millis(JsonNode node) {
        return node.isNumber() ? Duration.ofMillis(node.longValue()) : null;
    }
}
