package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fixture.Credentials;
import org.junit.jupiter.api.Test;

/** What was asked and spent, over HTTP. */
class StatsRouteTest {
    @Test
    void nothing_was_asked_yet() {
        try (Owned owned = new Owned(Credentials.named("one"))) {
            assertThat(owned.get("/api/stats").body())
                    .startsWith("{\"model_usage\":{},\"credential_usage\":{},\"since\":")
                    .contains("\"total\":{\"requests\":0,\"failures\":{},\"prompt_tokens\":0,\"completion_tokens\":0,"
                            + "\"cached_tokens\":0,\"credit\":0,\"mean_time_to_first_chunk_ms\":null}")
                    .endsWith("\"models\":{},\"credentials\":{},\"hours\":[]}");
        }
    }

    @Test
    void each_chat_counts_once_under_its_model_and_its_credentials_name() {
        try (Owned owned = new Owned(Credentials.named("one"))) {
            for (String model : new String[] {"b", "b", "<i>\\\"a", "a"}) {
                String messages = ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
                owned.post("/v1/chat/completions", "{\"model\":\"" + model + "\"" + messages);
            }
            owned.post("/v1/chat/completions", "{}");

            assertThat(owned.get("/api/stats").body())
                    .startsWith("{\"model_usage\":{\"b\":2,\"<i>\\\"a\":1,\"a\":1},\"credential_usage\":{\"one\":4},")
                    .contains("\"total\":{\"requests\":4,", "\"hours\":[{\"start\":");
        }
    }
}
