package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OtherCallsTest {
    private static final String METER = "/v2/billing/meter/";

    private SimulatedCodeBuddy simulator;
    private Calls calls;

    @BeforeEach
    void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
        calls = new Calls(simulator.uri());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void the_configuration_lists_models_with_one_disabled_and_one_for_images() throws Exception {
        Json configuration = calls.get("/v3/config", "made-up").json().at("data");

        List<Json> models = configuration.at("models").items();
        assertThat(models).filteredOn(m -> m.at("disabled").isTrue()).hasSize(1);
        assertThat(models)
                .filteredOn(m -> m.at("tags").write().contains("text-to-image"))
                .hasSize(1);
        assertThat(configuration.at("agents").items().getFirst().at("models").items())
                .extracting(Json::text)
                .contains("auto", "glm-5.2")
                .doesNotContain("hunyuan-image-v3.0");
    }

    @Test
    void an_unknown_product_gets_no_configuration() throws Exception {
        assertThat(calls.get("/v3/config", "made-up", "User-Agent", "curl/8").status())
                .isEqualTo(400);
    }

    @Test
    void the_older_list_of_models_fails_on_the_international_site() throws Exception {
        String path = "/console/enterprises/personal/models";
        try (SimulatedCodeBuddy abroad =
                SimulatedCodeBuddy.start(Options.defaults().withSite(Site.INTERNATIONAL))) {
            assertThat(calls.get(path, "made-up").status()).isEqualTo(200);
            assertThat(new Calls(abroad.uri()).get(path, "made-up").status()).isEqualTo(500);
            assertThat(new Calls(abroad.uri()).get("/v3/config", "made-up").body())
                    .contains("default-model");
        }
    }

    @Test
    void a_person_has_two_packages_of_which_one_is_not_active() throws Exception {
        Json data = resources("made-up");

        assertThat(data.at("Accounts").items())
                .extracting(a -> a.at("Status").write())
                .containsExactly("0", "3");
    }

    @Test
    void packages_can_be_null_or_missing() throws Exception {
        assertThat(resources("sim-no-package").has("Accounts")).isTrue();
        assertThat(resources("sim-no-package").at("Accounts").isNothing()).isTrue();
        assertThat(resources("sim-no-accounts-key").has("Accounts")).isFalse();
    }

    @Test
    void an_enterprise_has_a_limit_and_what_is_used_of_it() throws Exception {
        Json data = calls.post(METER + "get-enterprise-user-usage", "made-up", "{}")
                .json()
                .at("data");

        assertThat(data.at("credit").write()).isEqualTo("40.25");
        assertThat(data.at("limitNum").write()).isEqualTo("100");
    }

    @Test
    void a_refused_token_gets_no_quota() throws Exception {
        assertThat(calls.post(METER + "get-user-resource", "sim-refused", "{}").status())
                .isEqualTo(401);
    }

    @Test
    void billing_without_a_user_agent_is_forbidden() throws Exception {
        try (Peer peer = new Peer(simulator.uri())) {
            peer.send("POST " + METER + "get-user-resource HTTP/1.1\r\nAuthorization: Bearer x\r\n\r\n");

            assertThat(peer.readHead()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void the_second_claim_of_a_day_is_told_so() throws Exception {
        assertThat(status("made-up").at("today_checked_in").isTrue()).isFalse();
        Calls.Answer first = calls.post("/billing/meter/daily-checkin", "made-up", "{}");
        Calls.Answer second = calls.post(METER + "daily-checkin", "made-up", "{}");

        assertThat(first.json().at("data").at("credit").write()).isEqualTo("100");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.json().at("code").write()).isEqualTo("10001");
        assertThat(second.json().at("msg").text()).contains("已签到");
        assertThat(status("made-up").at("today_checked_in").isTrue()).isTrue();
        assertThat(calls.post(METER + "daily-checkin", "somebody-else", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void a_check_in_without_activity_is_told_so() throws Exception {
        assertThat(calls.post(METER + "daily-checkin", "sim-no-activity", "{}").body())
                .contains("5200");
        assertThat(status("sim-no-activity").at("active").isTrue()).isFalse();
    }

    @Test
    void other_paths_do_not_exist() throws Exception {
        assertThat(calls.post("/v1/chat/completions", "made-up", "{}").status()).isEqualTo(404);
        assertThat(calls.get("/v2/chat/completions", "made-up").status()).isEqualTo(404);
        assertThat(calls.post(METER + "nothing", "made-up", "{}").status()).isEqualTo(404);
    }

    private Json status(String token) throws IOException {
        return calls.post(METER + "checkin-activity-status", token, "{}").json().at("data");
    }

    private Json resources(String token) throws IOException {
        return calls.post(METER + "get-user-resource", token, "{}")
                .json()
                .at("data")
                .at("Response")
                .at("Data");
    }
}
