package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list, 13 to 15: which models are told. */
final class ModelsListTest {
    private static final String MODELS = "/codebuddy/v1/models";

    private static SimulatedCodeBuddy simulator;

    /** Has no credential at all. */
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri())
                .withTokens()
                .codebuddy("models: [zebra, deepseek-v4-pro, \"auto\", zebra]"));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @Test
    @Item({13, 15})
    void the_configured_models_are_listed_in_their_order_without_any_credential() throws Exception {
        RawResponse response = Calls.to(service).get(MODELS);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().path("object").asText()).isEqualTo("list");
        assertThat(ids(response)).containsExactly("zebra", "deepseek-v4-pro", "auto");
        for (JsonNode model : response.json().path("data")) {
            assertThat(model.path("object").asText()).isEqualTo("model");
            assertThat(model.path("owned_by").asText()).isEqualTo("codebuddy");
            assertThat(model.path("created").isInt()).as("%s", model).isTrue();
        }
        assertThat(Calls.to(service).get(MODELS).text()).isEqualTo(response.text());
        assertThat(Calls.to(service).get("/v1/models").text()).isEqualTo(response.text());
    }

    @Test
    @Item(14)
    void a_changed_list_is_there_at_once() throws Exception {
        try (ServiceUnderTest changed =
                ServiceUnderTest.start(Setup.with(simulator.uri()).codebuddy("models: [auto]"))) {
            Calls.to(changed).change("{\"CODEBUDDY_MODELS\": \"a, b,,c\"}");

            assertThat(ids(Calls.to(changed).get(MODELS))).containsExactly("a", "b", "c");
        }
    }

    private static List<String> ids(RawResponse response) throws IOException {
        List<String> ids = new ArrayList<>();
        response.json().path("data").forEach(model -> ids.add(model.path("id").asText()));
        return ids;
    }
}
