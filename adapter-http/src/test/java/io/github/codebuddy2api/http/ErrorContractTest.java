package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.Overloaded;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.RequestRefused;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.TooManyLogins;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.http.error.ErrorMapper;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of reliability 7.2, row by row. */
class ErrorContractTest {
    private static UpstreamUnavailable unavailable(Reason reason, @Nullable Duration retryAfter) {
        return new UpstreamUnavailable(reason, retryAfter, "m", null);
    }

    private static RateLimited limited(@Nullable Duration wait) {
        return new RateLimited(LimitScope.CREDENTIAL, wait, "Full.");
    }

    static Stream<Arguments> table() {
        String invalid = "invalid_request_error";
        String server = "server_error";
        return Stream.of(
                arguments(new InvalidRequest("x", "m", "messages"), 400, invalid, "x", "-", "-"),
                arguments(new ModelNotFound("m"), 404, invalid, "model_not_found", "-", "-"),
                arguments(new RequestRefused("m"), 403, "permission_error", "upstream_refused", "-", "-"),
                arguments(NoCredential.noneStored(), 503, server, "no_credentials", "-", "false"),
                arguments(NoCredential.noneUsable(), 503, server, "no_usable_credentials", "-", "false"),
                arguments(
                        NoCredential.noneRefreshed(Duration.ofSeconds(9)),
                        503,
                        server,
                        "no_usable_credentials",
                        "9",
                        "-"),
                arguments(
                        NoCredential.noneRefreshed(Duration.ofSeconds(61)),
                        503,
                        server,
                        "no_usable_credentials",
                        "-",
                        "false"),
                arguments(new CredentialRejected(true, "m"), 503, server, "no_usable_credentials", "-", "false"),
                arguments(limited(Duration.ofMillis(1)), 429, "rate_limit_error", "rate_limit_exceeded", "1", "-"),
                arguments(limited(Duration.ofMillis(6001)), 429, "rate_limit_error", "rate_limit_exceeded", "7", "-"),
                arguments(limited(Duration.ofSeconds(60)), 429, "rate_limit_error", "rate_limit_exceeded", "60", "-"),
                arguments(
                        limited(Duration.ofSeconds(61)), 429, "rate_limit_error", "rate_limit_exceeded", "-", "false"),
                arguments(limited(null), 429, "rate_limit_error", "rate_limit_exceeded", "-", "false"),
                arguments(new QuotaExhausted("m"), 429, "insufficient_quota", "insufficient_quota", "-", "false"),
                arguments(unavailable(Reason.UNREACHABLE, null), 502, server, "upstream_unreachable", "-", "false"),
                arguments(unavailable(Reason.BROKEN, null), 502, server, "upstream_unreachable", "-", "false"),
                arguments(unavailable(Reason.TLS, null), 502, server, "upstream_tls_error", "-", "false"),
                arguments(unavailable(Reason.REDIRECT, null), 502, server, "upstream_redirect", "-", "false"),
                arguments(unavailable(Reason.ERROR, null), 502, server, "upstream_error", "-", "false"),
                arguments(unavailable(Reason.ERROR, Duration.ofSeconds(5)), 502, server, "upstream_error", "5", "-"),
                arguments(
                        unavailable(Reason.OVERLOADED, Duration.ofSeconds(90)),
                        503,
                        server,
                        "upstream_error",
                        "-",
                        "false"),
                arguments(
                        new UpstreamTimeout(Deadline.FIRST_EVENT, "m"), 504, server, "upstream_timeout", "-", "false"),
                arguments(
                        new UpstreamTimeout(Deadline.TOTAL, "m"),
                        504,
                        server,
                        "stream_duration_exceeded",
                        "-",
                        "false"),
                arguments(UpstreamGarbled.malformed("m", null), 502, server, "upstream_malformed", "-", "false"),
                arguments(UpstreamGarbled.tooLarge("m"), 502, server, "upstream_event_too_large", "-", "false"),
                arguments(new UpstreamIncomplete(null), 502, server, "upstream_incomplete", "-", "false"),
                arguments(new Cancelled(), 499, server, "client_closed", "-", "false"),
                arguments(new ShuttingDown(), 503, server, "server_shutting_down", "2", "-"),
                arguments(new CredentialUnknown(), 404, invalid, "credential_not_found", "-", "-"),
                arguments(
                        new TooManyLogins(Duration.ofSeconds(9)), 429, "rate_limit_error", "too_many_logins", "9", "-"),
                arguments(
                        new TooManyLogins(Duration.ofMinutes(9)),
                        429,
                        "rate_limit_error",
                        "too_many_logins",
                        "-",
                        "false"),
                arguments(new Overloaded(Duration.ofSeconds(3)), 503, server, "server_overloaded", "3", "-"),
                arguments(
                        new StoreFailed(StoreFailed.Obstacle.FULL, "m", null),
                        507,
                        server,
                        "persist_failed",
                        "-",
                        "false"));
    }

    @ParameterizedTest(name = "{3}: {1}")
    @MethodSource("table")
    void a_failure_is_told_like_this(
            GatewayException failure, int status, String type, String code, String retryAfter, String shouldRetry) {
        OpenAiError error = ErrorMapper.of(failure);

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.code()).isEqualTo(code);
        Advice advice = error.advice();
        assertThat(advice.retryAfter() == null ? "-" : Long.toString(Advice.wholeSeconds(advice.retryAfter())))
                .isEqualTo(retryAfter);
        assertThat(advice.shouldRetry() == null ? "-" : advice.shouldRetry().toString())
                .isEqualTo(shouldRetry);
        assertThat(error.midStream().type()).isIn("server_error", "rate_limit_error");
    }

    @Test
    void every_kind_of_failure_has_its_row() {
        List<String> told =
                table().map(row -> row.get()[0].getClass().getName()).toList();

        for (Class<?> kind : GatewayException.class.getPermittedSubclasses()) {
            assertThat(told).contains(kind.getName());
        }
    }

    @Test
    void a_long_wait_is_told_in_words() {
        assertThat(ErrorMapper.of(limited(Duration.ofSeconds(61))).message())
                .isEqualTo("Full. Try again in 2 minutes.");
        assertThat(ErrorMapper.of(limited(Duration.ofHours(5))).message()).isEqualTo("Full. Try again in 5 hours.");
        assertThat(ErrorMapper.of(limited(Duration.ofMinutes(61))).message())
                .isEqualTo("Full. Try again in 1 hour 1 minute.");
    }

    @Test
    void the_field_at_fault_is_named() {
        assertThat(ErrorMapper.of(InvalidRequest.value("messages[3].content", "m"))
                        .param())
                .isEqualTo("messages[3].content");
        assertThat(ErrorMapper.of(new ModelNotFound("m")).param()).isEqualTo("model");
    }

    @Test
    void a_message_is_one_line_of_bounded_length() {
        String message =
                OpenAiError.invalid(400, "x", "a\r\n\u2028b" + "c".repeat(600)).message();

        assertThat(message).startsWith("a   b").hasSize(512);
    }
}
