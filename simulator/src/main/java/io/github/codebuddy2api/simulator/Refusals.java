package io.github.codebuddy2api.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every refusal the real service is known to give, with its usual status, shape and words. */
final class Refusals {
    /** How the body of a refusal is built; the letters are those of the protocol notes. */
    enum Shape {
        /** The envelope with {@code code} and {@code msg}, and details beside it. */
        A,
        /** The envelope nested in {@code error.data}. */
        B,
        /** An error object as OpenAI has it. */
        C,
        /** An error that is nothing but a text. */
        S
    }

    /** One refusal; {@code detail} is the word that stands in {@code extError.code} or as type. */
    record Refusal(String code, int status, Shape shape, String detail, String words) {
        Refusal with(int otherStatus) {
            return new Refusal(code, otherStatus, shape, detail, words);
        }

        Refusal with(Shape otherShape) {
            return new Refusal(code, status, otherShape, detail, words);
        }

        Refusal saying(String otherWords) {
            return new Refusal(code, status, shape, detail, otherWords);
        }
    }

    /** How long the limit of one model (6004) has to run when it is told. */
    static final int MODEL_LIMIT_SECONDS = 90;

    /** The Retry-After of a general limit (14003), in seconds. */
    static final int RETRY_AFTER_SECONDS = 3;

    private static final DateTimeFormatter RESET_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC+8'").withZone(ZoneOffset.ofHours(8));

    private static final String INVALID = "invalid_request_error";

    private final Clock clock;
    private final Map<String, Refusal> byCode;

    Refusals(Clock clock) {
        this.clock = clock;
        this.byCode = Stream.of(
                        new Refusal("11101", 400, Shape.A, INVALID, "Unmarshal chat params failed: simulated"),
                        new Refusal("11102", 400, Shape.A, INVALID, "model [simulated] service info not found"),
                        new Refusal(
                                "11115",
                                400,
                                Shape.A,
                                "context_length_exceeded",
                                "prompt is too long: 210034 tokens > 200000 maximum"),
                        new Refusal("4028", 400, Shape.A, "context_length_exceeded", "input length too long"),
                        new Refusal(
                                "11128", 400, Shape.A, INVALID, "Illegal API invocation from an unapproved channel"),
                        new Refusal("11133", 400, Shape.A, INVALID, "the model does not support image input"),
                        new Refusal("11135", 400, Shape.A, "invalid_image_data", "invalid image data"),
                        new Refusal("11140", 403, Shape.C, "auth_forbidden", "request illegal"),
                        new Refusal("11141", 500, Shape.C, "model_behavior_error", "model behavior error"),
                        new Refusal("11142", 403, Shape.C, "auth_forbidden", "auth forbidden"),
                        new Refusal("11148", 400, Shape.A, INVALID, "tool call and tool result do not match"),
                        new Refusal("11151", 400, Shape.A, INVALID, "message content is empty"),
                        new Refusal("400001", 400, Shape.C, INVALID, "message content is empty"),
                        new Refusal("12001", 400, Shape.A, "content_filter", "input contains sensitive content"),
                        new Refusal("12002", 400, Shape.A, "content_filter", "output contains sensitive content"),
                        new Refusal("6004", 429, Shape.A, "rate_limit", "model usage limit reached"),
                        new Refusal("6008", 429, Shape.A, "rate_limit", "daily usage limit reached"),
                        new Refusal("14003", 429, Shape.A, "rate_limit", "too many requests"),
                        new Refusal("14017", 403, Shape.A, "trial", "trial not activated"),
                        new Refusal("14018", 429, Shape.B, "quota", "Credits exhausted"),
                        new Refusal("60001", 403, Shape.A, "quota", "quota exceeded"),
                        new Refusal("10105", 429, Shape.A, "quota_active_session", "too many active sessions"),
                        new Refusal(
                                "integer_below_min_value",
                                400,
                                Shape.C,
                                INVALID,
                                "max_tokens: integer below minimum value"),
                        new Refusal("12153", 401, Shape.A, "session", "Offline user session not found"))
                .collect(Collectors.toUnmodifiableMap(Refusal::code, r -> r));
    }

    /** The refusal of that code as it usually comes. */
    Optional<Refusal> find(String code) {
        if (code.matches("1727[1-6]")) {
            return Optional.of(new Refusal(code, 403, Shape.A, "authorization", "authorization group refused"));
        }
        return Optional.ofNullable(byCode.get(code)).map(this::timed);
    }

    /** The answer of a code that is in the table. */
    Scenario answer(String code) {
        return answer(find(code).orElseThrow());
    }

    /** The answer of a code that is in the table, in other words. */
    Scenario answer(String code, String words) {
        return answer(find(code).orElseThrow().saying(words));
    }

    /** The refusal as a complete answer. */
    Scenario answer(Refusal refusal) {
        Header[] more = {};
        if (refusal.code().equals("14003")) {
            more = new Header[] {new Header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))};
        }
        return Scenario.json(refusal.status(), body(refusal), more);
    }

    /** The refusal as JSON text in its shape. */
    static String body(Refusal refusal) {
        Json code = code(refusal.code());
        return switch (refusal.shape()) {
            case A ->
                Json.object(
                                "code", code,
                                "msg", refusal.words(),
                                "requestId", "5151c0de",
                                "displayMsg", Json.object("zh", "模拟的错误", "en", refusal.words()),
                                "extError", detail(refusal))
                        .write();
            case B ->
                Json.object(
                                "error",
                                Json.object(
                                        "data",
                                        Json.object("code", code, "msg", refusal.words(), "requestId", "5151c0de")))
                        .write();
            case C ->
                Json.object(
                                "error",
                                Json.object(
                                        "message", refusal.words(),
                                        "type", refusal.detail(),
                                        "code", refusal.code()))
                        .write();
            case S -> Json.object("error", refusal.words()).write();
        };
    }

    private static @Nullable Json detail(Refusal refusal) {
        return Json.object(
                "code", refusal.detail(),
                "message", refusal.words(),
                "type", INVALID,
                "param", null,
                "StatusCode", refusal.status());
    }

    private static Json code(String code) {
        return code.matches("\\d+") ? Json.of(Long.parseLong(code)) : Json.of(code);
    }

    private Refusal timed(Refusal refusal) {
        if (!refusal.code().equals("6004")) {
            return refusal;
        }
        Instant reset = clock.instant().plusSeconds(MODEL_LIMIT_SECONDS);
        return refusal.saying(refusal.words() + ", resets at " + RESET_TIME.format(reset));
    }
}
