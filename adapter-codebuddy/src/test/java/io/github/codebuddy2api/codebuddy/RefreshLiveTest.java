package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshLiveTest extends LiveTest {
    private static final String REFRESH = "/v2/plugin/auth/token/refresh";
    private static final Account MEMBER =
            new Account("uid-1", "ann@mail.example", null, "Ann", "www.codebuddy.ai", "ent-1", "One", "Dep");
    private static final Instant SOON = Instant.parse("2126-01-01T00:00:00Z");

    @Test
    void a_refreshed_credential_has_other_tokens_and_nothing_else_changed_but_the_domain() {
        Credential old = credential("not-a-refresh-token-1");

        Credential fresh = codeBuddy.refresher().refresh(old);

        assertThat(fresh.id()).isEqualTo(old.id());
        assertThat(fresh.accessToken()).isNotEqualTo(old.accessToken());
        assertThat(fresh.tokens().refreshToken())
                .isNotNull()
                .isNotEqualTo(old.tokens().refreshToken());
        assertThat(fresh.account().isSameAs(old.account())).isTrue();
        assertThat(fresh.account().departmentFullName()).isEqualTo("Dep");
        assertThat(fresh.account().domain()).isEqualTo("www.codebuddy.cn");
    }

    @Test
    void each_refresh_token_is_good_once() {
        Credential first = credential("not-a-refresh-token-2");
        Credential second = codeBuddy.refresher().refresh(first);
        Credential third = codeBuddy.refresher().refresh(second);

        assertThat(third.tokens().refreshToken()).isNotEqualTo(second.tokens().refreshToken());
        assertThat(failure(second))
                .isInstanceOfSatisfying(
                        CredentialRejected.class,
                        refused -> assertThat(refused.needsLogin()).isTrue());
    }

    @Test
    void the_call_carries_both_tokens_and_says_whose_they_are() {
        codeBuddy.refresher().refresh(credential("not-a-refresh-token-3"));

        Exchange call = simulator.journal().requests(REFRESH).get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.body().text()).isEqualTo("{}");
        assertThat(call.header("X-Refresh-Token")).contains("not-a-refresh-token-3");
        assertThat(call.header("Authorization")).contains("Bearer not-an-access-token");
        assertThat(call.header("X-Auth-Refresh-Source")).contains("plugin");
        assertThat(call.header("X-Domain")).contains("www.codebuddy.ai");
        assertThat(call.header("X-User-Id")).contains("uid-1");
        assertThat(call.header("X-Enterprise-Id")).contains("ent-1");
        assertThat(call.header("X-Tenant-Id")).contains("ent-1");
    }

    @Test
    void the_refresh_token_goes_to_no_other_call() {
        Credential credential = credential("not-a-refresh-token-4");
        codeBuddy.models().models(credential);
        codeBuddy.accounts().accounts(credential);
        codeBuddy.quotas().quota(credential);
        codeBuddy
                .open(Chats.request("glm-5.2"), credential, Chats.correlation())
                .close();

        assertThat(simulator.journal().requests()).hasSize(4).allSatisfy(call -> {
            assertThat(call.header("X-Refresh-Token")).isEmpty();
            assertThat(call.headers()).noneMatch(header -> header.value().contains("not-a-refresh-token-4"));
            assertThat(call.query() + call.body().text()).doesNotContain("not-a-refresh-token-4");
        });
    }

    @Test
    void what_the_upstream_leaves_out_stays_as_it_was() {
        answer("{\"accessToken\":\"not-a-token-new\"}");
        Credential old = credential("not-a-refresh-token-5");

        Credential fresh = codeBuddy.refresher().refresh(old);

        assertThat(fresh.accessToken().reveal()).isEqualTo("not-a-token-new");
        assertThat(fresh.tokens().refreshToken()).isEqualTo(old.tokens().refreshToken());
        assertThat(fresh.tokens().expiresAt()).isEqualTo(SOON);
        assertThat(fresh.tokens().refreshExpiresAt()).isEqualTo(SOON.plusSeconds(1));
        assertThat(fresh.tokens().scope()).isEqualTo("openid");
        assertThat(fresh.tokens().sessionState()).isEqualTo("session");
        assertThat(fresh.account()).isEqualTo(MEMBER);
    }

    @Test
    void an_end_that_has_passed_is_not_kept_for_a_token_that_is_new() {
        answer("{\"accessToken\":\"not-a-token-new\"}");
        Credential old = credential("not-a-refresh-token-6");
        Credential ended = old.with(old.tokens().expiringAt(Instant.now().minusSeconds(10)));

        assertThat(codeBuddy.refresher().refresh(ended).expiry()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sim-12153,true",
        "sim-400-12153,true",
        "sim-401,true",
        "sim-403,true",
        "sim-html-401,true",
        "sim-html-403,true",
        "sim-empty-401,true"
    })
    void a_refused_refresh_token_needs_a_login(String trigger, boolean needsLogin) {
        assertThat(failure(credential("not-a-token." + trigger + ".x")))
                .isInstanceOfSatisfying(
                        CredentialRejected.class,
                        refused -> assertThat(refused.needsLogin()).isEqualTo(needsLogin))
                .hasMessageContaining("log in again")
                .hasMessageNotContaining("not-a-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sim-500",
                "sim-503",
                "sim-html-502",
                "sim-html-200",
                "sim-html-404",
                "sim-empty-400",
                "sim-empty-200",
                "sim-429-14003",
                "sim-11101",
                "sim-json-200",
                "sim-json-200-11000",
                "sim-redirect",
                "sim-close-before-headers",
                "sim-reset-before-headers",
                "sim-cut-t1-10",
                "sim-gzip-bomb",
                "sim-not-http",
                "sim-oversize",
                "sim-garbage"
            })
    void anything_else_may_pass(String trigger) {
        assertThat(failure(credential("not-a-token." + trigger + ".x")))
                .isInstanceOf(GatewayException.class)
                .isNotInstanceOf(CredentialRejected.class)
                .hasMessageNotContaining("not-a-token");
    }

    @Test
    void the_wait_that_the_upstream_asks_for_is_passed_on() {
        assertThat(failure(credential("not-a-token.sim-retry-after-7.x")))
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7)));
        simulator.script(REFRESH, Scenario.json(503, "{}", new Header("Retry-After", "7")));
        assertThat(failure(credential("not-a-refresh-token")))
                .isInstanceOfSatisfying(
                        UpstreamUnavailable.class,
                        busy -> assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @Test
    void a_packed_reply_is_read_although_nobody_asked_for_it() {
        assertThat(failure(credential("not-a-token.sim-gzip.x"))).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void a_reply_that_does_not_end_in_time_is_given_up() {
        options.set(options.get().withServices(ServiceOptions.DEFAULT.withDeadline(SHORT)));
        for (String slow : new String[] {"sim-no-headers", "sim-silent", "sim-comments-only"}) {
            assertThat(failure(credential("not-a-token." + slow + ".x"))).isInstanceOf(UpstreamTimeout.class);
            awaitLeft(simulator.journal().requests(REFRESH).getLast());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-no-headers", "sim-silent"})
    void whoever_is_interrupted_leaves_at_once(String slow) throws InterruptedException {
        OtherThread<Credential> call =
                OtherThread.start(() -> codeBuddy.refresher().refresh(credential("not-a-token." + slow + ".x")));
        Exchange exchange = simulator.journal().awaitRequest(REFRESH, 1, PATIENCE);
        call.letItWait();
        call.interrupt();

        assertThat(call.failure()).isInstanceOf(GatewayException.Cancelled.class);
        assertThat(call.endedInterrupted()).isTrue();
        awaitLeft(exchange);
    }

    @Test
    void closing_ends_a_call() throws InterruptedException {
        OtherThread<Credential> call =
                OtherThread.start(() -> codeBuddy.refresher().refresh(credential("not-a-token.sim-silent.x")));
        simulator.journal().awaitRequest(REFRESH, 1, PATIENCE);
        call.letItWait();
        codeBuddy.close();

        assertThat(call.failure())
                .isInstanceOfAny(GatewayException.Cancelled.class, GatewayException.ShuttingDown.class);
    }

    @Test
    void a_token_that_could_end_its_header_is_not_sent() {
        assertThat(failure(credential("not-a-token\r\nX-Evil: 1")))
                .isInstanceOf(CredentialRejected.class)
                .hasMessageNotContaining("not-a-token");
        assertThat(failure(credential(null))).isInstanceOf(CredentialRejected.class);
        assertThat(simulator.journal().requests()).isEmpty();
    }

    @Test
    void another_endpoint_is_asked_from_the_next_call_on() throws Exception {
        try (SimulatedCodeBuddy other = SimulatedCodeBuddy.start()) {
            Credential first = codeBuddy.refresher().refresh(credential("not-a-refresh-token-7"));
            options.set(CodeBuddyOptions.at(other.uri()));
            codeBuddy.refresher().refresh(first);

            assertThat(simulator.journal().requests()).hasSize(1);
            assertThat(other.journal().requests(REFRESH)).hasSize(1);
        }
    }

    private void answer(String object) {
        simulator.script(REFRESH, Scenario.json(200, "{\"code\":0,\"msg\":\"OK\",\"data\":" + object + "}"));
    }

    private Throwable failure(Credential credential) {
        return Objects.requireNonNull(
                catchThrowable(() -> codeBuddy.refresher().refresh(credential)), "it was refreshed");
    }

    private static Credential credential(String refreshToken) {
        Tokens tokens = new Tokens(
                Secret.of("not-an-access-token"),
                refreshToken == null ? null : Secret.of(refreshToken),
                null,
                SOON,
                SOON.plusSeconds(1),
                "Bearer",
                "openid",
                "session");
        return new Credential(new CredentialId("a"), "a", tokens, MEMBER);
    }
}
