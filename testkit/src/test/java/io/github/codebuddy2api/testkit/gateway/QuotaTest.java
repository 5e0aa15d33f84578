package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.FullBench.trouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Accounts.Reading;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Upkeep;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedQuotas;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an account has left, and for how long that is known. */
class QuotaTest {
    private static final CredentialId A = new CredentialId("a");
    private static final CredentialId B = new CredentialId("b");

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full("a", "b");
    private final Accounts accounts = bench.gateway.accounts();

    /** A folder that was read once and cannot be looked at again. */
    private record UnreadableFolder(List<Credential> all) implements CredentialStore {
        @Override
        public List<Credential> allNow() {
            throw new StoreFailed(StoreFailed.Obstacle.OTHER, "The folder cannot be read.", null);
        }
    }

    @Test
    void a_quota_is_good_for_five_minutes_and_for_its_credential() {
        Reading reading = accounts.quota(A);
        assertThat(reading.at()).isEqualTo(ManualTime.START);
        bench.time.advance(Duration.ofSeconds(299));
        assertThat(accounts.quota(A)).isEqualTo(reading);
        accounts.quota(B);
        bench.time.advance(Duration.ofSeconds(1));

        assertThat(accounts.quota(A).at()).isEqualTo(ManualTime.START.plusSeconds(300));
        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "b", "a");
    }

    @Test
    void who_insists_on_a_fresh_quota_gets_one_but_not_twice_in_a_moment() {
        accounts.quota(A);
        bench.time.advance(Duration.ofSeconds(2));
        bench.quotas.quotas.nowAnswers(new Quota(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE, null, List.of()));

        assertThat(accounts.freshQuota(A).quota().total()).isEqualTo(BigDecimal.ONE);
        assertThat(accounts.quota(A).quota().total()).isEqualTo(BigDecimal.ONE);
        bench.time.advance(Duration.ofMillis(1_999));
        accounts.freshQuota(A);

        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "a");
    }

    @Test
    void a_fresh_quota_that_cannot_be_had_leaves_nothing_that_would_be_taken_for_one() {
        accounts.quota(A);
        bench.time.advance(Duration.ofSeconds(2));
        bench.quotas.quotas.nowFails(trouble());

        assertThatThrownBy(() -> accounts.freshQuota(A)).isInstanceOf(UpstreamUnavailable.class);
        assertThatThrownBy(() -> accounts.quota(A)).isInstanceOf(UpstreamUnavailable.class);
    }

    @Test
    void a_quota_is_asked_anew_after_the_background_claimed_a_check_in() {
        accounts.quota(A);
        LocalTime at =
                LocalTime.ofInstant(ManualTime.START, ZoneId.systemDefault()).plusMinutes(1);
        bench.settings = GatewaySettings.DEFAULT.with(new Upkeep(Duration.ofDays(1), at));
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofMinutes(1));
        bench.listener.await(GatewayEvent.CheckedIn.class, 2);

        accounts.quota(A);

        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "a");
    }

    @Test
    void a_quota_is_asked_anew_after_the_token_changed_and_after_a_check_in() {
        accounts.quota(A);
        bench.store.replace(Credentials.refreshed(Credentials.of("a")));
        accounts.quota(A);
        accounts.checkIn(A);
        accounts.quota(A);

        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "a", "a");
    }

    @Test
    void many_who_want_one_quota_make_one_question() {
        Gate gate = Gate.shut();
        bench.quotas.quotas.nowWaitsAt(gate);
        List<OtherThread<Reading>> callers = IntStream.range(0, 10)
                .mapToObj(i -> OtherThread.start(() -> accounts.quota(A)))
                .toList();
        callers.forEach(OtherThread::letItWait);
        gate.open();

        assertThat(callers).extracting(OtherThread::result).hasSize(10);
        assertThat(bench.quotas.quotas.asked()).containsExactly("a");
    }

    @Test
    void a_failure_to_tell_a_quota_is_not_remembered() {
        bench.quotas.quotas.nowFails(trouble());
        assertThatThrownBy(() -> accounts.quota(A)).isInstanceOf(GatewayException.class);
        bench.quotas.quotas.nowAnswers(new Quota(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE, null, List.of()));

        assertThat(accounts.quota(A).quota().total()).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void who_waits_for_one_who_is_cancelled_asks_himself() {
        Gate gate = Gate.shut();
        bench.quotas.quotas.nowWaitsAt(gate);
        OtherThread<Reading> first = OtherThread.start(() -> accounts.quota(A));
        gate.awaitArrival();
        OtherThread<Reading> second = OtherThread.start(() -> accounts.quota(A));
        second.letItWait();

        first.interrupt();
        assertThat(first.failure()).isInstanceOf(GatewayException.Cancelled.class);
        assertThat(first.endedInterrupted()).isTrue();
        gate.open();

        assertThat(second.result()).isNotNull();
    }

    @Test
    void a_quota_is_told_while_the_folder_of_the_credentials_cannot_be_read() {
        ScriptedQuotas quotas = new ScriptedQuotas();
        try (Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.always(Script.text("Seven.")))
                .credentials(new UnreadableFolder(List.of(Credentials.of("a"))))
                .quotas(quotas)
                .build()) {
            Reading first = gateway.accounts().quota(A);

            assertThat(gateway.accounts().quota(A)).isEqualTo(first);
        }
        assertThat(quotas.quotas.asked()).containsExactly("a");
    }

    @Test
    void a_quota_of_a_credential_that_was_gone_is_asked_anew() {
        accounts.quota(A);
        accounts.quota(B);
        bench.store.replace(Credentials.named("b"));
        accounts.quota(B);
        bench.store.replace(Credentials.named("a", "b"));

        accounts.quota(A);

        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "b", "a");
    }

    @Test
    void a_quota_that_was_asked_for_before_a_check_in_is_not_good_after_it() {
        Gate gate = Gate.shut();
        bench.quotas.quotas.nowWaitsAt(gate);
        OtherThread<Reading> before = OtherThread.start(() -> accounts.quota(A));
        gate.awaitArrival();
        accounts.checkIn(A);
        OtherThread<Reading> after = OtherThread.start(() -> accounts.quota(A));
        after.letItWait();
        gate.open();

        assertThat(before.result()).isNotNull();
        assertThat(after.result()).isNotNull();
        assertThat(accounts.quota(A)).isEqualTo(after.result());
        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "a");
    }
}
