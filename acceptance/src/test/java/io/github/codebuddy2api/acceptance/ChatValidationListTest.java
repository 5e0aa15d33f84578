package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list, 16 to 26: which chat requests are refused, and that the upstream hears nothing of them. */
final class ChatValidationListTest {
    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    @Test
    @Item(16)
    void what_is_not_json_is_told_with_the_reason() throws Exception {
        assertThat(refused("{bad")).matches("Invalid JSON request body: \\S.*");
    }

    @Test
    @Item(17)
    void an_array_is_not_a_request() throws Exception {
        assertThat(refused("[1]")).isEqualTo("Request body must be a JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}
            {"model":"hy3","messages":[]}
            {"model":"hy3","messages":"x"}
            """)
    @Item({18, 19, 20})
    void messages_that_are_missing_or_empty_or_no_array_are_asked_for(String body) throws Exception {
        assertThat(refused(body)).isEqualTo("Messages field is required and must be an array");
    }

    @Test
    @Item(21)
    void a_message_that_is_no_object_is_named_by_its_index() throws Exception {
        assertThat(refused("{\"model\":\"hy3\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},7]}"))
                .isEqualTo("Message 1 must be an object");
    }

    @Test
    @Item(value = 22, note = "an assistant's message with tool calls needs no content")
    void a_message_needs_its_role_and_its_content() throws Exception {
        String wanted = "Message 0 must have 'role' and 'content' fields";
        assertThat(refused("{\"model\":\"hy3\",\"messages\":[{\"content\":\"a\"}]}"))
                .isEqualTo(wanted);
        assertThat(refused("{\"model\":\"hy3\",\"messages\":[{\"role\":\"user\"}]}"))
                .isEqualTo(wanted);

        assertThat(Calls.to(service)
                        .post(
                                Calls.CHAT,
                                "{\"model\":\"hy3\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                                        + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"b\"}]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Item(23)
    void null_is_a_content() throws Exception {
        RawResponse response = Calls.to(service)
                .post(
                        Calls.CHAT,
                        "{\"model\":\"hy3\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":"
                                + "\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"b\"}]}");
        assertThat(response.status()).as("%s", response).isEqualTo(200);
    }

    @Test
    @Item(
            value = {24, 25},
            note = "503 in place of 401: the caller's key is fine")
    void without_a_usable_credential_nothing_is_sent() throws Exception {
        try (ServiceUnderTest none =
                ServiceUnderTest.start(Setup.with(simulator.uri()).withTokens())) {
            noCredential(Calls.to(none).chat("hy3", true), "no_credentials");
            noCredential(Calls.to(none).chat("hy3", false), "no_credentials");
        }
        int port = ServiceUnderTest.freePort();
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(port));
        for (String name : List.of("a.json", "b.json")) {
            home.credential(
                    name, "{\"bearer_token\":\"token-" + name + "\",\"created_at\":1500000000,\"expires_in\":3600}");
        }
        try (ServiceUnderTest expired = ServiceUnderTest.start(home, port, List.of())) {
            noCredential(Calls.to(expired).chat("hy3", true), "no_usable_credentials");
            noCredential(Calls.to(expired).chat("hy3", false), "no_usable_credentials");
        }
        assertThat(simulator.journal().requests("/v2/chat/completions")).isEmpty();
    }

    @Test
    @Item(26)
    void a_refused_request_is_not_counted() throws Exception {
        String before = Calls.to(service).get("/api/stats").text();
        refused("{\"model\":\"never-counted\",\"messages\":[]}");
        refused("{bad");
        RawResponse after = Calls.to(service).get("/api/stats");

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text()).doesNotContain("never-counted");
        assertThat(Json.read(after.text()).path("model_usage"))
                .isEqualTo(Json.read(before).path("model_usage"));
        assertThat(Json.read(after.text()).path("credential_usage"))
                .isEqualTo(Json.read(before).path("credential_usage"));
    }

    private static void noCredential(RawResponse response, String code) {
        assertThat(response.status()).as("%s", response).isEqualTo(503);
        assertThat(response.error().path("code").asText()).isEqualTo(code);
        ErrorContract.isKept(response);
    }

    /** Sends what must be refused, and returns what was said. */
    private static String refused(String body) throws Exception {
        RawResponse response = Calls.to(service).post(Calls.CHAT, body);
        assertThat(response.status()).as("%s", response).isEqualTo(400);
        ErrorContract.isKept(response);
        assertThat(simulator.journal().requests("/v2/chat/completions")).isEmpty();
        return response.json().path("detail").asText();
    }
}
