package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoginTest {
    @Test
    void a_login_is_pending_twice_and_then_gives_tokens_once() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            Calls calls = new Calls(simulator.uri());
            String state = begin(calls);

            assertThat(poll(calls, state).at("code").write()).isEqualTo("11217");
            assertThat(poll(calls, state).at("code").write()).isEqualTo("11217");
            Json tokens = poll(calls, state);
            assertThat(tokens.at("code").write()).isEqualTo("0");
            assertThat(tokens.at("data").at("domain").text()).isEqualTo("www.codebuddy.cn");
            assertThat(tokens.at("data").at("enterpriseId").text()).isEmpty();
            assertThat(poll(calls, state).at("code").write()).isEqualTo("11218");
        }
    }

    @Test
    void the_account_is_prepared_once_and_the_list_is_late_once() throws Exception {
        try (SimulatedCodeBuddy simulator =
                SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(0))) {
            Calls calls = new Calls(simulator.uri());
            String state = begin(calls);
            String token = poll(calls, state).at("data").at("accessToken").text();
            String account = "/v2/plugin/login/account?state=" + state;

            assertThat(calls.get(account, token).json().at("code").write()).isEqualTo("12151");
            Json owner = calls.get(account, token).json().at("data");
            assertThat(owner.at("uid").text()).hasSize(36);
            assertThat(calls.get("/v2/plugin/accounts", token).status()).isEqualTo(503);
            Json list = calls.get("/v2/plugin/accounts", token).json();
            assertThat(list.at("data").at("accounts").items())
                    .extracting(a -> a.at("pluginEnabled").isTrue())
                    .containsExactly(true, false);
            assertThat(list.at("data").at("accounts").items().getFirst().at("uid"))
                    .isEqualTo(owner.at("uid"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void somebody_decides_at_the_page(LoginOutcome outcome) throws Exception {
        try (SimulatedCodeBuddy simulator =
                SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(Options.BY_HAND))) {
            Calls calls = new Calls(simulator.uri());
            Json begun = calls.post("/v2/plugin/auth/state?platform=CLI", "", "{}")
                    .json()
                    .at("data");
            String page = begun.at("authUrl")
                    .text()
                    .substring(simulator.uri().toString().length());
            String state = begun.at("state").text();
            assertThat(poll(calls, state).at("code").write()).isEqualTo("11217");
            assertThat(calls.get(page, "").body()).contains("value=\"" + outcome.name() + "\"", state);

            Calls.Answer decided =
                    calls.post("/login", "", "state=" + state + "&outcome=" + outcome.name() + "&name=M%C3%BCller");

            assertThat(decided.status()).isEqualTo(200);
            Json end = poll(calls, state);
            switch (outcome) {
                case PERSONAL -> assertThat(claims(end)).contains("\"nickname\":\"Müller\"");
                case ENTERPRISE ->
                    assertThat(end.at("data").at("enterpriseId").text()).isEqualTo("ent-1");
                case NO_SEAT -> assertThat(end.at("code").write()).isEqualTo("12005");
                case LICENCE_EXPIRED -> assertThat(end.at("code").write()).isEqualTo("11212");
                case TRIAL_EXPIRED -> assertThat(end.at("code").write()).isEqualTo("11216");
                case ADDRESS_REFUSED -> assertThat(end.at("code").write()).isEqualTo("10081");
            }
            assertThat(simulator.decideLogin(state, outcome, "Li")).isFalse();
        }
    }

    @Test
    void a_state_that_was_never_issued_is_unknown() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
            Calls calls = new Calls(simulator.uri());

            assertThat(poll(calls, "made-up").at("code").write()).isEqualTo("11218");
            assertThat(calls.post("/login", "", "state=made-up&outcome=PERSONAL")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_refresh_rotates_and_a_used_refresh_token_is_refused() throws Exception {
        try (SimulatedCodeBuddy simulator =
                SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(0).withStrictTokens(true))) {
            Calls calls = new Calls(simulator.uri());
            Json first = poll(calls, begin(calls)).at("data");
            Json second = refresh(calls, first).json().at("data");

            assertThat(second.at("refreshToken")).isNotEqualTo(first.at("refreshToken"));
            assertThat(calls.get("/v3/config", second.at("accessToken").text()).status())
                    .isEqualTo(200);
            Calls.Answer again = refresh(calls, first);
            assertThat(again.status()).isEqualTo(401);
            assertThat(again.json().at("code").write()).isEqualTo("12153");
            assertThat(refresh(calls, second).status()).isEqualTo(200);
        }
    }

    @Test
    void a_refresh_token_from_elsewhere_is_good_once_unless_tokens_are_strict() throws Exception {
        Json made = Json.object("accessToken", "made-up", "refreshToken", "made-up-too");
        try (SimulatedCodeBuddy lenient = SimulatedCodeBuddy.start();
                SimulatedCodeBuddy strict =
                        SimulatedCodeBuddy.start(Options.defaults().withStrictTokens(true))) {
            assertThat(refresh(new Calls(lenient.uri()), made).status()).isEqualTo(200);
            assertThat(refresh(new Calls(lenient.uri()), made).status()).isEqualTo(401);
            assertThat(refresh(new Calls(strict.uri()), made).status()).isEqualTo(401);
            assertThat(new Calls(strict.uri()).get("/v3/config", "made-up").status())
                    .isEqualTo(401);
            Json failing = Json.object("accessToken", "a", "refreshToken", "x.sim-503.y");
            assertThat(refresh(new Calls(lenient.uri()), failing).status()).isEqualTo(503);
        }
    }

    @Test
    void tokens_end_when_their_time_is_over_or_they_are_revoked() throws Exception {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start(
                Options.defaults().withPendingPolls(0).withTokenLifetime(Duration.ofNanos(1)))) {
            Calls calls = new Calls(simulator.uri());
            String issued =
                    poll(calls, begin(calls)).at("data").at("accessToken").text();
            simulator.revoke("made-up");

            assertThat(calls.get("/v3/config", issued).status()).isEqualTo(401);
            assertThat(calls.get("/v3/config", "made-up").status()).isEqualTo(401);
            assertThat(calls.get("/v3/config", "").status()).isEqualTo(401);
        }
    }

    @Test
    void an_enterprise_can_be_entered_and_left_and_one_refuses_the_address() throws Exception {
        try (SimulatedCodeBuddy simulator =
                SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(0))) {
            Calls calls = new Calls(simulator.uri());
            Json tokens = poll(calls, begin(calls)).at("data");

            Json entered = enter(calls, tokens, "/ent-1").json().at("data");
            assertThat(entered.at("enterpriseId").text()).isEqualTo("ent-1");
            Json left = enter(calls, entered, "").json().at("data");
            assertThat(left.at("enterpriseId").text()).isEmpty();
            assertThat(enter(calls, tokens, "/ent-blocked").json().at("code").write())
                    .isEqualTo("10081");
            assertThat(calls.post("/v2/plugin/login/enterprise", "made-up", "{}")
                            .status())
                    .isEqualTo(400);
        }
    }

    private static String begin(Calls calls) throws IOException {
        return calls.post("/v2/plugin/auth/state?platform=CLI", "", "{}")
                .json()
                .at("data")
                .at("state")
                .text();
    }

    private static Json poll(Calls calls, String state) throws IOException {
        return calls.get("/v2/plugin/auth/token?state=" + state, "").json();
    }

    private static Calls.Answer refresh(Calls calls, Json tokens) throws IOException {
        return calls.post(
                "/v2/plugin/auth/token/refresh",
                tokens.at("accessToken").text(),
                "{}",
                "X-Refresh-Token",
                tokens.at("refreshToken").text());
    }

    private static Calls.Answer enter(Calls calls, Json tokens, String id) throws IOException {
        return calls.post(
                "/v2/plugin/login/enterprise" + id,
                tokens.at("accessToken").text(),
                "{}",
                "X-Refresh-Token",
                tokens.at("refreshToken").text());
    }

    private static String claims(Json tokens) {
        String token = tokens.at("data").at("accessToken").text();
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
