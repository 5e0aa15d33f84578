package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.RefreshBench.ended;
import static io.github.codebuddy2api.testkit.gateway.RefreshBench.ending;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.CredentialRefreshed;
import io.github.codebuddy2api.core.GatewayEvent.RefreshFailed;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Upkeep;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.ScriptedRefresher;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the background thread does, and what the owner sees of it. */
class RefreshTest {
    private static final Duration DAY = Duration.ofDays(1);
    private final GatewayException trouble = new UpstreamUnavailable(Reason.ERROR, null, "Trouble.", null);
    private final GatewayException refusal = new CredentialRejected(true, "Log in again.");

    @Test
    void a_token_is_refreshed_a_day_before_its_end_and_not_before() {
        try (RefreshBench bench = new RefreshBench(ending("a", DAY.multipliedBy(30)))) {
            bench.advance(DAY.multipliedBy(29).minusSeconds(60));
            bench.advance(Duration.ofSeconds(60));

            assertThat(bench.listener.await(CredentialRefreshed.class, 1).stored())
                    .isTrue();

            assertThat(bench.stored("a").tokens().issuedAt()).isEqualTo(ManualTime.START.plus(DAY.multipliedBy(29)));
            assertThat(bench.view("a").state()).isEqualTo(new CredentialState.Ready());
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.FINE);
            assertThat(bench.store.unfinishedRefreshes()).isEmpty();
        }
    }

    @Test
    void the_owner_may_choose_how_long_before_the_end_and_the_next_one_is_refreshed_in_turn() {
        try (RefreshBench bench = new RefreshBench(ending("a", DAY.multipliedBy(30)))) {
            bench.settings = GatewaySettings.DEFAULT.with(new Upkeep(DAY.multipliedBy(10), null));

            bench.advance(DAY.multipliedBy(20));
            bench.listener.await(CredentialRefreshed.class, 1);
            bench.advance(RefreshBench.LIFETIME.minusDays(10));
            bench.listener.await(CredentialRefreshed.class, 2);

            assertThat(bench.stored("a").tokens().issuedAt())
                    .isEqualTo(ManualTime.START.plus(DAY.multipliedBy(20)).plus(RefreshBench.LIFETIME.minusDays(10)));
        }
    }

    @Test
    void a_token_of_a_short_life_is_refreshed_when_a_tenth_of_it_is_left() {
        Tokens tokens = ending("a", Duration.ofHours(10)).tokens();
        Credential shortLived = ended("a")
                .with(new Tokens(
                        tokens.accessToken(),
                        tokens.refreshToken(),
                        ManualTime.START,
                        tokens.expiresAt(),
                        null,
                        null,
                        null,
                        null));
        try (RefreshBench bench = new RefreshBench(shortLived)) {
            bench.advance(Duration.ofHours(9).minusMinutes(1));
            bench.advance(Duration.ofMinutes(1));

            bench.listener.await(CredentialRefreshed.class, 1);

            assertThat(bench.stored("a").tokens().issuedAt()).isEqualTo(ManualTime.START.plus(Duration.ofHours(9)));
        }
    }

    @Test
    void what_has_no_refresh_token_no_end_or_no_owner_who_wants_it_is_left_alone() {
        Credential endless = Credentials.of("b").with(ended("b").tokens().expiringAt(null));
        try (RefreshBench bench = new RefreshBench(
                Credentials.expiring("a", ManualTime.START.plus(DAY)), endless, ending("c", DAY.multipliedBy(30)))) {
            bench.gateway.credentials().enable(bench.stored("c").id(), false);

            bench.advance(DAY.multipliedBy(40));
            bench.advance(DAY);
            assertThat(bench.refresher.calls()).isEmpty();

            bench.gateway.credentials().enable(bench.stored("c").id(), true);
            bench.listener.await(CredentialRefreshed.class, 1);
            assertThat(bench.refresher.called()).containsExactly("c");
        }
    }

    @Test
    void a_failure_that_may_pass_is_tried_again_later_and_later() {
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.fails(trouble), ending("a", Duration.ofHours(10)))) {
            Instant failedAt = bench.now();
            Duration longest = Duration.ZERO;
            for (int failures = 1; failures <= 10; failures++) {
                RefreshFailed failed = bench.listener.await(RefreshFailed.class, failures);
                Duration wait = Duration.between(failedAt, failed.retryAt());
                long whole = Math.min(30L << (failures - 1), 30 * 60);
                assertThat(wait).isBetween(Duration.ofSeconds(whole).dividedBy(2), Duration.ofSeconds(whole));
                assertThat(failed.code()).isEqualTo("upstream_error");
                assertThat(bench.view("a").refresh()).isIn(Refresh.WAITING, Refresh.RUNNING);
                longest = wait;
                bench.advance(wait);
                failedAt = bench.now();
            }
            assertThat(longest).isGreaterThan(Duration.ofMinutes(14));
            bench.listener.await(RefreshFailed.class, 11);

            bench.refresher.fails(null);
            bench.advance(Duration.ofMinutes(30));
            bench.listener.await(CredentialRefreshed.class, 1);

            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.FINE);
        }
    }

    @Test
    void the_wait_the_upstream_asks_for_is_kept() {
        GatewayException limited = new RateLimited(LimitScope.CREDENTIAL, Duration.ofMinutes(7), "Too many.");
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.fails(limited), ending("a", Duration.ofHours(10)))) {
            RefreshFailed failed = bench.listener.await(RefreshFailed.class, 1);

            assertThat(failed.retryAt()).isEqualTo(ManualTime.START.plus(Duration.ofMinutes(7)));
        }
    }

    @Test
    void a_refused_refresh_deletes_nothing_and_needs_a_login_once_the_token_has_ended() {
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.fails(refusal), ending("a", Duration.ofHours(10)))) {
            RefreshFailed failed = bench.listener.await(RefreshFailed.class, 1);
            assertThat(failed.retryAt()).isNull();
            bench.refresher.fails(null);
            Credential before = bench.stored("a");

            assertThat(bench.chat()).isNull();
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.REFUSED);
            assertThat(bench.view("a").state()).isEqualTo(new CredentialState.Ready());

            bench.advance(DAY);
            assertThat(bench.chat()).isInstanceOf(GatewayException.NoCredential.class);
            assertThat(bench.view("a").state()).isEqualTo(new CredentialState.NeedsLogin());
            assertThat(bench.refresher.calls()).hasSize(1);
            assertThat(bench.store.all()).containsExactly(before);
            assertThat(bench.store.unfinishedRefreshes()).isEmpty();
        }
    }

    @Test
    void when_another_program_was_faster_its_tokens_are_taken_and_nothing_is_refused() {
        Credential fromOutside = ending("a", DAY.multipliedBy(90));
        Tokens other = Credentials.refreshed(fromOutside).tokens();
        try (RefreshBench bench = new RefreshBench(
                with -> with.refresher.fails(refusal).doing(credential -> with.store.replace(fromOutside.with(other))),
                ending("a", Duration.ofHours(10)))) {
            bench.advance(Duration.ofMinutes(1));
            bench.advance(DAY);

            assertThat(bench.chat()).isNull();
            assertThat(bench.upstream.calls().get(0).credential().tokens()).isEqualTo(other);
            assertThat(bench.listener.events(RefreshFailed.class)).isEmpty();
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.FINE);
        }
    }

    @Test
    void a_new_login_under_the_same_id_ends_a_refusal() {
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.fails(refusal), ending("a", Duration.ofHours(10)))) {
            bench.listener.await(RefreshFailed.class, 1);
            bench.refresher.fails(null);

            bench.store.replace(Credentials.refreshed(ending("a", DAY.multipliedBy(30))));
            bench.advance(Duration.ofMinutes(1));
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.FINE);
            bench.advance(DAY.multipliedBy(29));

            bench.listener.await(CredentialRefreshed.class, 1);
        }
    }

    @Test
    void without_a_note_nothing_is_refreshed_unless_the_token_has_ended() {
        try (RefreshBench bench =
                new RefreshBench(with -> with.store.breakDown(true), ending("a", Duration.ofHours(10)))) {
            assertThat(bench.listener.await(RefreshFailed.class, 1).code()).isEqualTo("persist_failed");
            assertThat(bench.refresher.calls()).isEmpty();

            bench.advance(Duration.ofHours(10));

            assertThat(bench.listener.await(CredentialRefreshed.class, 1).stored())
                    .isFalse();
        }
    }

    @Test
    void a_refresh_that_an_earlier_run_did_not_end_is_tried_once_and_may_be_refused() {
        Gate gate = Gate.shut();
        try (RefreshBench bench = new RefreshBench(
                with -> {
                    with.store.noteRefresh(ended("a").id());
                    with.refresher.waitingAt(gate);
                },
                ending("a", DAY.multipliedBy(100)),
                ending("b", DAY.multipliedBy(100)))) {
            gate.awaitArrival();
            bench.refresher.fails(refusal);
            gate.open();

            assertThat(bench.listener.await(RefreshFailed.class, 1).retryAt()).isNull();
            bench.advance(DAY);
            assertThat(bench.refresher.called()).containsExactly("a");
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.REFUSED);
            assertThat(bench.store.unfinishedRefreshes()).isEmpty();
        }
    }

    @Test
    void an_outcome_stays_unknown_until_the_upstream_can_be_asked() {
        try (RefreshBench bench = new RefreshBench(
                with -> {
                    with.store.noteRefresh(ended("a").id());
                    with.refresher.fails(trouble);
                },
                ending("a", DAY.multipliedBy(100)))) {
            bench.listener.await(RefreshFailed.class, 1);
            bench.advance(Duration.ofSeconds(61));
            bench.listener.await(RefreshFailed.class, 2);
            assertThat(bench.store.unfinishedRefreshes()).hasSize(1);
            bench.refresher.fails(null);
            bench.advance(Duration.ofHours(1));
            bench.listener.await(CredentialRefreshed.class, 1);

            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.FINE);
            assertThat(bench.store.unfinishedRefreshes()).isEmpty();
        }
    }

    @Test
    void an_account_whose_upstream_hangs_does_not_keep_the_others_waiting() {
        Gate gate = Gate.shut();
        try (RefreshBench bench = new RefreshBench(
                with -> with.refresher.doing(credential -> {
                    if (credential.id().value().equals("a")) {
                        ScriptedRefresher.await(gate);
                    }
                }),
                ended("a"),
                ended("b"),
                ended("c"))) {
            bench.listener.await(CredentialRefreshed.class, 2);

            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.RUNNING);
            assertThat(bench.view("b").state()).isEqualTo(new CredentialState.Ready());
            gate.open();
            bench.listener.await(CredentialRefreshed.class, 3);
        }
    }

    @Test
    void many_at_once_are_refreshed_a_few_at_a_time() {
        Gate gate = Gate.shut();
        Credential[] many = new Credential[50];
        for (int i = 0; i < many.length; i++) {
            many[i] = ended("c" + i);
        }
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), many)) {
            gate.awaitArrival();
            bench.advance(Duration.ofMinutes(1));
            gate.open();

            bench.listener.await(CredentialRefreshed.class, many.length);

            assertThat(bench.refresher.calls()).hasSize(many.length);
            assertThat(bench.refresher.mostAtOnce()).isBetween(1, 4);
        }
    }

    @Test
    void tokens_that_are_too_short_lived_to_be_used_are_not_exchanged_without_a_pause() {
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.fails(null), ended("a"))) {
            bench.listener.await(CredentialRefreshed.class, 1);
            bench.store.replace(
                    new Credential[] {bench.stored("a").with(ended("a").tokens())});

            assertThat(bench.chat()).isInstanceOf(GatewayException.NoCredential.class);
            assertThat(bench.chat()).isInstanceOf(GatewayException.NoCredential.class);
            assertThat(bench.refresher.calls()).hasSize(1);

            bench.advance(Duration.ofMinutes(1));
            bench.listener.await(CredentialRefreshed.class, 2);
        }
    }

    @Test
    void a_bug_in_the_refresher_ends_neither_the_gateway_nor_the_refreshing() {
        try (RefreshBench bench = new RefreshBench(
                with -> with.refresher.failsOnce(new IllegalStateException("a planted bug")), ended("a"))) {
            assertThat(bench.listener.await(RefreshFailed.class, 1).code()).isEqualTo("upstream_malformed");

            bench.advance(Duration.ofMinutes(1));
            bench.listener.await(CredentialRefreshed.class, 1);

            assertThat(bench.chat()).isNull();
        }
    }
}
