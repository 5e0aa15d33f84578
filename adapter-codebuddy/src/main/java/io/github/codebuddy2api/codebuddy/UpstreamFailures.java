package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.RequestRefused;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream's refusals mean (protocol sheet, 5.2): one table for what it says with an HTTP status, in the body of
 * a 200, and among the events of an answer. A code it knows decides; then certain words; then the status. Thread-safe.
 */
final class UpstreamFailures {
    private static final List<String> TOO_LONG = List.of(
            "input length too long", "prompt is too long", "context_window_exceeded", "context_length_exceeded");
    private static final String NO_SYSTEM_MESSAGE = "first message is not system prompt";

    private final Time time;
    private final Map<String, Meaning> meanings = new HashMap<>();

    /** What one code means. */
    @FunctionalInterface
    private interface Meaning {
        GatewayException of(Refusal refusal);
    }

    /** One refusal: its status, its words as they came and as they may be shown, and the wait its header asks for. */
    private record Refusal(
            int status,
            String text,
            String shown,
            String mark,
            @Nullable Duration retryAfter) {
        String say(String otherwise) {
            return PublicText.join(shown.isEmpty() ? otherwise : shown, mark);
        }

        String sayOurs(String message) {
            return PublicText.join(message, mark);
        }
    }

    UpstreamFailures(Time time) {
        this.time = time;
        put(UpstreamFailures::invalid, "11101", "11133");
        put(r -> invalid(r, "messages"), "11135", "11148", "11151", "400001", "invalid_image_data");
        put(r -> invalid(r, "max_tokens"), "integer_below_min_value");
        put(UpstreamFailures::tooLong, "11115", "4028", "context_length_exceeded", "CONTEXT_WINDOW_EXCEEDED");
        put(UpstreamFailures::content, "12001", "12002", "content_filter", "content_policy_violation");
        put(UpstreamFailures::modelNotFound, "11102", "model_not_found");
        put(UpstreamFailures::refusedUnlessSystemMessage, "11128");
        put(UpstreamFailures::refusedUnlessLimited, "11140");
        put(UpstreamFailures::trouble, "11141", "model_behavior_error");
        put(r -> rejected(r, false), "11142", "17271", "17272", "17273", "17274", "17275", "17276");
        put(r -> rejected(r, true), "12153");
        put(this::modelLimited, "6004");
        put(this::limited, "6008", "14003", "10105", "quota_active_session", "rate_limit_exceeded");
        put(UpstreamFailures::exhausted, "14017", "14018", "60001", "insufficient_quota");
    }

    private void put(Meaning meaning, String... codes) {
        for (String code : codes) {
            meanings.put(code, meaning);
        }
    }

    /** What an answer means that is no stream of events. */
    GatewayException ofResponse(int status, @Nullable String retryAfter, byte[] body) {
        if (status >= 300 && status < 400) {
            return new UpstreamUnavailable(Reason.REDIRECT, null, "The upstream pointed to another address.", null);
        }
        ReportedError error = ReportedError.parse(body);
        if (status < 300 && error.codes().isEmpty()) {
            return UpstreamGarbled.malformed("The upstream sent something that is not an answer.", null);
        }
        return of(status, error, RetryTimes.ofHeader(retryAfter, time.instant()));
    }

    /** What an error means that stands among the events of an answer. */
    GatewayException ofEvent(ReportedError error) {
        return of(200, error, null);
    }

    private GatewayException of(int status, ReportedError error, @Nullable Duration retryAfter) {
        String known = null;
        String shown = null;
        for (String code : error.codes()) {
            known = known == null && meanings.containsKey(code) ? code : known;
            shown = shown == null && code.chars().allMatch(c -> c >= '0' && c <= '9') ? code : shown;
        }
        String code = shown == null ? known : shown;
        String mark = code == null || code.length() > 32 ? "" : " (upstream " + code + ")";
        Refusal refusal = new Refusal(status, error.text(), PublicText.of(error.text()), mark, retryAfter);
        Meaning meaning = known == null ? null : meanings.get(known);
        return meaning == null ? byWords(refusal) : meaning.of(refusal);
    }

    private GatewayException byWords(Refusal refusal) {
        String text = refusal.text().toLowerCase(Locale.ROOT);
        if (TOO_LONG.stream().anyMatch(text::contains)) {
            return tooLong(refusal);
        }
        return text.contains(NO_SYSTEM_MESSAGE) ? invalid(refusal) : byStatus(refusal);
    }

    private GatewayException byStatus(Refusal refusal) {
        return switch (refusal.status()) {
            case 400, 413, 422 -> invalid(refusal);
            case 401, 403 -> rejected(refusal, false);
            case 402 -> exhausted(refusal);
            case 429 -> limited(refusal);
            case 503 -> overloaded(refusal);
            default -> trouble(refusal);
        };
    }

    private static GatewayException invalid(Refusal refusal) {
        return invalid(refusal, null);
    }

    private static GatewayException invalid(Refusal refusal, @Nullable String param) {
        return new InvalidRequest(
                "invalid_value", refusal.say("The upstream refused the request without saying why."), param);
    }

    private static GatewayException tooLong(Refusal refusal) {
        return new InvalidRequest("context_length_exceeded", refusal.say("The messages are too long."), "messages");
    }

    private static GatewayException content(Refusal refusal) {
        return new InvalidRequest(
                "content_policy_violation", refusal.say("The upstream refused the content."), "messages");
    }

    private static GatewayException modelNotFound(Refusal refusal) {
        return new ModelNotFound(refusal.say("The upstream does not offer this model."));
    }

    private static GatewayException refusedUnlessSystemMessage(Refusal refusal) {
        return refusal.text().toLowerCase(Locale.ROOT).contains(NO_SYSTEM_MESSAGE)
                ? invalid(refusal)
                : refused(refusal);
    }

    /** The same number means a safety refusal, or that the model's maker limits requests. */
    private static GatewayException refusedUnlessLimited(Refusal refusal) {
        String text = refusal.text().toLowerCase(Locale.ROOT);
        return refusal.status() == 429 || text.contains("rate-limit") || text.contains("rate limit")
                ? new RateLimited(
                        LimitScope.MODEL,
                        refusal.retryAfter(),
                        refusal.sayOurs("The model's provider limits requests for now."))
                : refused(refusal);
    }

    private static GatewayException refused(Refusal refusal) {
        return new RequestRefused(refusal.say("The upstream refused to serve this request."));
    }

    private static GatewayException rejected(Refusal refusal, boolean needsLogin) {
        return new CredentialRejected(
                needsLogin, refusal.sayOurs("The upstream does not accept the account's access token."));
    }

    private GatewayException modelLimited(Refusal refusal) {
        return new RateLimited(
                LimitScope.MODEL,
                waitOf(refusal),
                refusal.sayOurs("The upstream limits the use of this model for now."));
    }

    private GatewayException limited(Refusal refusal) {
        return new RateLimited(
                LimitScope.CREDENTIAL,
                waitOf(refusal),
                refusal.sayOurs("The upstream limits the account's requests for now."));
    }

    private @Nullable Duration waitOf(Refusal refusal) {
        Instant now = time.instant();
        Duration named = RetryTimes.inText(refusal.text(), now);
        return named == null ? refusal.retryAfter() : named;
    }

    private static GatewayException exhausted(Refusal refusal) {
        return new QuotaExhausted(refusal.retryAfter(), refusal.sayOurs("The account's credits are used up."));
    }

    private static GatewayException overloaded(Refusal refusal) {
        return new UpstreamUnavailable(
                Reason.OVERLOADED, refusal.retryAfter(), refusal.sayOurs("The upstream is overloaded."), null);
    }

    /** What is wrong in the upstream, or in where we look for it: nothing the caller could change. */
    private static GatewayException trouble(Refusal refusal) {
        String message = refusal.shown().isEmpty()
                ? "The upstream reported an error."
                : "The upstream reported an error: " + refusal.shown();
        return new UpstreamUnavailable(Reason.ERROR, refusal.retryAfter(), refusal.sayOurs(message), null);
    }
}
