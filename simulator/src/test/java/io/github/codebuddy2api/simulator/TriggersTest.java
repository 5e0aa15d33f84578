package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TriggersTest {
    private static SimulatedCodeBuddy simulator;
    private static Calls calls;

    @BeforeAll
    static void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
        calls = new Calls(simulator.uri());
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    sim-11101, 400, '"code":11101,'
                    sim-11102, 400, '"code":11102,'
                    sim-404-11102, 404, '"code":11102,'
                    sim-11115, 400, '"code":"context_length_exceeded"'
                    sim-4028, 400, '"code":4028,'
                    sim-11128, 400, unapproved channel
                    sim-11128-policy, 403, blocked by security policy
                    sim-11128-first-message, 400, first message is not system prompt
                    sim-200-11128, 200, '"code":11128,'
                    sim-500-11128, 500, '"code":11128,'
                    sim-11133, 400, '"code":11133,'
                    sim-t7, 400, '"code": 11133,'
                    sim-11135, 400, invalid_image_data
                    sim-11140, 403, '{"error":{"message":"request illegal","type":"auth_forbidden","code":"11140"}}'
                    sim-429-11140, 429, model provider is rate-limiting requests
                    sim-200-11140, 200, model provider is rate-limiting requests
                    sim-11141, 500, '"code":"11141"'
                    sim-400-11141, 400, '"code":"11141"'
                    sim-11142, 403, '"code":"11142"'
                    sim-11148, 400, '"code":11148,'
                    sim-11151, 400, '"code":11151,'
                    sim-400001, 400, '"code":"400001"'
                    sim-12001, 400, '"code":12001,'
                    sim-12002, 400, '"code":12002,'
                    sim-429-6004, 429, UTC+8
                    sim-6008, 429, '"code":6008,'
                    sim-429-14003, 429, '"code":14003,'
                    sim-14017, 403, '"code":14017,'
                    sim-14018, 429, '{"error":{"data":{"code":14018,"msg":"Credits exhausted","requestId":"5151c0de"}}}'
                    sim-400-14018, 400, '{"error":{"data":{"code":14018,'
                    sim-60001, 403, '"code":60001,'
                    sim-10105, 429, quota_active_session
                    sim-17274, 403, '"code":17274,'
                    sim-integer-below-min-value, 400, '"code":"integer_below_min_value"'
                    sim-12153, 401, Offline user session not found
                    sim-400-12153, 400, '"code":12153,'
                    sim-error-418-777, 418, '"code":777,'
                    sim-error-418-777-b, 418, '{"error":{"data":{"code":777,'
                    sim-error-418-777-c, 418, '"code":"777"}}'
                    sim-error-418-777-s, 418, '{"error":"simulated refusal 777"}'
                    sim-402, 402, '{"error":{'
                    sim-503, 503, '{"error":{'
                    sim-html-401, 401, <center>openresty</center>
                    sim-html-502, 502, <center>openresty</center>
                    sim-html-200, 200, <center>openresty</center>
                    sim-empty-400, 400, ''
                    sim-text-500, 500, simulated plain text 500
                    sim-json-200, 200, '{"answer":'
                    sim-json-200-14018, 200, '"code":14018,'
                    sim-redirect, 302, ''
                    sim-no-content-204, 204, ''
                    """)
    void a_refusal_has_its_status_and_its_words(String model, int status, String words) throws Exception {
        Calls.Answer answer = calls.chat(Peer.chatBody(model, ""));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse("")).doesNotContain("event-stream");
        if (words.isEmpty()) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(answer.body()).contains(words);
        }
    }

    @Test
    void limits_tell_when_to_come_back() throws Exception {
        assertThat(calls.chat(Peer.chatBody("sim-14003", "")).header("Retry-After"))
                .contains("3");
        assertThat(calls.chat(Peer.chatBody("sim-retry-after-7200-503", "")).header("Retry-After"))
                .contains("7200");
        assertThat(calls.chat(Peer.chatBody("sim-6004", "")).body())
                .containsPattern("resets at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\+8");
    }

    @Test
    void a_trigger_in_the_access_token_comes_before_the_model() throws Exception {
        String body = Peer.chatBody("sim-t1", "");

        assertThat(calls.post("/v2/chat/completions", "x.sim-quota.y", body).body())
                .contains("14018");
        assertThat(calls.post("/v2/chat/completions", "x.sim-limited.y", body).status())
                .isEqualTo(429);
        assertThat(calls.post("/v2/chat/completions", "x.sim-503.y", body).status())
                .isEqualTo(503);
        assertThat(calls.post("/v2/chat/completions", "sim-refused", body).body())
                .contains("openresty");
        assertThat(calls.post("/v2/chat/completions", "plain", body).body()).contains("Seven");
    }

    @Test
    void only_a_refused_token_is_refused_elsewhere_too() throws Exception {
        assertThat(calls.get("/v3/config", "sim-refused").status()).isEqualTo(401);
        assertThat(calls.get("/v3/config", "sim-forbidden").status()).isEqualTo(403);
        assertThat(calls.get("/v3/config", "sim-quota").status()).isEqualTo(200);
    }

    @Test
    void a_redirect_points_at_a_place_that_the_journal_would_show() throws Exception {
        Calls.Answer answer = calls.chat(Peer.chatBody("sim-redirect-307", ""));

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Location")).contains("/redirected");
    }

    @Test
    void every_trigger_of_the_readme_exists() throws Exception {
        Triggers triggers = new Triggers(new Refusals(Clock.systemUTC()));
        Set<String> elsewhere = Set.of(
                "sim-echo",
                "sim-refused",
                "sim-forbidden",
                "sim-quota",
                "sim-limited",
                "sim-no-package",
                "sim-no-accounts-key",
                "sim-no-activity",
                "sim-pace");
        Set<String> named = new TreeSet<>();
        Matcher names = Pattern.compile("`(sim-[a-z0-9<>-]+)`").matcher(Files.readString(Path.of("README.md")));
        while (names.find()) {
            named.add(filled(names.group(1)));
        }

        named.removeAll(elsewhere);

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named).allSatisfy(name -> assertThat(triggers.forModel(name)).isPresent());
    }

    @Test
    void a_name_that_is_no_trigger_is_an_unknown_model() throws Exception {
        assertThat(calls.chat(Peer.chatBody("sim-nonsense", "")).body()).contains("\"code\":11102,");
    }

    private static String filled(String name) {
        return name.replace("<3xx>", "307")
                .replace("<code>", "14003")
                .replace("<http>", "418")
                .replace("<transcript>", "t2")
                .replaceAll("<[a-z]+>", "7");
    }
}
