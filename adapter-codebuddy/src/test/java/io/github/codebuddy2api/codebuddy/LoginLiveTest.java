package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.login.LoginRefusal;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.LoginOutcome;
import io.github.codebuddy2api.simulator.Scenario;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginLiveTest extends LiveTest {
    private static final String START = "/v2/plugin/auth/state";
    private static final String TOKEN = "/v2/plugin/auth/token";
    private static final String ACCOUNT = "/v2/plugin/login/account";
    private static final String ACCOUNTS = "/v2/plugin/accounts";

    @Test
    void a_person_who_signs_in_is_logged_in_when_account_and_list_are_ready() {
        LoginStep.AwaitingPerson begun = logins().start();
        assertThat(begun.page()).asString().startsWith(simulator.uri() + "/login?platform=CLI&state=");

        assertThat(logins().advance(begun)).isSameAs(begun);
        assertThat(decide(begun, LoginOutcome.PERSONAL)).isTrue();
        LoginStep.AwaitingAccount signedIn = (LoginStep.AwaitingAccount) logins().advance(begun);
        assertThat(logins().advance(signedIn)).isSameAs(signedIn);
        LoginStep.AwaitingChoices known = (LoginStep.AwaitingChoices) logins().advance(signedIn);
        assertThat(logins().advance(known)).isSameAs(known);
        LoginStep.Complete complete = (LoginStep.Complete) logins().advance(known);

        assertThat(complete.tokens()).isEqualTo(signedIn.tokens());
        assertThat(complete.account().uid()).isNotBlank();
        assertThat(complete.account().name()).isEqualTo("Ann");
        assertThat(complete.account().domain()).isEqualTo("www.codebuddy.cn");
        assertThat(complete.account().enterprise()).isEmpty();
        assertThat(complete.choices()).containsExactly(complete.account());
    }

    @Test
    void the_tokens_tell_when_they_end() {
        Tokens tokens = signedIn(LoginOutcome.PERSONAL).tokens();

        assertThat(tokens.refreshToken()).isNotNull();
        assertThat(tokens.expiresAt()).isBetween(inDays(364), inDays(366));
        assertThat(tokens.refreshExpiresAt()).isBetween(inDays(394), inDays(396));
        assertThat(tokens.issuedAt()).isBetween(inDays(-1), inDays(1));
        assertThat(tokens.type()).isEqualTo("Bearer");
        assertThat(tokens.scope()).contains("offline_access");
        assertThat(tokens.sessionState()).isNotBlank();
    }

    @Test
    void a_member_of_an_enterprise_may_choose_between_it_and_himself() {
        LoginStep.Complete complete = complete(signedIn(LoginOutcome.ENTERPRISE));

        assertThat(complete.account().enterprise()).contains("ent-1");
        assertThat(complete.account().departmentFullName()).isEqualTo("Simulated/Tests & R\u00f6ntgen");
        assertThat(complete.choices()).extracting(Account::enterpriseId).containsExactly(null, "ent-1");
        assertThat(complete.choices().get(0).enterpriseName()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SEAT,NO_FREE_SEAT",
        "LICENCE_EXPIRED,LICENCE_EXPIRED",
        "TRIAL_EXPIRED,TRIAL_EXPIRED",
        "ADDRESS_REFUSED,ADDRESS_NOT_ALLOWED"
    })
    void a_refusal_says_why(LoginOutcome outcome, LoginRefusal reason) {
        LoginStep.AwaitingPerson begun = logins().start();
        decide(begun, outcome);

        assertThat(logins().advance(begun)).isEqualTo(new LoginStep.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({"12005,NO_FREE_SEAT", "11212,LICENCE_EXPIRED", "11216,TRIAL_EXPIRED", "10081,ADDRESS_NOT_ALLOWED"})
    void a_refusal_is_one_with_any_status_and_at_the_account_too(int code, LoginRefusal reason) {
        LoginStep.AwaitingPerson begun = logins().start();
        simulator.script(TOKEN, Scenario.json(400, "{\"code\":" + code + ",\"msg\":\"no\",\"data\":null}"));
        assertThat(logins().advance(begun)).isEqualTo(new LoginStep.Refused(reason));

        simulator.unscript(TOKEN);
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.PERSONAL);
        simulator.script(ACCOUNT, Scenario.json(200, "{\"code\":" + code + ",\"data\":null}"));
        assertThat(logins().advance(signedIn)).isEqualTo(new LoginStep.Refused(reason));
    }

    @Test
    void a_state_that_is_spent_or_unknown_is_refused_without_a_reason() {
        LoginStep.AwaitingPerson begun = logins().start();
        decide(begun, LoginOutcome.PERSONAL);
        logins().advance(begun);

        assertThat(logins().advance(begun)).isEqualTo(new LoginStep.Refused(LoginRefusal.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(ints = {11217, 10008})
    void both_codes_for_not_yet_mean_not_yet(int code) {
        LoginStep.AwaitingPerson begun = logins().start();
        simulator.script(TOKEN, Scenario.json(200, "{\"code\":" + code + ",\"msg\":\"login ing...\",\"data\":null}"));

        assertThat(logins().advance(begun)).isSameAs(begun);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json 503 {\"code\":503,\"msg\":\"busy\"}",
                "html 502",
                "html 401",
                "json 200 []",
                "json 200 {\"co",
                "close",
                "play sim-cut-in-chunk",
                "play sim-redirect"
            })
    void what_goes_wrong_for_once_leaves_the_step_good(String fault) {
        LoginStep.AwaitingPerson begun = logins().start();
        decide(begun, LoginOutcome.PERSONAL);
        simulator.script(TOKEN, Scenario.parse(fault));

        assertThatThrownBy(() -> logins().advance(begun))
                .isInstanceOf(GatewayException.class)
                .isNotInstanceOf(GatewayException.CredentialRejected.class)
                .hasMessageNotContaining(begun.state().reveal());

        simulator.unscript(TOKEN);
        assertThat(logins().advance(begun)).isInstanceOf(LoginStep.AwaitingAccount.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json 200 {\"code\":0,\"data\":{}}",
                "json 200 {\"code\":0,\"data\":null}",
                "json 200 {\"code\":0,\"data\":{\"accessToken\":\"not a token\"}}"
            })
    void a_success_without_usable_tokens_is_the_end_because_its_state_is_spent(String fault) {
        LoginStep.AwaitingPerson begun = logins().start();
        simulator.script(TOKEN, Scenario.parse(fault));

        assertThat(logins().advance(begun)).isEqualTo(new LoginStep.Refused(LoginRefusal.UNKNOWN));
    }

    @Test
    void an_account_without_an_id_is_no_account() {
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.PERSONAL);
        simulator.script(ACCOUNT, Scenario.json(200, "{\"code\":0,\"data\":{\"nickname\":\"Li\"}}"));

        assertThatThrownBy(() -> logins().advance(signedIn)).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void a_personal_account_keeps_nothing_of_an_enterprise() {
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.ENTERPRISE);
        assertThat(signedIn.known().enterprise()).contains("ent-1");
        simulator.script(ACCOUNT, Scenario.json(200, """
                {"code":0,"data":{"uid":"u","type":"personal","enterpriseId":"ent-9","enterpriseName":"n",
                "departmentFullName":"d"}}"""));

        Account account = ((LoginStep.AwaitingChoices) logins().advance(signedIn)).account();

        assertThat(account.enterpriseId()).isNull();
        assertThat(account.enterpriseName()).isNull();
        assertThat(account.departmentFullName()).isNull();
    }

    @Test
    void an_account_that_says_nothing_of_its_enterprise_is_billed_as_the_tokens_say() {
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.ENTERPRISE);
        simulator.script(ACCOUNT, Scenario.json(200, "{\"code\":0,\"data\":{\"uid\":\"u\",\"type\":\"ultimate\"}}"));

        assertThat(((LoginStep.AwaitingChoices) logins().advance(signedIn))
                        .account()
                        .enterpriseId())
                .isEqualTo("ent-1");
    }

    @Test
    void a_list_that_is_refused_with_all_due_form_does_not_spoil_the_login() {
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.PERSONAL);
        simulator.script(ACCOUNTS, Scenario.json(200, "{\"code\":11000,\"msg\":\"no list\",\"data\":null}"));

        LoginStep.Complete complete = complete(signedIn);

        assertThat(complete.choices()).isEmpty();
        assertThat(complete.account().uid()).isNotBlank();
    }

    @Test
    void nobody_is_named_before_there_are_tokens_and_the_tokens_owner_afterwards() {
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.PERSONAL);
        complete(signedIn);

        Exchange start = simulator.journal().requests(START).get(0);
        assertThat(start.method()).isEqualTo("POST");
        assertThat(start.query()).matches("platform=CLI&nonce=[0-9a-f]{16}");
        String nonce = start.query().substring(start.query().lastIndexOf('=') + 1);
        assertThat(text(start)).isEqualTo("{\"nonce\":\"" + nonce + "\"}");
        for (Exchange anonymous :
                List.of(start, simulator.journal().requests(TOKEN).get(0))) {
            assertThat(anonymous.header("X-No-Authorization")).contains("true");
            assertThat(anonymous.header("X-Domain")).contains("127.0.0.1");
            assertThat(anonymous.header("X-Request-ID").orElse("")).matches("[0-9a-f]{32}");
            assertThat(anonymous.header("Authorization")).isEmpty();
            assertThat(anonymous.header("X-User-Id")).isEmpty();
        }
        for (String path : List.of(ACCOUNT, ACCOUNTS)) {
            Exchange known = simulator.journal().requests(path).get(0);
            assertThat(known.header("X-No-Authorization")).isEmpty();
            assertThat(known.header("Authorization"))
                    .contains("Bearer " + signedIn.tokens().accessToken().reveal());
            assertThat(known.header("X-Domain")).contains("www.codebuddy.cn");
            assertThat(known.header("X-Refresh-Token")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.codebuddy.cn/login?state=abc",
                "HTTPS://WWW.CodeBuddy.ai:443/login#/x?state=abc",
                "https://signin.example:8443/x"
            })
    void a_page_on_an_allowed_site_is_shown_as_it_came(String page) {
        options.set(options.get()
                .withServices(
                        ServiceOptions.DEFAULT.withFurtherSites(List.of(URI.create("https://signin.example:8443")))));
        for (String member : List.of("authUrl", "auth_url", "url")) {
            startWith("{\"state\":\"abc\",\"" + member + "\":\"" + page + "\"}");

            assertThat(logins().start().page()).hasToString(page);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.codebuddy.cn/login",
                "https://www.codebuddy.cn.evil.example/login",
                "https://evil.example/https://www.codebuddy.cn/",
                "https://www.codebuddy.cn:8443/login",
                "https://user@www.codebuddy.cn/login",
                "https://www.codebuddy.cn@evil.example/login",
                "https://www.codebuddy.cn\\\\@evil.example/",
                "https://www.codebuddy.cn/lo gin",
                " https://www.codebuddy.cn/login",
                "https://www.codebuddy.cn/login\\n",
                "https://www.codebuddy.cn/\\u202elogin",
                "https://localhost/login",
                "//www.codebuddy.cn/login",
                "/login",
                "javascript:alert(1)",
                "http://127.0.0.1:1/login",
                "",
                "https://"
            })
    void any_other_page_is_not_shown_to_anybody(String page) {
        startWith("{\"state\":\"abc\",\"authUrl\":\"" + page + "\"}");

        assertThatThrownBy(() -> logins().start())
                .isInstanceOfSatisfying(
                        UpstreamGarbled.class,
                        failure -> assertThat(failure.code()).isEqualTo("oauth_upstream_invalid"))
                .hasMessageNotContaining("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"\"", "\"a b\"", "\"a\\r\\nb\"", "\"\u00e9\""})
    void a_state_that_could_not_be_asked_for_is_refused(String state) {
        startWith("{\"state\":" + state + ",\"authUrl\":\"https://www.codebuddy.cn/login\"}");

        assertThatThrownBy(() -> logins().start())
                .isInstanceOfSatisfying(
                        UpstreamGarbled.class,
                        failure -> assertThat(failure.code()).isEqualTo("oauth_upstream_invalid"));
    }

    @Test
    void a_state_is_sent_back_as_it_came() {
        startWith("{\"state\":\"a&b=c%20+/#\",\"authUrl\":\"https://www.codebuddy.cn/login\"}");
        LoginStep.AwaitingPerson begun = logins().start();
        logins().advance(begun);

        assertThat(simulator.journal().requests(TOKEN).get(0).query()).isEqualTo("state=a%26b%3Dc%2520%2B%2F%23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html 401", "html 403", "json 200 {\"code\":1,\"msg\":\"no\"}", "json 200 {}"})
    void a_login_that_cannot_begin_blames_no_account(String answer) {
        simulator.script(START, Scenario.parse(answer));

        assertThatThrownBy(() -> logins().start())
                .isInstanceOf(GatewayException.class)
                .isNotInstanceOf(GatewayException.CredentialRejected.class);
    }

    @Test
    void nothing_of_a_login_is_printed() {
        LoginStep.AwaitingAccount signedIn = signedIn(LoginOutcome.PERSONAL);
        LoginStep.Complete complete = complete(signedIn);

        assertThat(signedIn + " " + complete)
                .doesNotContain(signedIn.state().reveal())
                .doesNotContain(complete.tokens().accessToken().reveal())
                .doesNotContain("Ann");
    }

    private LoginProvider logins() {
        return codeBuddy.logins();
    }

    private void startWith(String body) {
        simulator.script(START, Scenario.json(200, "{\"code\":0,\"msg\":\"OK\",\"data\":" + body + "}"));
    }

    private boolean decide(LoginStep.AwaitingPerson begun, LoginOutcome outcome) {
        return simulator.decideLogin(begun.state().reveal(), outcome, "Ann");
    }

    private LoginStep.AwaitingAccount signedIn(LoginOutcome outcome) {
        LoginStep.AwaitingPerson begun = logins().start();
        assertThat(decide(begun, outcome)).isTrue();
        return (LoginStep.AwaitingAccount) logins().advance(begun);
    }

    private LoginStep.Complete complete(LoginStep.AwaitingAccount signedIn) {
        LoginStep step = signedIn;
        for (int i = 0; i < 5 && step instanceof LoginStep.Pending pending; i++) {
            step = logins().advance(pending);
        }
        return (LoginStep.Complete) step;
    }

    private static String text(Exchange exchange) {
        return exchange.body().text();
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }
}
