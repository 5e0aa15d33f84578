package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaLiveTest extends LiveTest {
    private static final String QUOTA = "/v2/billing/meter/get-user-resource";
    private static final String CLAIM = "/v2/billing/meter/daily-checkin";
    private static final String STATUS = "/v2/billing/meter/checkin-activity-status";
    private static final Account MEMBER = new Account("uid-1", null, null, null, null, "ent-1", null, null);

    @Test
    void only_what_is_active_counts() {
        Quota quota = codeBuddy.quotas().quota(person("not-a-token"));

        assertThat(quota.total()).isEqualByComparingTo("3000");
        assertThat(quota.remaining()).isEqualByComparingTo("1776.5");
        assertThat(quota.used()).isEqualByComparingTo("1223.5");
        assertThat(quota.grants()).extracting(Quota.Grant::name).containsExactly("Monthly plan");
        assertThat(simulator.journal().requests(QUOTA))
                .hasSize(1)
                .first()
                .satisfies(call -> assertThat(call.body().text())
                        .matches("\\{\"PageNumber\":1,\"PageSize\":200,\"ProductCode\":\"p_tcaca\",\"Status\":\\[0,3],"
                                + "\"PackageEndTimeRangeBegin\":\"20[0-9-]{8} [0-9:]{8}\","
                                + "\"PackageEndTimeRangeEnd\":\"2[1-9][0-9-]{8} [0-9:]{8}\"}"));
    }

    @Test
    void nobody_with_nothing_is_believed_at_once() {
        Quota quota = codeBuddy.quotas().quota(person("not-a-token.sim-no-package.x"));

        assertThat(quota).isEqualTo(QuotaReply.NOTHING);
        assertThat(simulator.journal().requests(QUOTA)).hasSize(2);
    }

    @Test
    void an_empty_list_that_was_a_hiccup_is_forgotten() {
        simulator.script(
                QUOTA,
                packages("[]"),
                packages("[{\"Status\":0,\"CycleCapacitySize\":5," + "\"CycleCapacityRemain\":4}]"));

        assertThat(codeBuddy.quotas().quota(person("not-a-token")).remaining()).isEqualByComparingTo("4");
    }

    @Test
    void a_list_that_is_missing_is_not_an_empty_one() {
        assertThatThrownBy(() -> codeBuddy.quotas().quota(person("not-a-token.sim-no-accounts-key.x")))
                .isInstanceOf(UpstreamGarbled.class);
        assertThat(simulator.journal().requests(QUOTA)).hasSize(1);
    }

    @Test
    void a_member_of_an_enterprise_has_what_the_enterprise_leaves_him() {
        Quota quota = codeBuddy.quotas().quota(person("not-a-token").with(MEMBER));

        assertThat(quota.total()).isEqualByComparingTo("100");
        assertThat(quota.used()).isEqualByComparingTo("40.25");
        assertThat(quota.remaining()).isEqualByComparingTo("59.75");
        assertThat(quota.resetsAt()).hasToString("2026-08-31T16:00:00Z");
        Exchange call = simulator.journal().requests().get(0);
        assertThat(call.path()).isEqualTo("/v2/billing/meter/get-enterprise-user-usage");
        assertThat(call.header("X-Enterprise-Id")).contains("ent-1");
    }

    @Test
    void a_key_comes_with_nothing_but_what_it_needs() {
        codeBuddy.quotas().quota(person("ck_not-a-key"));

        Exchange call = simulator.journal().requests(QUOTA).get(0);
        assertThat(call.headers())
                .extracting(Header::name)
                .filteredOn(name -> name.toLowerCase(Locale.ROOT).startsWith("x-"))
                .isEmpty();
        assertThat(call.header("Authorization")).contains("Bearer ck_not-a-key");
        assertThat(call.header("User-Agent")).isPresent();
    }

    @Test
    void a_check_in_can_be_claimed_once_a_day() {
        Credential credential = person("not-a-token");

        assertThat(codeBuddy.quotas().checkInStatus(credential)).isEqualTo(new CheckIn.Open(new BigDecimal(100), 0));
        assertThat(codeBuddy.quotas().checkIn(credential)).isEqualTo(new CheckIn.Claimed(new BigDecimal(100), 1));
        assertThat(codeBuddy.quotas().checkIn(credential)).isEqualTo(new CheckIn.AlreadyClaimed());
        assertThat(codeBuddy.quotas().checkInStatus(credential)).isEqualTo(new CheckIn.AlreadyClaimed());
    }

    @Test
    void asking_claims_nothing() {
        codeBuddy.quotas().checkInStatus(person("not-a-token"));
        codeBuddy.quotas().quota(person("not-a-token"));

        assertThat(simulator.journal().requests(CLAIM)).isEmpty();
    }

    @Test
    void nothing_is_offered_while_the_activity_is_not_running_and_to_an_enterprise() {
        Credential late = person("not-a-token.sim-no-activity.x");
        assertThat(codeBuddy.quotas().checkInStatus(late)).isEqualTo(new CheckIn.NotOffered());
        assertThat(codeBuddy.quotas().checkIn(late)).isEqualTo(new CheckIn.NotOffered());

        simulator.journal().clear();
        Credential member = person("not-a-token").with(MEMBER);
        assertThat(codeBuddy.quotas().checkInStatus(member)).isEqualTo(new CheckIn.NotOffered());
        assertThat(codeBuddy.quotas().checkIn(member)).isEqualTo(new CheckIn.NotOffered());
        assertThat(simulator.journal().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json 400 {\"code\":10001,\"msg\":\"\u4eca\u65e5\u5df2\u7b7e\u5230\"}",
                "json 400 {\"code\":1001,\"message\":\"\u5df2\u7b7e\u5230\"}",
                "json 200 {\"code\":10001,\"msg\":\"\u60a8\u4eca\u5929\u5df2\u7b7e\u5230\"}"
            })
    void a_second_claim_is_known_by_its_words(String answer) {
        simulator.script(CLAIM, Scenario.parse(answer));

        assertThat(codeBuddy.quotas().checkIn(person("not-a-token"))).isEqualTo(new CheckIn.AlreadyClaimed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json 400 {\"code\":10001,\"msg\":\"bad parameters\"}",
                "json 400 {\"code\":null,\"msg\":null}",
                "json 500 {}",
                "html 200",
                "json 200 {}"
            })
    void any_other_refusal_of_a_claim_is_a_failure(String answer) {
        simulator.script(CLAIM, Scenario.parse(answer));

        assertThatThrownBy(() -> codeBuddy.quotas().checkIn(person("not-a-token")))
                .isInstanceOf(GatewayException.class);
    }

    @Test
    void a_status_without_an_answer_is_none() {
        simulator.script(STATUS, Scenario.json(200, "{\"code\":0,\"data\":{}}"));

        assertThatThrownBy(() -> codeBuddy.quotas().checkInStatus(person("not-a-token")))
                .isInstanceOf(UpstreamGarbled.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-token.sim-html-401.x", "not-a-token.sim-403.x"})
    void a_token_that_is_not_accepted_is_said_to_be(String token) {
        assertThatThrownBy(() -> codeBuddy.quotas().quota(person(token)))
                .isInstanceOf(CredentialRejected.class)
                .hasMessageNotContaining("not-a-token");
    }

    private static Scenario packages(String accounts) {
        return Scenario.json(200, "{\"code\":0,\"data\":{\"Response\":{\"Data\":{\"Accounts\":" + accounts + "}}}}");
    }

    private static Credential person(String token) {
        return Credential.of("a", token);
    }
}
