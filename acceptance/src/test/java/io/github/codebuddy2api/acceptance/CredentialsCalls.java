package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The credential routes of a service, and which credential its chats use. */
final class CredentialsCalls {
    static final String LIST = "/codebuddy/v1/credentials";

    private final SimulatedCodeBuddy simulator;
    private final Calls calls;

    CredentialsCalls(SimulatedCodeBuddy simulator, ServiceUnderTest service) {
        this.simulator = simulator;
        this.calls = Calls.to(service);
    }

    JsonNode list() throws IOException {
        RawResponse response = calls.get(LIST);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response.json().path("credentials");
    }

    /** One member of all listed credentials, in order. */
    List<String> all(String member) throws IOException {
        List<String> values = new ArrayList<>();
        list().forEach(credential -> values.add(credential.path(member).asText()));
        return values;
    }

    JsonNode current() throws IOException {
        RawResponse response = calls.get(LIST + "/current");
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response.json();
    }

    RawResponse add(String json) throws IOException {
        return calls.post(LIST, json);
    }

    /** Posts to a route below the list. */
    RawResponse act(String route, String json) throws IOException {
        return calls.post(LIST + "/" + route, json);
    }

    /** The same, and it must succeed. */
    JsonNode done(String route, String json) throws IOException {
        RawResponse response = act(route, json);
        assertThat(response.status()).as("%s: %s", route, response).isEqualTo(200);
        return response.json();
    }

    /** The access tokens that so many chats, one after another, were sent with. */
    String tokensOf(int chats) throws IOException {
        simulator.journal().clear();
        for (int chat = 0; chat < chats; chat++) {
            RawResponse response = calls.chat("hy3", false);
            assertThat(response.status()).as("%s", response).isEqualTo(200);
        }
        List<String> tokens = new ArrayList<>();
        for (Exchange exchange : simulator.journal().requests("/v2/chat/completions")) {
            tokens.add(exchange.header("Authorization").orElse("none").replace("Bearer token-", ""));
        }
        return String.join(" ", tokens);
    }
}
