package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.Step;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresLiveTest extends LiveTest {
    /** Regression: a caller who left before the request was sent had it sent all the same. */
    @Test
    void who_is_interrupted_before_sends_nothing() {
        Thread.currentThread().interrupt();
        try {
            assertThat(catchThrowable(() -> open("sim-t1"))).isInstanceOf(Cancelled.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        complete("sim-t1");
        assertThat(simulator.journal().requests()).hasSize(1);
    }

    @Test
    void a_refusal_whose_body_never_ends_is_known_by_what_came_of_it() {
        options.set(options.get().withDeadlines(new Deadlines(LONG, LONG, LONG, LONG, SHORT)));
        byte[] body = "{\"code\":11115,\"msg\":\"prompt is too long\"}".getBytes(StandardCharsets.UTF_8);
        simulator.script(
                "late",
                Scenario.of(
                        new Step.Head(
                                400,
                                List.of(
                                        new Header("Content-Type", "application/json"),
                                        new Header("Content-Length", "9999"))),
                        new Step.Send(Bytes.of(body)),
                        new Step.Stall()));

        assertThat(failureOf("late")).hasMessageContaining("(upstream 11115)");
    }

    @ParameterizedTest
    @CsvSource({
        "sim-11101,InvalidRequest invalid_value",
        "sim-11102,ModelNotFound model_not_found",
        "sim-11115,InvalidRequest context_length_exceeded",
        "sim-11128,RequestRefused upstream_refused",
        "sim-11128-policy,RequestRefused upstream_refused",
        "sim-11128-first-message,InvalidRequest invalid_value",
        "sim-200-11128,*",
        "sim-t7,InvalidRequest invalid_value",
        "sim-11140,RequestRefused upstream_refused",
        "sim-200-11140,RateLimited rate_limit_exceeded",
        "sim-12001,InvalidRequest content_policy_violation",
        "sim-429-6004,RateLimited rate_limit_exceeded",
        "sim-14018,QuotaExhausted insufficient_quota",
        "sim-402,QuotaExhausted insufficient_quota",
        "sim-12153,CredentialRejected credential_rejected",
        "sim-html-401,CredentialRejected credential_rejected",
        "sim-html-403,CredentialRejected credential_rejected",
        "sim-html-502,UpstreamUnavailable upstream_error",
        "sim-503,UpstreamUnavailable upstream_error",
        "sim-empty-400,InvalidRequest invalid_value",
        "sim-json-200,UpstreamGarbled upstream_malformed",
        "sim-json-200-14018,QuotaExhausted insufficient_quota",
        "sim-html-200,UpstreamGarbled upstream_malformed",
        "sim-empty-200,*",
        "sim-no-content-204,UpstreamGarbled upstream_malformed",
        "sim-redirect,UpstreamUnavailable upstream_redirect",
        "sim-redirect-307,UpstreamUnavailable upstream_redirect",
        "sim-t5,UpstreamUnavailable upstream_error",
        "sim-t5-text,UpstreamUnavailable upstream_error",
        "sim-t5-data,QuotaExhausted insufficient_quota",
        "sim-t5-envelope,*",
        "sim-error-first-event,*",
        "sim-t8,UpstreamIncomplete upstream_incomplete",
        "sim-done-without-finish,UpstreamIncomplete upstream_incomplete",
        "sim-empty-stream,UpstreamIncomplete upstream_incomplete",
        "sim-tool-cut,UpstreamIncomplete upstream_incomplete",
        "sim-garbage,UpstreamGarbled upstream_malformed",
        "sim-garbage-array,UpstreamGarbled upstream_malformed",
        "sim-garbage-first,UpstreamGarbled upstream_malformed",
        "sim-bad-utf8,UpstreamGarbled upstream_malformed",
        "sim-cut-480,UpstreamIncomplete upstream_incomplete",
        "sim-cut-0,UpstreamIncomplete upstream_incomplete",
        "sim-reset-480,UpstreamIncomplete upstream_incomplete",
        "sim-reset-0,UpstreamIncomplete upstream_incomplete",
        "sim-cut-in-chunk,UpstreamIncomplete upstream_incomplete",
        "sim-bad-chunk-size,*",
        "sim-oversize,UpstreamGarbled upstream_event_too_large",
        "sim-endless-line,UpstreamGarbled upstream_event_too_large",
        "sim-gzip-bomb,*",
        "sim-gzip-false,UpstreamGarbled upstream_malformed",
        "sim-close-before-headers,UpstreamUnavailable upstream_unreachable",
        "sim-reset-before-headers,UpstreamUnavailable upstream_unreachable",
        "sim-not-http,UpstreamGarbled upstream_malformed",
        "sim-huge-header,*"
    })
    void each_fault_has_its_kind_and_lets_the_connection_go(String model, String kind) {
        Throwable failure = failureOf(model);

        if (!kind.equals("*")) {
            assertThat(failure.getClass().getSimpleName() + " " + ((GatewayException) failure).code())
                    .isEqualTo(kind);
        }
        assertThat(failure.getMessage()).doesNotContain("127.0.0.1").hasSizeLessThanOrEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-close-before-headers", "sim-reset-before-headers"})
    void a_connection_that_breaks_before_the_answer_may_have_carried_the_request(String model) {
        assertThat(((UpstreamUnavailable) failureOf(model)).reason()).isEqualTo(UpstreamUnavailable.Reason.BROKEN);
        assertThat(simulator.journal().requests()).as("never sent twice").hasSize(1);
    }

    @Test
    void a_port_that_refuses_is_unreachable() throws IOException {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAtOnce.getLocalPort();
        }
        options.set(CodeBuddyOptions.at(URI.create("http://127.0.0.1:" + port)));

        assertThat(((UpstreamUnavailable) failureOf("m")).reason()).isEqualTo(UpstreamUnavailable.Reason.UNREACHABLE);
    }

    @Test
    void a_host_without_an_address_is_unreachable() {
        options.set(CodeBuddyOptions.at(URI.create("https://nowhere.invalid")));

        assertThat(((UpstreamUnavailable) failureOf("m")).reason()).isEqualTo(UpstreamUnavailable.Reason.UNREACHABLE);
    }

    @Test
    void a_port_without_tls_is_a_tls_failure() {
        options.set(CodeBuddyOptions.at(
                URI.create("https://127.0.0.1:" + simulator.uri().getPort())));

        assertThat(((UpstreamUnavailable) failureOf("m")).reason()).isEqualTo(UpstreamUnavailable.Reason.TLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-no-headers", "sim-silent", "sim-comments-only"})
    void silence_from_the_start_ends_at_the_first_events_deadline(String model) {
        options.set(options.get().withDeadlines(new Deadlines(LONG, SHORT, LONG, LONG, LONG)));

        assertThat(((UpstreamTimeout) failureOf(model)).deadline()).isEqualTo(UpstreamTimeout.Deadline.FIRST_EVENT);
        awaitLeft(request(1));
    }

    @Test
    void silence_between_events_ends_at_the_gaps_deadline() {
        options.set(options.get().withDeadlines(new Deadlines(LONG, LONG, SHORT, LONG, LONG)));

        assertThat(((UpstreamTimeout) failureOf("sim-stall-480")).deadline()).isEqualTo(UpstreamTimeout.Deadline.GAP);
        awaitLeft(request(1));
    }

    @Test
    void an_answer_without_an_end_ends_at_the_total_deadline() {
        options.set(options.get().withDeadlines(new Deadlines(LONG, LONG, LONG, SHORT, LONG)));

        GatewayException failure = (GatewayException) failureOf("sim-pace-100000-20");

        assertThat(((UpstreamTimeout) failure).deadline()).isEqualTo(UpstreamTimeout.Deadline.TOTAL);
        assertThat(failure.code()).isEqualTo("stream_duration_exceeded");
        awaitLeft(request(1));
    }

    @Test
    void a_caller_who_takes_his_time_is_not_blamed_on_the_upstream() {
        options.set(options.get().withDeadlines(new Deadlines(LONG, LONG, Duration.ofMillis(1), LONG, LONG)));
        try (CompletionStream stream = open("sim-t1-whole")) {
            assertThat(stream.next()).isPresent();
            OtherThread<Boolean> pause = OtherThread.start(() -> {
                LockSupport.parkNanos(SHORT.toNanos());
                return true;
            });
            pause.result();

            assertThat(Chunks.drain(stream)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-reset-480", "sim-cut-480"})
    void what_came_before_the_connection_broke_is_never_lost(String model) {
        for (int i = 0; i < 100; i++) {
            try (CompletionStream stream = open(model)) {
                assertThat(stream.next()).isPresent();
                assertThat(stream.next()).isPresent();
                assertThat(catchThrowable(() -> Chunks.drain(stream)))
                        .isInstanceOf(GatewayException.UpstreamIncomplete.class);
            }
        }
    }

    @Test
    void after_a_failure_the_same_is_told_again() {
        try (CompletionStream stream = open("sim-t5")) {
            Throwable first = catchThrowable(() -> Chunks.drain(stream));

            assertThat(first).isInstanceOf(GatewayException.class);
            assertThat(catchThrowable(stream::next)).isSameAs(first);
        }
    }

    @Test
    void interrupting_while_the_head_is_awaited_lets_the_upstream_go() {
        OtherThread<CompletionStream> caller = OtherThread.start(() -> open("sim-no-headers"));
        Exchange exchange = request(1);

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(Cancelled.class);
        assertThat(caller.endedInterrupted()).isTrue();
        awaitLeft(exchange);
    }

    @Test
    void closing_the_adapter_ends_every_answer_and_every_wait() {
        CompletionStream silent = open("sim-silent");
        OtherThread<Optional<ChatChunk>> reader = OtherThread.start(silent::next);
        OtherThread<CompletionStream> opener = OtherThread.start(() -> open("sim-no-headers"));
        List.of(request(1), request(2))
                .forEach(exchange -> assertThat(exchange.peerClosed()).isEmpty());

        codeBuddy.close();

        assertThat(reader.failure()).isInstanceOf(Cancelled.class);
        assertThat(opener.failure()).isInstanceOf(ShuttingDown.class);
        assertThat(catchThrowable(() -> open("sim-t1"))).isInstanceOf(ShuttingDown.class);
        awaitLeft(request(1));
        awaitLeft(request(2));
    }

    @Test
    void an_upstream_that_is_faster_than_the_caller_is_held_back() {
        try (CompletionStream stream = open("sim-flood")) {
            assertThat(stream.next()).isPresent();
            assertThat(Chunks.drain(stream)).hasSizeGreaterThan(10_000);
        }
    }
}
