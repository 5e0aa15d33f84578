package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.Model.Ability;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Options;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Site;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsLiveTest extends LiveTest {
    private static final String MODELS = "/v3/config";
    private static final Account MEMBER =
            new Account("uid-1", null, null, null, "www.codebuddy.cn", "ent-1", null, null);
    private static final Credential CREDENTIAL = Credentials.of("a").with(MEMBER);

    @Test
    void the_models_come_with_what_is_known_of_them() {
        List<Model> models = codeBuddy.models().models(CREDENTIAL);

        Model glm = models.stream()
                .filter(model -> model.id().equals("glm-5.2"))
                .findFirst()
                .orElseThrow();
        assertThat(glm.name()).isEqualTo("GLM-5.2");
        assertThat(glm.limits()).isEqualTo(new Model.Limits(1_000_000, 48_000));
        assertThat(glm.creditMultiplier()).isEqualTo(new BigDecimal("0.79"));
        assertThat(glm.abilities()).containsExactlyInAnyOrder(Ability.TOOLS, Ability.REASONING);
        assertThat(models).extracting(Model::id).doesNotHaveDuplicates().doesNotContain("hunyuan-image-v3.0");
        assertThat(models)
                .filteredOn(model -> model.abilities().contains(Ability.IMAGES))
                .extracting(Model::id)
                .contains("glm-4.6v", "glm-5v-turbo");
    }

    @Test
    void the_international_site_offers_others() throws Exception {
        try (SimulatedCodeBuddy other =
                SimulatedCodeBuddy.start(Options.defaults().withSite(Site.INTERNATIONAL))) {
            List<Model> chinese = codeBuddy.models().models(CREDENTIAL);
            options.set(CodeBuddyOptions.at(other.uri()));

            assertThat(codeBuddy.models().models(CREDENTIAL)).isNotEmpty().isNotEqualTo(chinese);
        }
    }

    @Test
    void the_site_that_is_asked_is_the_one_that_is_named() {
        codeBuddy.models().models(CREDENTIAL);

        Exchange call = simulator.journal().requests(MODELS).get(0);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.header("X-Domain")).contains("127.0.0.1");
        assertThat(call.header("X-User-Id")).contains("uid-1");
        assertThat(call.header("X-Enterprise-Id")).contains("ent-1");
        assertThat(call.header("User-Agent")).contains("CLI/2.107.0 CodeBuddy/2.107.0");
    }

    @Test
    void a_path_can_be_configured() {
        simulator.script("/v9/models", Scenario.json(200, "{\"code\":0,\"data\":{\"models\":[{\"id\":\"x\"}]}}"));
        options.set(
                options.get().withServices(ServiceOptions.DEFAULT.withPaths(Map.of(Endpoint.MODELS, "/v9/models"))));

        assertThat(codeBuddy.models().models(CREDENTIAL)).containsExactly(new Model("x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            html 401 | CredentialRejected
            json 401 {"code":12153,"msg":"gone"} | CredentialRejected
            json 400 {"code":11101,"msg":"bad"} | UpstreamUnavailable
            json 404 {"error_msg":"404"} | UpstreamUnavailable
            json 500 {} | UpstreamUnavailable
            html 200 | UpstreamGarbled
            json 200 {"code":0,"data":{}} | UpstreamGarbled
            json 200 {"code":0,"data":{"models":{}}} | UpstreamGarbled
            json 200 {"code":0} | UpstreamGarbled
            json 200 {"data":{"models":[]}} | UpstreamGarbled
            json 200 {"code":17,"msg":"no"} | UpstreamUnavailable
            json 429 {} | RateLimited
            """)
    void an_upstream_that_cannot_tell_says_why(String answer, String kind) {
        simulator.script(MODELS, Scenario.parse(answer));

        assertThatThrownBy(() -> codeBuddy.models().models(CREDENTIAL))
                .isInstanceOf(GatewayException.class)
                .satisfies(failure ->
                        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind));
    }

    @Test
    void a_token_of_another_realm_is_not_revoked_by_it() {
        simulator.script(MODELS, Scenario.html(401, "<html>openresty</html>"));

        assertThatThrownBy(() -> codeBuddy.models().models(CREDENTIAL))
                .isInstanceOfSatisfying(
                        CredentialRejected.class,
                        rejected -> assertThat(rejected.needsLogin()).isFalse());
    }

    @Test
    void a_reply_that_is_too_large_is_not_held() {
        options.set(options.get().withServices(ServiceOptions.DEFAULT.withMaxReplyBytes(1024)));

        assertThatThrownBy(() -> codeBuddy.models().models(CREDENTIAL)).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void what_the_upstream_says_is_cleaned_before_it_is_shown() {
        simulator.script(MODELS, Scenario.json(500, "{\"code\":9,\"msg\":\"at https://internal.example/x now\"}"));

        assertThatThrownBy(() -> codeBuddy.models().models(CREDENTIAL))
                .isInstanceOf(UpstreamUnavailable.class)
                .hasMessageContaining("now")
                .hasMessageNotContaining("internal.example");
    }
}
