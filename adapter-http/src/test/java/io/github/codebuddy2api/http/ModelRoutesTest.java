package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is told of a model besides OpenAI's four members. */
class ModelRoutesTest {
    @Test
    void what_the_upstream_tells_of_a_model_is_passed_on() {
        Model known = new Model(
                "glm",
                "GLM \"5\"",
                new Model.Limits(200_000, 8192),
                Set.of(Model.Ability.TOOLS, Model.Ability.IMAGES),
                new BigDecimal("1.50"),
                null);
        GatewaySettings settings =
                GatewaySettings.DEFAULT.with(new ModelOffer(List.of("other", "*"), List.of(), Map.of("fast", "glm")));

        try (Gateway gateway = Gateway.builder()
                        .upstream(ScriptedUpstream.always(Script.text("a")))
                        .credentials(InMemoryCredentialStore.of(Credentials.of("one")))
                        .models(credential -> List.of(known))
                        .settings(() -> settings)
                        .build();
                HttpAdapter adapter = HttpAdapter.start(
                        gateway,
                        HttpOptions.of("127.0.0.1", 0),
                        () -> ServerPassword.from(Served.PASSWORD, true),
                        new SplittableRandom(42),
                        Time.system());
                RawCaller caller = new RawCaller(adapter.port())) {
            String head = "\"object\":\"model\",\"created\":1735689600,\"owned_by\":\"codebuddy\",\"name\":";
            String facts = "\"GLM \\\"5\\\"\",\"context_length\":200000,\"max_output_tokens\":8192,"
                    + "\"abilities\":[\"images\",\"tools\"],\"credit_multiplier\":1.5";
            String all = caller.ask("GET", "/v1/models").response().body();
            assertThat(all)
                    .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"other\"," + head + "\"other\"}")
                    .contains("{\"id\":\"glm\"," + head + facts + "}")
                    .contains("{\"id\":\"fast\"," + head + facts + ",\"alias_of\":\"glm\"}");
            assertThat(caller.ask("GET", "/codebuddy/v1/models/fast").response().body())
                    .isEqualTo("{\"id\":\"fast\"," + head + facts + ",\"alias_of\":\"glm\"}");
            for (RawCaller.Response catalog : List.of(
                    caller.ask("GET", "/api/models").response(),
                    caller.post("/api/models/refresh", "{}".getBytes(UTF_8), "").response())) {
                assertThat(catalog.body())
                        .startsWith("{\"models\":[{\"id\":\"other\"," + head + "\"other\",\"credentials\":[]},")
                        .contains(
                                facts + ",\"credentials\":[\"one\"]}",
                                facts + ",\"alias_of\":\"glm\",\"credentials\":[\"one\"]}],"
                                        + "\"credentials\":[{\"id\":\"one\",\"state\":\"known\",\"code\":null,"
                                        + "\"checked_at\":1")
                        .endsWith("}],\"unlisted\":[]}");
            }
        }
    }
}
