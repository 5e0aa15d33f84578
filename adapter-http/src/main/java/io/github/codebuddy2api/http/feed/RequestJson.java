package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.http.feed.Seen.Attempt;
import io.github.codebuddy2api.http.feed.Seen.Progress;
import io.github.codebuddy2api.http.feed.Seen.Spent;
import io.github.codebuddy2api.http.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as the admin page reads it; null is what is not known, or not yet. */
final class RequestJson {
    private RequestJson() {}

    static void write(JsonObject json, Seen request) {
        Seen.Opening opening = request.opening();
        Progress progress = request.progress();
        json.text("id", opening.id())
                .text("model", opening.model())
                .flag("streamed", opening.streamed())
                .number("started_at_ms", opening.at().toEpochMilli())
                .text("state", word(progress.state()))
                .text("outcome", progress.outcome() == null ? null : word(progress.outcome()))
                .text("code", progress.code())
                .number("status", whole(progress.status()))
                .text("credential", text(progress.credential()))
                .number("first_chunk_ms", millis(progress.timings().firstChunk()))
                .number("duration_ms", millis(progress.timings().whole()));
        spent(json, progress.spent());
        json.objects("attempts", request.attempts(), RequestJson::attempt);
    }

    private static void spent(JsonObject json, @Nullable Spent spent) {
        json.number("prompt_tokens", spent == null ? null : spent.promptTokens())
                .number("completion_tokens", spent == null ? null : spent.completionTokens())
                .number("cached_tokens", spent == null ? null : spent.cachedTokens())
                .decimal("credit", spent == null ? null : spent.credit());
    }

    private static void attempt(JsonObject json, Attempt attempt) {
        json.text("credential", text(attempt.credential()))
                .number("at_ms", attempt.at().toMillis())
                .text("code", attempt.code())
                .objects("considered", attempt.considered(), RequestJson::considered);
    }

    private static void considered(JsonObject json, Considered considered) {
        Instant until = considered.until();
        json.text("credential", considered.credential().value())
                .text("name", considered.name())
                .text("standing", word(considered.standing()));
        if (until != null) {
            json.number("until", until.getEpochSecond());
        }
        if (considered.code() != null) {
            json.text("code", considered.code());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable CredentialId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable Long whole(@Nullable Integer value) {
        return value == null ? null : Long.valueOf(value);
    }

    private static @Nullable Long millis(@Nullable Duration length) {
        return length == null ? null : length.toMillis();
    }
}
