package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fault matrix, 5.2: what goes wrong before the first event. The client sees a true status, streaming or not, and the
 * upstream is asked no more often than the matrix allows.
 */
final class FaultsBeforeTheAnswerTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static SimulatedCodeBuddy simulator;

    /** Has more credentials than the tests here can send to rest. */
    private static ServiceUnderTest service;

    /** Waits for no more than half a second, so that the tests need not either. */
    private static ServiceUnderTest impatient;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
        impatient = ServiceUnderTest.start(
                Setup.with(simulator.uri()).codebuddy("timeouts: {first_event: 500ms, gap: 500ms}"));
    }

    @AfterAll
    static void stop() {
        service.close();
        impatient.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    /** A try on three credentials is what a request may cost; a failure that another one cannot cure costs one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # model                  | status | code                    | type                  | Retry-After | x-should-retry | calls
            # 401 and 403 for a credential: never passed on as such
            sim-html-401             | 503 | no_usable_credentials   | server_error          |    | false | 3
            sim-12153                | 503 | no_usable_credentials   | server_error          |    | false | 3
            sim-html-403             | 503 | no_usable_credentials   | server_error          |    | false | 3
            sim-11142                | 503 | no_usable_credentials   | server_error          |    | false | 3
            # limits
            sim-retry-after-7        | 429 | rate_limit_exceeded     | rate_limit_error      | 7  |       | 3
            sim-14003                | 429 | rate_limit_exceeded     | rate_limit_error      | 3  |       | 3
            sim-retry-after-60       | 429 | rate_limit_exceeded     | rate_limit_error      | 60 |       | 3
            sim-retry-after-61       | 429 | rate_limit_exceeded     | rate_limit_error      |    | false | 3
            sim-6004                 | 429 | rate_limit_exceeded     | rate_limit_error      |    | false | 3
            sim-6008                 | 429 | rate_limit_exceeded     | rate_limit_error      |    | false | 3
            sim-10105                | 429 | rate_limit_exceeded     | rate_limit_error      |    | false | 3
            sim-429-11140            | 429 | rate_limit_exceeded     | rate_limit_error      |    | false | 3
            sim-200-11140            | 429 | rate_limit_exceeded     | rate_limit_error      |    | false | 3
            # quota
            sim-14018                | 429 | insufficient_quota      | insufficient_quota    |    | false | 3
            sim-60001                | 429 | insufficient_quota      | insufficient_quota    |    | false | 3
            sim-402                  | 429 | insufficient_quota      | insufficient_quota    |    | false | 3
            sim-json-200-14018       | 429 | insufficient_quota      | insufficient_quota    |    | false | 3
            # about the request: one call, and the credential stays well
            sim-11101                | 400 | invalid_value           | invalid_request_error |    |       | 1
            sim-11115                | 400 | context_length_exceeded | invalid_request_error |    |       | 1
            sim-4028                 | 400 | context_length_exceeded | invalid_request_error |    |       | 1
            sim-11133                | 400 | invalid_value           | invalid_request_error |    |       | 1
            sim-11135                | 400 | invalid_value           | invalid_request_error |    |       | 1
            sim-11148                | 400 | invalid_value           | invalid_request_error |    |       | 1
            sim-11151                | 400 | invalid_value           | invalid_request_error |    |       | 1
            sim-12001                | 400 | content_policy_violation | invalid_request_error |    |       | 1
            sim-11128                | 403 | upstream_refused        | permission_error      |    |       | 1
            sim-11140                | 403 | upstream_refused        | permission_error      |    |       | 1
            sim-empty-400            | 400 | invalid_value           | invalid_request_error |    |       | 1
            sim-integer-below-min-value | 400 | invalid_value        | invalid_request_error |    |       | 1
            # the model is not there: another credential may have it
            sim-11102                | 404 | model_not_found         | invalid_request_error |    |       | 3
            no-such-model            | 404 | model_not_found         | invalid_request_error |    |       | 3
            # the upstream is in trouble
            sim-500                  | 502 | upstream_error          | server_error          |    | false | 3
            sim-html-502             | 502 | upstream_error          | server_error          |    | false | 3
            sim-503                  | 503 | upstream_error          | server_error          |    | false | 3
            sim-504                  | 502 | upstream_error          | server_error          |    | false | 3
            sim-11141                | 502 | upstream_error          | server_error          |    | false | 3
            # 200 that is no answer
            sim-json-200             | 502 | upstream_malformed      | server_error          |    | false | 3
            sim-html-200             | 502 | upstream_malformed      | server_error          |    | false | 3
            sim-no-content-204       | 502 | upstream_malformed      | server_error          |    | false | 3
            sim-garbage-first        | 502 | upstream_malformed      | server_error          |    | false | 3
            sim-empty-stream         | 502 | upstream_incomplete     | server_error          |    | false | 3
            # an error as the first event
            sim-error-first-event    | 502 | upstream_error          | server_error          |    | false | 3
            # 30x is not followed, and not tried again
            sim-redirect             | 502 | upstream_redirect       | server_error          |    | false | 1
            sim-redirect-307         | 502 | upstream_redirect       | server_error          |    | false | 1
            # the connection breaks after the request was sent: one further try
            sim-reset-before-headers | 502 | upstream_unreachable    | server_error          |    | false | 2
            sim-close-before-headers | 502 | upstream_unreachable    | server_error          |    | false | 2
            """)
    void a_failure_before_the_first_event_has_its_true_status(
            String model, int status, String code, String type, String retryAfter, String shouldRetry, int calls)
            throws Exception {
        for (boolean stream : List.of(true, false)) {
            simulator.journal().clear();

            RawResponse response = Asked.chat(service, model, stream);

            assertThat(response.status()).as("%s", response).isEqualTo(status);
            assertThat(response.error().path("code").asText())
                    .as("%s", response)
                    .isEqualTo(code);
            assertThat(response.error().path("type").asText()).isEqualTo(type);
            assertThat(response.header("retry-after").orElse(null))
                    .as("Retry-After")
                    .isEqualTo(retryAfter);
            assertThat(response.header("x-should-retry").orElse(null))
                    .as("x-should-retry")
                    .isEqualTo(shouldRetry);
            ErrorContract.isKept(response);
            assertThat(chatCalls()).as("calls, stream " + stream).hasSize(calls);
            assertThat(chatCalls()).extracting(Exchange::path).containsOnly(UPSTREAM_CHAT);
        }
    }

    @Test
    void the_wait_that_a_troubled_upstream_asks_for_is_handed_on() throws Exception {
        simulator.script("troubled", Scenario.json(503, "{\"error\":\"simulated\"}", new Header("Retry-After", "5")));

        RawResponse response = Asked.chat(service, "troubled", true);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.error().path("code").asText()).isEqualTo("upstream_error");
        assertThat(response.header("retry-after")).contains("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-silent", "sim-no-headers", "sim-comments-only"})
    void silence_before_the_first_event_ends_at_its_deadline(String model) throws Exception {
        for (boolean stream : List.of(true, false)) {
            simulator.journal().clear();

            RawResponse response = Asked.chat(impatient, model, stream);

            assertThat(response.status()).as("%s", response).isEqualTo(504);
            assertThat(response.error().path("code").asText()).isEqualTo("upstream_timeout");
            assertThat(response.header("x-should-retry")).contains("false");
            ErrorContract.isKept(response);
            assertThat(chatCalls()).hasSize(2);
            for (Exchange call : chatCalls()) {
                assertThat(simulator.journal().awaitEnd(call, LIMIT)).isEqualTo(Exchange.End.PEER_LEFT);
            }
        }
    }

    @Test
    void a_slow_first_event_is_waited_for_within_the_deadline() throws Exception {
        for (String model : List.of("sim-slow-headers-700", "sim-slow-first-event-700", "sim-slow-headers-bytes-3")) {
            assertThat(Asked.chat(service, model, false)
                            .json()
                            .at("/choices/0/message/content")
                            .asText())
                    .as(model)
                    .isEqualTo("Seven is prime.");
        }
    }

    /** Each of these succeeds with another credential, which the client does not notice. */
    @ParameterizedTest
    @ValueSource(
            strings = {"429", "401", "403", "402", "500", "502", "503", "200 json", "error event", "no event", "reset"})
    void what_another_credential_can_cure_is_cured(String fault) throws Exception {
        for (boolean stream : List.of(true, false)) {
            String model = "cured " + fault + stream;
            simulator.script(model, faulty(fault), whole());
            simulator.journal().clear();

            RawResponse response = Asked.chat(service, model, stream);

            assertThat(response.status()).as("%s", response).isEqualTo(200);
            assertThat(response.text()).contains("Seven.").doesNotContain("simulated");
            assertThat(chatCalls()).hasSize(2);
            if (!fault.equals("reset")) {
                assertThat(chatCalls())
                        .extracting(call -> call.header("Authorization").orElseThrow())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void accounts_that_are_all_limited_are_asked_once_each_and_then_left_alone() throws Exception {
        try (ServiceUnderTest two = ServiceUnderTest.start(
                Setup.with(simulator.uri()).withTokens("one_sim-retry-after-30", "two_sim-retry-after-40"))) {
            RawResponse first = Asked.chat(two, "hy3", true);
            assertThat(chatCalls()).hasSize(2);
            RawResponse second = Asked.chat(two, "hy3", false);

            for (RawResponse response : List.of(first, second)) {
                assertThat(response.status()).as("%s", response).isEqualTo(429);
                assertThat(response.error().path("code").asText()).isEqualTo("rate_limit_exceeded");
                assertThat(Integer.parseInt(response.header("retry-after").orElseThrow()))
                        .isBetween(5, 30);
            }
            assertThat(chatCalls()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "one_sim-quota, two_sim-quota, 429, insufficient_quota, 2",
        "one_sim-refused, two_sim-refused, 503, no_usable_credentials, 2",
        "one_sim-forbidden, two_sim-refused, 503, no_usable_credentials, 2",
    })
    void accounts_that_cannot_be_used_are_asked_once_each_and_then_left_alone(
            String one, String other, int status, String code, int calls) throws Exception {
        try (ServiceUnderTest two =
                ServiceUnderTest.start(Setup.with(simulator.uri()).withTokens(one, other))) {
            for (boolean stream : List.of(true, false)) {
                RawResponse response = Asked.chat(two, "hy3", stream);

                assertThat(response.status()).as("%s", response).isEqualTo(status);
                assertThat(response.error().path("code").asText()).isEqualTo(code);
                assertThat(response.header("x-should-retry")).contains("false");
                assertThat(chatCalls()).hasSize(calls);
            }
        }
    }

    @Test
    void one_account_that_works_is_enough() throws Exception {
        try (ServiceUnderTest three = ServiceUnderTest.start(
                Setup.with(simulator.uri()).withTokens("one_sim-refused", "two_sim-quota", "token-three"))) {
            for (int turn = 0; turn < 4; turn++) {
                assertThat(Asked.chat(three, "hy3", turn % 2 == 0).status()).isEqualTo(200);
            }
            assertThat(chatCalls()).hasSize(6);
        }
    }

    @Test
    void no_account_at_all_is_told_without_a_call() throws Exception {
        try (ServiceUnderTest none =
                ServiceUnderTest.start(Setup.with(simulator.uri()).withTokens())) {
            RawResponse response = Asked.chat(none, "hy3", true);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.error().path("code").asText()).isEqualTo("no_credentials");
            assertThat(response.header("x-should-retry")).contains("false");
            assertThat(simulator.journal().requests()).isEmpty();
        }
    }

    @Test
    void an_ambiguous_break_is_not_retried_if_the_owner_does_not_want_it() throws Exception {
        try (ServiceUnderTest careful =
                ServiceUnderTest.start(Setup.with(simulator.uri()).sections("gateway: {retry_ambiguous: false}"))) {
            RawResponse response = Asked.chat(careful, "sim-reset-before-headers", false);

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.error().path("code").asText()).isEqualTo("upstream_unreachable");
            assertThat(chatCalls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-stale", "sim-drop-idle"})
    void a_stale_connection_is_replaced_without_the_client_noticing(String model) throws Exception {
        for (int turn = 0; turn < 4; turn++) {
            RawResponse response = Asked.chat(service, model, turn % 2 == 0);
            assertThat(response.status()).as("%s", response).isEqualTo(200);
        }
        assertThat(chatCalls()).hasSize(4);
    }

    /** Regression: the second attempt was given another connection as stale as the first. */
    @Test
    void any_number_of_stale_connections_costs_one_attempt() throws Exception {
        int many = 4;
        simulator.script(
                "stale-later",
                Scenario.of(
                        Streams.head(),
                        Streams.text("one"),
                        new Step.AwaitGate("stale-later"),
                        Streams.finish(),
                        Streams.done(),
                        Streams.end(),
                        new Step.ResetOnNextRequest()));
        try (ServiceUnderTest fresh = ServiceUnderTest.start(Setup.with(simulator.uri()))) {
            List<RawConnection> callers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                RawConnection caller = fresh.connect();
                caller.send(Asked.request(Asked.body("stale-later", true)));
                caller.readHead();
                caller.readChunkWith("one");
                callers.add(caller);
            }
            simulator.open("stale-later");
            for (RawConnection caller : callers) {
                caller.readChunkWith("[DONE]");
                caller.close();
            }

            RawResponse response = Asked.chat(fresh, "hy3", false);

            assertThat(response.status()).as("%s", response).isEqualTo(200);
        }
    }

    @Test
    void nobody_listening_is_told_after_one_quick_retry() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + ServiceUnderTest.freePort());
        try (ServiceUnderTest alone = ServiceUnderTest.start(Setup.with(nobody))) {
            for (boolean stream : List.of(true, false)) {
                RawResponse response = Asked.chat(alone, "hy3", stream);

                assertThat(response.status()).isEqualTo(502);
                assertThat(response.error().path("code").asText()).isEqualTo("upstream_unreachable");
                assertThat(response.header("x-should-retry")).contains("false");
                assertThat(response.text()).doesNotContain("127.0.0.1").doesNotContain("refused");
            }
        }
    }

    @Test
    void a_name_that_does_not_exist_is_told() throws Exception {
        try (ServiceUnderTest lost = ServiceUnderTest.start(Setup.with(URI.create("https://no-such-host.invalid")))) {
            RawResponse response = Asked.chat(lost, "hy3", true);

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.error().path("code").asText()).isEqualTo("upstream_unreachable");
            assertThat(response.text()).doesNotContain("invalid\"").doesNotContain("no-such-host");
        }
    }

    private static Scenario faulty(String fault) {
        return switch (fault) {
            case "200 json" -> Scenario.json(200, "{\"simulated\":true}");
            case "error event" -> Scenario.events(List.of("{\"error\":{\"message\":\"simulated\"}}"), Duration.ZERO);
            case "no event" -> Scenario.events(List.of("[DONE]"), Duration.ZERO);
            case "reset" -> Scenario.of(new Step.Reset());
            case "429" -> Scenario.json(429, "{\"code\":14003,\"msg\":\"simulated\"}", new Header("Retry-After", "2"));
            default -> Scenario.json(Integer.parseInt(fault), "{\"error\":\"simulated\"}");
        };
    }

    private static Scenario whole() {
        return Scenario.events(
                List.of(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Seven.\"},\"finish_reason\":null}]}",
                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "[DONE]"),
                Duration.ZERO);
    }

    private static List<Exchange> chatCalls() {
        return simulator.journal().requests().stream()
                .filter(exchange -> !exchange.method().equals("GET"))
                .toList();
    }
}
