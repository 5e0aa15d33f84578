package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.api.UsageReport;
import io.github.codebuddy2api.core.usage.UsageSummary;
import io.github.codebuddy2api.core.usage.UsageSummary.Counts;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was asked and spent: {@code GET /api/stats}. Thread-safe. */
public final class StatsHandler implements Handler {
    private final Supplier<UsageReport> usage;

    /** Asks {@code usage} for each answer, since a gateway may have none. */
    public StatsHandler(Supplier<UsageReport> usage) {
        this.usage = usage;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        UsageSummary summary = usage.get().summary();
        Bodies.json(request, response, json -> {
            requests(json, "model_usage", summary.byModel());
            requests(json, "credential_usage", summary.byCredential());
            json.number("since", summary.since().getEpochSecond())
                    .object("total", total -> counts(total, summary.total()))
                    .object("models", models -> each(models, summary.byModel()))
                    .object("credentials", credentials -> each(credentials, summary.byCredential()))
                    .objects("hours", summary.hours(), (item, hour) -> {
                        item.number("start", hour.start().getEpochSecond());
                        counts(item, hour.counts());
                    });
        });
    }

    /** The busiest first, and those alike by name, so that two answers can be compared. */
    private static List<Map.Entry<String, Counts>> sorted(Map<String, Counts> counts) {
        Comparator<Map.Entry<String, Counts>> byRequests =
                Comparator.comparingLong(entry -> -entry.getValue().requests());
        return counts.entrySet().stream()
                .sorted(byRequests.thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static void requests(JsonObject json, String name, Map<String, Counts> counts) {
        json.object(
                name,
                each -> sorted(counts)
                        .forEach(entry ->
                                each.number(entry.getKey(), entry.getValue().requests())));
    }

    private static void each(JsonObject json, Map<String, Counts> counts) {
        sorted(counts).forEach(entry -> json.object(entry.getKey(), one -> counts(one, entry.getValue())));
    }

    private static void counts(JsonObject json, Counts counts) {
        json.number("requests", counts.requests())
                .object(
                        "failures",
                        failures -> counts.failures().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .forEach(entry -> failures.number(entry.getKey(), entry.getValue())))
                .number("prompt_tokens", counts.promptTokens())
                .number("completion_tokens", counts.completionTokens())
                .number("cached_tokens", counts.cachedTokens())
                .decimal("credit", Double.isFinite(counts.credit()) ? BigDecimal.valueOf(counts.credit()) : null)
                .number(
                        "mean_time_to_first_chunk_ms",
                        counts.timeToFirstChunk().map(Duration::toMillis).orElse(null));
    }
}
