package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.RequestRefused;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.login.LoginRefusal;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsLiveTest extends LiveTest {
    private static final String ACCOUNTS = "/v2/plugin/accounts";
    private static final String SWITCH = "/v2/plugin/login/enterprise";
    private static final Account PERSON =
            new Account("uid-1", "ann@mail.example", "ann@mail.example", "Ann", "www.codebuddy.ai", null, null, null);
    private static final Account MEMBER =
            new Account("uid-1", null, null, null, null, "ent-1", "Enterprise One", "Dep/One");

    @Test
    void the_accounts_that_may_be_used_are_listed() {
        Credential member = codeBuddy.accounts().switchTo(credential(PERSON), MEMBER);

        List<Account> accounts = codeBuddy.accounts().accounts(member);

        assertThat(accounts).extracting(Account::enterpriseId).containsExactly(null, "ent-1");
        assertThat(accounts).extracting(Account::userId).containsOnly("ann@mail.example");
        assertThat(accounts).extracting(Account::domain).containsOnly("www.codebuddy.cn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"accounts\":null}", "{\"accounts\":7}", "null"})
    void a_list_that_is_missing_is_not_an_empty_one(String data) {
        simulator.script(ACCOUNTS, Scenario.json(200, "{\"code\":0,\"data\":" + data + "}"));

        assertThatThrownBy(() -> codeBuddy.accounts().accounts(credential(PERSON)))
                .isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void entries_that_are_no_accounts_are_skipped() {
        simulator.script(ACCOUNTS, Scenario.json(200, """
                {"code":0,"data":{"accounts":[null,7,{},{"uid":"a"},{"uid":"b","pluginEnabled":"true"},
                {"pluginEnabled":true},{"uid":"c","pluginEnabled":true,"enterpriseId":""},
                {"uid":"d","pluginEnabled":true,"type":"external","enterpriseId":"e"}]}}"""));

        List<Account> accounts = codeBuddy.accounts().accounts(credential(MEMBER));

        assertThat(accounts).extracting(Account::uid).containsExactly("c", "d");
        assertThat(accounts).extracting(Account::enterpriseId).containsExactly(null, "e");
    }

    @Test
    void switching_to_an_enterprise_gives_tokens_that_are_billed_to_it() {
        Credential old = credential(PERSON);

        Credential switched = codeBuddy.accounts().switchTo(old, MEMBER);

        assertThat(switched.id()).isEqualTo(old.id());
        assertThat(switched.accessToken()).isNotEqualTo(old.accessToken());
        assertThat(switched.tokens().refreshToken())
                .isNotNull()
                .isNotEqualTo(old.tokens().refreshToken());
        assertThat(switched.account())
                .isEqualTo(new Account(
                        "uid-1",
                        "ann@mail.example",
                        "ann@mail.example",
                        "Ann",
                        "www.codebuddy.cn",
                        "ent-1",
                        "Enterprise One",
                        "Dep/One"));
        Exchange call = simulator.journal().requests(SWITCH + "/ent-1").get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("X-Enterprise-Id")).contains("ent-1");
        assertThat(call.header("X-Tenant-Id")).contains("ent-1");
        assertThat(call.header("X-Refresh-Token")).contains("not-a-refresh-token");
        assertThat(call.body().text()).isEqualTo("{}");
    }

    @Test
    void switching_back_leaves_nothing_of_the_enterprise() {
        Credential member = codeBuddy.accounts().switchTo(credential(PERSON), MEMBER);

        Credential person = codeBuddy.accounts().switchTo(member, PERSON);

        assertThat(person.account().enterpriseId()).isNull();
        assertThat(person.account().enterpriseName()).isNull();
        assertThat(person.account().departmentFullName()).isNull();
        Exchange call = simulator.journal().requests(SWITCH).get(0);
        assertThat(call.header("X-Enterprise-Id")).isEmpty();
        assertThat(call.header("X-Department-Info")).isEmpty();
    }

    @Test
    void an_odd_name_of_an_enterprise_stays_one_part_of_the_path() {
        Account odd = new Account("uid-1", null, null, null, null, "../a/b?c#d %", null, null);
        simulator.script("/", Scenario.json(404, "{}"));

        codeBuddy.accounts().switchTo(credential(PERSON), odd);

        assertThat(simulator.journal().requests())
                .extracting(Exchange::path)
                .containsExactly(SWITCH + "/..%2Fa%2Fb%3Fc%23d%20%25");
    }

    @Test
    void an_address_that_the_enterprise_does_not_allow_is_told_in_words() {
        Account blocked = new Account("uid-1", null, null, null, null, "ent-blocked", null, null);

        assertThatThrownBy(() -> codeBuddy.accounts().switchTo(credential(PERSON), blocked))
                .isInstanceOf(RequestRefused.class)
                .hasMessage(LoginRefusal.ADDRESS_NOT_ALLOWED.message());
    }

    @Test
    void a_switch_that_fails_says_why() {
        simulator.script(SWITCH + "/ent-1", Scenario.parse("html 401"), Scenario.parse("json 500 {}"));

        assertThatThrownBy(() -> codeBuddy.accounts().switchTo(credential(PERSON), MEMBER))
                .isInstanceOf(CredentialRejected.class);
        assertThatThrownBy(() -> codeBuddy.accounts().switchTo(credential(PERSON), MEMBER))
                .isInstanceOf(UpstreamUnavailable.class);
    }

    @Test
    void without_a_refresh_token_nothing_is_asked() {
        assertThatThrownBy(() -> codeBuddy.accounts().switchTo(Credentials.of("a"), MEMBER))
                .isInstanceOf(InvalidRequest.class);
        assertThat(simulator.journal().requests()).isEmpty();
    }

    private static Credential credential(Account account) {
        Credential plain = Credentials.of("a").with(account);
        return plain.with(plain.tokens().refreshedBy(Secret.of("not-a-refresh-token")));
    }
}
