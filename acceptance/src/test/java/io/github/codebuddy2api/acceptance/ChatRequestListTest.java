package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list, 27 to 34: what the upstream is sent. */
final class ChatRequestListTest {
    private static final String UPSTREAM_CHAT = "/v2/chat/completions";
    private static final List<String> IDS =
            List.of("X-Conversation-ID", "X-Conversation-Request-ID", "X-Conversation-Message-ID", "X-Request-ID");

    private static SimulatedCodeBuddy simulator;
    private static SimulatedCodeBuddy other;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        other = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).allowing(other.uri()));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
        other.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
        simulator.script("any", Streams.answer("Good."));
    }

    @Test
    @Item(27)
    void the_upstream_streams_whatever_was_asked() throws Exception {
        for (String stream : List.of(",\"stream\":false", ",\"stream\":true", "")) {
            simulator.journal().clear();
            ask("{\"model\":\"any\"" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

            assertThat(call().method()).isEqualTo("POST");
            assertThat(sent().path("stream")).isEqualTo(Json.read("true"));
        }
    }

    @Test
    @Item(28)
    void one_message_of_a_user_gets_a_system_message_in_front() throws Exception {
        ask("{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

        assertThat(sent().path("messages"))
                .isEqualTo(Json.read("[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"},"
                        + "{\"role\":\"user\",\"content\":\"a\"}]"));
    }

    @Test
    @Item(29)
    void more_messages_stay_as_they_are() throws Exception {
        String messages = "[{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"a\"}]";
        ask("{\"model\":\"any\",\"messages\":" + messages + "}");

        assertThat(sent().path("messages")).isEqualTo(Json.read(messages));
    }

    @Test
    @Item(30)
    void what_is_not_known_here_arrives_as_it_was() throws Exception {
        String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\",\"default\":1.50}}}}}]";
        String body = "{\"model\":\"any\",\"temperature\":0.30,\"top_p\":1e-1,\"of_tomorrow\":{\"a\":[1,null,\"é\"]},"
                + "\"tools\":" + tools + ",\"tool_choice\":\"auto\","
                + "\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\",\"mine\":1}]}";
        ask(body);

        assertThat(sent().path("tools")).isEqualTo(Json.read(tools));
        assertThat(sent().path("tool_choice").asText()).isEqualTo("auto");
        assertThat(sent().path("of_tomorrow")).isEqualTo(Json.read("{\"a\":[1,null,\"é\"]}"));
        assertThat(sent().path("messages").path(1).path("mine").asInt()).isEqualTo(1);
        assertThat(call().body().text()).contains("\"temperature\":0.30", "\"top_p\":1e-1");
    }

    @Test
    @Item(31)
    void the_credential_speaks_for_itself() throws Exception {
        for (int turn = 0; turn < 2; turn++) {
            simulator.journal().clear();
            ask("{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

            String token = call().header("Authorization").orElseThrow();
            assertThat(token).isIn("Bearer token-one", "Bearer token-two");
            assertThat(call().header("X-User-Id")).contains(token.endsWith("one") ? "user-1" : "user-2");
            assertThat(call().header("Host")).contains(simulator.uri().getAuthority());
            assertThat(call().header("X-Domain")).contains(simulator.uri().getHost());
        }
    }

    @Test
    @Item(32)
    void ids_of_the_caller_travel_and_missing_ones_are_made_up_each_time() throws Exception {
        String body = "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        List<String> headers = new ArrayList<>(List.of("Content-Type: application/json"));
        IDS.forEach(id -> headers.add(id + ": mine-" + id));
        Calls.to(service).ask("POST", Calls.CHAT, body, headers.toArray(String[]::new));
        for (String id : IDS) {
            assertThat(call().header(id)).contains("mine-" + id);
        }

        List<String> madeUp = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            simulator.journal().clear();
            ask(body);
            IDS.forEach(id -> madeUp.add(call().header(id).orElseThrow()));
        }
        assertThat(madeUp)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).hasSizeBetween(32, 36));
    }

    @Test
    @Item(33)
    void the_password_stays_here() throws Exception {
        Calls.to(service)
                .ask(
                        "POST",
                        Calls.CHAT,
                        "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                        "Content-Type: application/json",
                        "Cookie: key=" + AppHome.PASSWORD,
                        "X-Api-Key: " + AppHome.PASSWORD);

        assertThat(call().headers())
                .isNotEmpty()
                .noneMatch(header -> header.value().contains(AppHome.PASSWORD));
        assertThat(call().body().text()).doesNotContain(AppHome.PASSWORD);
    }

    @Test
    @Item(34)
    void a_changed_endpoint_gets_the_next_request() throws Exception {
        other.script("any", Streams.answer("Good."));
        try {
            Calls.to(service).change("{\"CODEBUDDY_API_ENDPOINT\": \"" + other.uri() + "\"}");
            ask("{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

            Exchange moved = other.journal().requests(UPSTREAM_CHAT).getFirst();
            assertThat(moved.header("Host")).contains(other.uri().getAuthority());
            assertThat(moved.header("X-Domain")).contains(other.uri().getHost());
            assertThat(simulator.journal().requests(UPSTREAM_CHAT)).isEmpty();
        } finally {
            Calls.to(service).change("{\"CODEBUDDY_API_ENDPOINT\": \"" + simulator.uri() + "\"}");
        }
    }

    private static void ask(String body) throws Exception {
        RawResponse response = Calls.to(service).post(Calls.CHAT, body);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
    }

    private static Exchange call() {
        List<Exchange> calls = simulator.journal().requests(UPSTREAM_CHAT);
        assertThat(calls).hasSize(1);
        return calls.getFirst();
    }

    private static JsonNode sent() {
        return Json.read(call().body().text());
    }
}
