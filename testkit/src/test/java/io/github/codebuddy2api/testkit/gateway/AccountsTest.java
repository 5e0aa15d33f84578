package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.FullBench.PERSONAL;
import static io.github.codebuddy2api.testkit.gateway.FullBench.account;
import static io.github.codebuddy2api.testkit.gateway.FullBench.credential;
import static io.github.codebuddy2api.testkit.gateway.FullBench.trouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialUnknown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Upkeep;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccountsTest {
    private static final CredentialId A = new CredentialId("a");
    private static final CheckIn CLAIMED = new CheckIn.Claimed(BigDecimal.TEN, 2);
    private static final CheckIn EARLIER = new CheckIn.AlreadyClaimed();

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full("a", "b");
    private final Accounts accounts = bench.gateway.accounts();

    static List<Consumer<Accounts>> calls() {
        CredentialId gone = new CredentialId("gone");
        return List.of(
                a -> a.list(gone),
                a -> a.switchTo(gone, PERSONAL),
                a -> a.quota(gone),
                a -> a.freshQuota(gone),
                a -> a.checkInStatus(gone),
                a -> a.checkIn(gone),
                a -> a.models(gone),
                a -> a.test(gone, null));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_credential_that_is_not_stored_is_unknown(Consumer<Accounts> call) {
        assertThatThrownBy(() -> call.accept(accounts)).isInstanceOf(CredentialUnknown.class);
    }

    @Test
    void a_call_for_which_nobody_was_given_says_so() {
        Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.always(Script.text("Seven.")))
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .build();

        assertThatThrownBy(() -> gateway.accounts().quota(A))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quotas(...)");
        assertThat(gateway.accounts().test(A, "glm-5.2").reason()).isEmpty();
    }

    @Test
    void the_accounts_of_one_credential_are_listed() {
        assertThat(accounts.list(A)).containsExactly(PERSONAL);
        assertThat(bench.directory.lists.asked()).containsExactly("a");
    }

    @Test
    void a_switched_credential_has_its_new_tokens_stored() {
        Account enterprise = account("uid-1", "e");

        CredentialView view = accounts.switchTo(A, enterprise);

        assertThat(view.account()).isEqualTo(enterprise);
        Credential stored = bench.store.all().get(0);
        assertThat(stored.accessToken())
                .isEqualTo(Credentials.refreshed(Credentials.of("a")).accessToken());
        assertThat(stored.account()).isEqualTo(enterprise);
        assertThat(bench.store.unfinishedRefreshes()).isEmpty();
    }

    @Test
    void a_switch_that_the_upstream_refuses_changes_nothing() {
        GatewayException refusal = new GatewayException.RequestRefused("Not from this address.");
        bench.directory.switches.nowFails(refusal);

        assertThatThrownBy(() -> accounts.switchTo(A, PERSONAL)).isEqualTo(refusal);

        assertThat(bench.store.all()).containsExactly(Credentials.named("a", "b"));
    }

    @Test
    void a_switch_asks_nobody_if_its_tokens_could_not_be_noted() {
        bench.store.breakDown(true);

        assertThatThrownBy(() -> accounts.switchTo(A, PERSONAL)).isInstanceOf(StoreFailed.class);

        assertThat(bench.directory.switches.asked()).isEmpty();
    }

    @Test
    void switched_tokens_that_cannot_be_stored_are_used_and_stored_later() {
        bench.directory.switches.nowChooses(credential -> {
            bench.store.breakDown(true);
            return Credentials.refreshed(credential);
        });
        Credential mine = Credentials.of("a");
        bench.store.replace(
                mine.with(mine.tokens().refreshedBy(Secret.of("not-a-refresh-token"))), Credentials.of("b"));

        bench.time.awaitWaiters(1);
        long seen = bench.time.arrivals();

        assertThatThrownBy(() -> accounts.switchTo(A, PERSONAL)).isInstanceOf(StoreFailed.class);

        accounts.test(A, "glm-5.2");
        Secret fresh = Credentials.refreshed(mine).accessToken();
        assertThat(bench.upstream.calls().get(0).credential().accessToken()).isEqualTo(fresh);
        assertThat(bench.store.all().get(0).accessToken()).isEqualTo(mine.accessToken());
        bench.store.breakDown(false);
        bench.time.awaitArrivalAfter(seen); // The background thread knows of it and waits for its time.
        bench.time.advance(Duration.ofMinutes(5));
        bench.listener.await(GatewayEvent.CredentialRefreshed.class, 1);
        assertThat(bench.store.all().get(0).accessToken()).isEqualTo(fresh);
    }

    @Test
    void the_background_claims_check_ins_at_the_owners_time() {
        LocalTime at =
                LocalTime.ofInstant(ManualTime.START, ZoneId.systemDefault()).plusMinutes(1);
        bench.settings = GatewaySettings.DEFAULT.with(new Upkeep(Duration.ofDays(1), at));
        bench.time.awaitWaiters(1);

        bench.time.advance(Duration.ofMinutes(1));

        bench.listener.await(GatewayEvent.CheckedIn.class, 2);
        assertThat(bench.quotas.claims.asked()).containsExactly("a", "b");
    }

    @Test
    void a_check_in_is_claimed_once_a_day_and_account() {
        bench.store.replace(
                credential("a", PERSONAL), credential("b", PERSONAL), credential("c", account("uid-2", null)));

        assertThat(accounts.checkInStatus(A)).isInstanceOf(CheckIn.Open.class);
        assertThat(accounts.checkIn(A)).isEqualTo(CLAIMED);
        assertThat(accounts.checkIn(A)).isEqualTo(EARLIER);
        assertThat(accounts.checkIn(new CredentialId("b"))).isEqualTo(EARLIER);
        assertThat(accounts.checkInStatus(new CredentialId("b"))).isEqualTo(EARLIER);
        assertThat(accounts.checkIn(new CredentialId("c"))).isEqualTo(CLAIMED);
        bench.time.advance(Duration.ofDays(1));
        assertThat(accounts.checkIn(A)).isEqualTo(CLAIMED);

        assertThat(bench.quotas.claims.asked()).containsExactly("a", "c", "a");
        assertThat(bench.quotas.statuses.asked()).containsExactly("a");
    }

    @Test
    void a_check_in_that_failed_can_be_claimed_again() {
        bench.quotas.claims.nowFails(trouble());
        assertThatThrownBy(() -> accounts.checkIn(A)).isInstanceOf(GatewayException.class);
        bench.quotas.claims.nowAnswers(CLAIMED);

        assertThat(accounts.checkIn(A)).isEqualTo(CLAIMED);
    }

    @Test
    void two_who_claim_one_check_in_at_once_ask_once() {
        Gate gate = Gate.shut();
        bench.quotas.claims.nowWaitsAt(gate);
        OtherThread<CheckIn> first = OtherThread.start(() -> accounts.checkIn(A));
        gate.awaitArrival();
        OtherThread<CheckIn> second = OtherThread.start(() -> accounts.checkIn(A));
        second.letItWait();
        gate.open();

        assertThat(first.result()).isEqualTo(CLAIMED);
        assertThat(second.result()).isEqualTo(EARLIER);
        assertThat(bench.quotas.claims.asked()).containsExactly("a");
    }

    @Test
    void an_enterprise_has_no_check_in_and_nobody_is_asked() {
        bench.store.replace(credential("a", account("uid-1", "e")), Credentials.of("b"));

        assertThat(accounts.checkIn(A)).isEqualTo(new CheckIn.NotOffered());
        assertThat(accounts.checkInStatus(A)).isEqualTo(new CheckIn.NotOffered());
        assertThat(bench.quotas.claims.asked()).isEmpty();
        assertThat(bench.quotas.statuses.asked()).isEmpty();
    }

    @Test
    void the_models_of_one_account_are_told_as_the_upstream_tells_them() {
        bench.models.nowAnswers(List.of(new Model("glm-5.2")));

        assertThat(accounts.models(A)).containsExactly(new Model("glm-5.2"));

        assertThat(bench.models.asked()).containsExactly("a");
    }
}
