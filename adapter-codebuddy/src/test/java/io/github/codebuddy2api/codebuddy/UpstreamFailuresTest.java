package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamFailuresTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    private final UpstreamFailures failures = new UpstreamFailures(new Fixed());

    private record Fixed() implements Time {
        @Override
        public Instant instant() {
            return NOW;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    /** Status, code, text, and the kind with what decides about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|11101|Unmarshal chat params failed|invalid invalid_value -",
                "400|11102|model [x] service info not found|model",
                "404|11102|reserved|model",
                "400|11115|prompt is too long|invalid context_length_exceeded messages",
                "400|4028|too long|invalid context_length_exceeded messages",
                "400|context_length_exceeded|too long|invalid context_length_exceeded messages",
                "500|99999|input length too long|invalid context_length_exceeded messages",
                "400|99999|CONTEXT_WINDOW_EXCEEDED|invalid context_length_exceeded messages",
                "400|11128|Illegal API invocation from an unapproved channel|refused",
                "403|11128|blocked by security policy|refused",
                "200|11128|first message is not system prompt|invalid invalid_value -",
                "500|11128|first message is not system prompt|invalid invalid_value -",
                "400|11101|first message is not system prompt|invalid invalid_value -",
                "500|99999|first message is not system prompt|invalid invalid_value -",
                "400|11133|no images|invalid invalid_value -",
                "400|11135|invalid_image_data|invalid invalid_value messages",
                "403|11140|request illegal|refused",
                "200|11140|model provider is rate-limiting requests|limited MODEL",
                "429|11140|slow down|limited MODEL",
                "500|11141|model_behavior_error|unavailable ERROR",
                "400|11141|model_behavior_error|unavailable ERROR",
                "403|11142|auth_forbidden|rejected false",
                "400|11148|tool sequence|invalid invalid_value messages",
                "400|11151|empty|invalid invalid_value messages",
                "400|400001|empty|invalid invalid_value messages",
                "400|12001|sensitive|invalid content_policy_violation messages",
                "403|12002|sensitive|invalid content_policy_violation messages",
                "429|6004|limit|limited MODEL",
                "429|6008|daily limit|limited CREDENTIAL",
                "429|14003|too many|limited CREDENTIAL",
                "403|14017|trial|quota",
                "429|14018|used up|quota",
                "400|14018|used up|quota",
                "402|99999|balance|quota",
                "403|60001|quota|quota",
                "429|10105|too many sessions|limited CREDENTIAL",
                "403|17271|group|rejected false",
                "403|17276|group|rejected false",
                "400|integer_below_min_value|too small|invalid invalid_value max_tokens",
                "401|12153|Offline user session not found|rejected true",
                "400|12153|Offline user session not found|rejected true",
                "401|99999|no|rejected false",
                "403|99999|no|rejected false",
                "400|99999|no|invalid invalid_value -",
                "413|99999|no|invalid invalid_value -",
                "404|99999|no|unavailable ERROR",
                "405|99999|no|unavailable ERROR",
                "429|99999|no|limited CREDENTIAL",
                "500|99999|no|unavailable ERROR",
                "503|99999|no|unavailable OVERLOADED",
                "200|99999|no|unavailable ERROR",
            })
    void each_row_of_the_catalogue_has_its_kind_in_every_shape(int status, String code, String text, String kind) {
        boolean number = code.chars().allMatch(Character::isDigit);
        String bare = number ? code : "\"" + code + "\"";
        for (String body : List.of(
                "{\"code\":%s,\"msg\":\"%s\",\"requestId\":\"r\"}".formatted(bare, text),
                "{\"code\":%s,\"msg\":\"x\",\"displayMsg\":{\"zh\":\"y\",\"en\":\"%s\"}}".formatted(bare, text),
                "{\"error\":{\"data\":{\"code\":%s,\"msg\":\"%s\",\"requestId\":\"r\"}}}".formatted(bare, text),
                "{\"error\":{\"message\":\"%s\",\"type\":\"t\",\"code\":%s}}".formatted(text, bare),
                "{\"error\":{\"message\":\"%s\",\"code\":\"%s\"}}".formatted(text, code),
                "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, text))) {
            assertThat(kind(failures.ofResponse(status, null, Streams.utf8(body))))
                    .as(body)
                    .isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid invalid_value -",
        "401,rejected false",
        "402,quota",
        "403,rejected false",
        "404,unavailable ERROR",
        "429,limited CREDENTIAL",
        "500,unavailable ERROR",
        "502,unavailable ERROR",
        "503,unavailable OVERLOADED",
        "504,unavailable ERROR",
        "301,unavailable REDIRECT",
        "307,unavailable REDIRECT",
        "200,garbled",
        "204,garbled"
    })
    void without_an_envelope_the_status_decides(int status, String kind) {
        for (String body : List.of(
                "",
                "<html><center>openresty</center></html>",
                "not json",
                "[]",
                "{}",
                "{\"code\":0,\"msg\":\"OK\"}",
                "{\"broken\":")) {
            GatewayException failure = failures.ofResponse(status, null, Streams.utf8(body));
            assertThat(kind(failure)).as(body).isEqualTo(kind);
            assertThat(failure.getMessage()).doesNotContain("openresty").isNotBlank();
        }
    }

    @Test
    void the_gateways_own_number_is_found_beside_the_models_word() {
        GatewayException failure = failures.ofResponse(
                400,
                null,
                Streams.utf8("{\"code\":11115,\"msg\":\"prompt is too long\",\"displayMsg\":{\"zh\":\"上下文过长\","
                        + "\"en\":\"Context too long\"},\"extError\":{\"code\":\"context_length_exceeded\","
                        + "\"message\":\"prompt is too long: 210034 tokens > 200000 maximum\",\"StatusCode\":400}}"));

        assertThat(kind(failure)).isEqualTo("invalid context_length_exceeded messages");
        assertThat(failure).hasMessage("Context too long (upstream 11115)");
    }

    @Test
    void a_word_it_does_not_know_gives_way_to_a_number_it_does() {
        assertThat(kind(failures.ofResponse(
                        400, null, Streams.utf8("{\"code\":14018,\"extError\":{\"code\":\"new_word\"}}"))))
                .isEqualTo("quota");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "6004|Limit reached, resets at 2026-11-23 00:01:30 UTC+8|-|90",
                "6004|Limit reached|-|-",
                "6004|Limit reached|7|7",
                "6004|resets at 2026-11-22 12:00:00 UTC+8|-|1",
                "6004|resets at 2036-11-22 12:00:00 UTC+8|-|86400",
                "6004|resets at 2026-99-99 12:00:00 UTC+8|-|-",
                "14003|Too many requests|3|3",
                "14003|Too many requests|-|-",
                "14003|Too many requests|0|1",
                "14003|Too many requests|999999999|86400",
                "14003|Too many requests|Sun, 22 Nov 2026 16:00:45 GMT|45",
                "14003|Too many requests|soon|-",
                "14003|Too many requests|-5|-",
                "6008|Daily limit, resets 2026-11-23 01:00:00 UTC+8|-|3600",
            })
    void how_long_to_wait_is_read_from_the_text_or_the_header(String code, String text, String header, Long seconds) {
        RateLimited limited = (RateLimited)
                failures.ofResponse(429, header, Streams.utf8("{\"code\":%s,\"msg\":\"%s\"}".formatted(code, text)));

        assertThat(limited.retryAfter().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    }

    @Test
    void trouble_upstream_hands_on_its_wait() {
        UpstreamUnavailable overloaded = (UpstreamUnavailable) failures.ofResponse(503, "9", new byte[0]);

        assertThat(overloaded.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(overloaded.retryAfter()).contains(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see https://copilot.example/a?b=c now",
                "at host-7.internal:8080 now",
                "from 10.1.2.3:99 now",
                "in /data/app/main.go:33 now",
                "with Bearer abcdef now",
                "with sk-abcdef0123456789 now",
                "with eyJ.not.real now",
                "with Not-a-Real-Token-But-Long-Enough-01 now",
                "with 0123456789abcdef0123456789abcdef now",
                "by li@mail.example now",
            })
    void addresses_paths_and_tokens_are_taken_out_of_the_upstreams_words(String text) {
        GatewayException failure =
                failures.ofResponse(400, null, Streams.utf8("{\"code\":11101,\"msg\":\"Refused " + text + "\"}"));

        assertThat(failure.getMessage()).matches("Refused [a-z]+ \\[removed] now \\(upstream 11101\\)");
    }

    @Test
    void a_message_is_one_visible_line_of_at_most_512_characters() {
        GatewayException failure = failures.ofResponse(
                400,
                null,
                Streams.utf8("{\"code\":11101,\"msg\":\"a\\r\\nb\\u001b[31m\\u2028c\\u202e \\u0000"
                        + "long ".repeat(2000) + "\"}"));

        assertThat(failure.getMessage())
                .startsWith("a b [31m c long")
                .endsWith("… (upstream 11101)")
                .hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void ordinary_words_stay_as_they_are() {
        String text = "model [deepseek-v4.1-flash] e.g. tools[0].function: 3.14 > 2/3, ratio 1.5x; 上下文过长!"
                + " choices.message.content is-not-supported, a-model-with-a-very-long-name-4-5-20250929-thinking";

        assertThat(PublicText.of(text)).isEqualTo(text);
    }

    @Test
    void what_concerns_the_credential_is_told_in_our_own_words() {
        for (String code : List.of("12153", "11142", "14018", "14003", "6004")) {
            assertThat(failures.ofResponse(401, null, Streams.utf8("{\"code\":" + code + ",\"msg\":\"marker\"}")))
                    .hasMessageNotContaining("marker")
                    .hasMessageEndingWith(" (upstream " + code + ")");
        }
    }

    @Test
    void an_absurd_code_is_not_shown() {
        GatewayException failure =
                failures.ofResponse(400, null, Streams.utf8("{\"code\":\"" + "7".repeat(300) + "\",\"msg\":\"no\"}"));

        assertThat(failure).hasMessage("no");
    }

    private static String kind(GatewayException failure) {
        return switch (failure) {
            case InvalidRequest e -> "invalid " + e.code() + " " + e.param().orElse("-");
            case ModelNotFound e -> "model";
            case RequestRefused e -> "refused";
            case RateLimited e -> "limited " + (e.scope() == LimitScope.MODEL ? "MODEL" : "CREDENTIAL");
            case QuotaExhausted e -> "quota";
            case CredentialRejected e -> "rejected " + e.needsLogin();
            case UpstreamUnavailable e -> "unavailable " + e.reason();
            case UpstreamGarbled e -> "garbled";
            default -> failure.getClass().getSimpleName();
        };
    }
}
