package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.Usage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** Reads the token counts (protocol sheet, 6.4). A count that is missing or no count is unknown, not zero. Pure. */
final class UsageParser {
    /** Beyond these a number is no credit, and writing it out could fill the memory. */
    private static final int MAX_CREDIT_SCALE = 40;

    private static final int MAX_CREDIT_PRECISION = 60;

    private UsageParser() {}

    /** The usage that {@code source} says, which is one JSON object. */
    static Usage parse(Json.Source source) {
        JsonNode usage = source.tree();
        return new Usage(
                count(usage.path("prompt_tokens")),
                count(usage.path("completion_tokens")),
                count(usage.path("total_tokens")),
                firstPositive(
                        usage.path("prompt_cache_hit_tokens"),
                        usage.path("cache_read_input_tokens"),
                        usage.path("prompt_tokens_details").path("cached_tokens"),
                        usage.path("cached_tokens")),
                firstPositive(
                        usage.path("completion_tokens_details").path("reasoning_tokens"),
                        usage.path("reasoning_tokens"),
                        usage.path("completion_thinking_tokens")),
                credit(usage.path("credit")),
                rest(source));
    }

    private static @Nullable Long count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? value.longValue()
                : null;
    }

    /** Zero if all that are known are zero, null if none is known. */
    private static @Nullable Long firstPositive(JsonNode... values) {
        Long first = null;
        for (JsonNode value : values) {
            Long count = count(value);
            if (count != null && (first == null || first == 0)) {
                first = count;
            }
        }
        return first;
    }

    private static @Nullable BigDecimal credit(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        BigDecimal credit = value.decimalValue();
        boolean meant = credit.signum() >= 0
                && Math.abs(credit.scale()) <= MAX_CREDIT_SCALE
                && credit.precision() <= MAX_CREDIT_PRECISION;
        return meant ? credit : null;
    }

    private static Map<String, RawJson> rest(Json.Source source) {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        try (JsonParser json = source.parser()) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "prompt_tokens", "completion_tokens", "total_tokens" -> json.skipChildren();
                    default -> rest.put(name, source.raw(json));
                }
            }
        }
        return rest;
    }
}
