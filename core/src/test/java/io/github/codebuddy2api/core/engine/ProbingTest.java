package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Considered.Standing;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rest of which nobody knows the end is ended by one real request that finds out. */
class ProbingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Credential A = Credential.of("a", "not-a-token-a");
    private static final Credential B = Credential.of("b", "not-a-token-b");
    private static final Credential GOOD = Credential.of("good", "not-a-token-good");
    private static final String MODEL = "glm-5.2";

    private final MovedTime time = new MovedTime(NOW);
    private CredentialPool pool;

    @BeforeEach
    void two_credentials() {
        pool = pool(List.of());
        pool.take(List.of(A, B));
    }

    private CredentialPool pool(List<StoredRest> rests) {
        return new CredentialPool(
                () -> GatewaySettings.DEFAULT.withRotationCount(0),
                time,
                new CredentialPool.Memory(RotationState.INITIAL, rests, () -> {}));
    }

    @Test
    void until_a_guessed_rest_may_be_over_the_others_serve() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT.minusNanos(1));

        assertThat(lease()).contains(new Lease(B, MODEL));
    }

    @Test
    void then_exactly_one_request_finds_out_and_the_others_go_elsewhere() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);

        Lease probe = lease().orElseThrow();

        assertThat(probe.credential()).isEqualTo(A);
        assertThat(probe.probe()).isNotNull();
        for (int i = 0; i < 100; i++) {
            assertThat(lease()).contains(new Lease(B, MODEL));
        }
        assertThat(standings()).containsExactly(Standing.PROBED, Standing.CHOSEN);
    }

    /** Regression: rests that opened together used up all attempts of a request while a good credential was not asked. */
    @Test
    void a_request_finds_out_about_one_rest_only_while_there_is_a_credential_without() {
        fails(A, Failures.quota());
        fails(B, Failures.quota());
        time.advance(RestPolicy.QUOTA);
        pool.take(List.of(A, B, Credential.of("c", "not-a-token-c"), GOOD));
        fails(Credential.of("c", "not-a-token-c"), Failures.unavailable(Reason.ERROR));

        Lease probe = lease().orElseThrow();
        assertThat(probe.probe()).isNotNull();
        failed(probe, Failures.quota());

        assertThat(pool.lease(MODEL, Set.of(probe.credential().accessToken())).lease())
                .contains(new Lease(GOOD, MODEL));
    }

    @Test
    void without_such_a_credential_it_may_find_out_about_more() {
        fails(A, Failures.quota());
        fails(B, Failures.quota());
        time.advance(RestPolicy.QUOTA);
        failed(lease().orElseThrow(), Failures.quota());

        assertThat(pool.lease(MODEL, Set.of(A.accessToken())).lease().map(Lease::probe))
                .isPresent();
    }

    @Test
    void its_first_chunk_ends_the_rest_for_all() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);

        List<Rest> ended = pool.answered(lease().orElseThrow());

        assertThat(ended).extracting(Rest::code).containsExactly("rate_limit_exceeded");
        assertThat(lease()).contains(new Lease(A, MODEL));
    }

    @Test
    void its_failure_renews_the_rest_for_longer_each_time_up_to_a_limit() {
        fails(A, Failures.limited(null));
        for (int minutes : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            time.advance(Duration.ofMinutes(minutes).minusNanos(1));
            assertThat(lease()).contains(new Lease(B, MODEL));
            time.advance(Duration.ofNanos(1));
            failed(lease().orElseThrow(), Failures.limited(null));
        }
    }

    @Test
    void after_a_success_the_first_guess_is_the_short_one_again() {
        fails(A, Failures.limited(null));
        time.advance(Duration.ofMinutes(1));
        failed(lease().orElseThrow(), Failures.limited(null));
        time.advance(Duration.ofMinutes(2));
        pool.release(lease().orElseThrow(), Verdict.SUCCEEDED);

        Rest rest = fails(A, Failures.limited(null)).orElseThrow();

        assertThat(rest.until()).isEqualTo(time.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void a_time_that_the_probe_is_told_counts() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);

        failed(lease().orElseThrow(), Failures.limited(Duration.ofSeconds(7)));

        time.advance(Duration.ofSeconds(7));
        assertThat(lease()).contains(new Lease(A, MODEL));
    }

    @Test
    void a_probe_that_is_given_up_leaves_finding_out_to_the_next_request() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);
        pool.release(lease().orElseThrow(), Verdict.ABANDONED);

        assertThat(lease()).map(Lease::credential).contains(A);
    }

    @Test
    void a_probe_that_runs_into_trouble_has_found_out_nothing_and_the_next_one_comes_a_moment_later() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);
        failed(lease().orElseThrow(), Failures.unavailable(Reason.ERROR));

        assertThat(lease()).contains(new Lease(B, MODEL));
        time.advance(RestPolicy.SOFT);
        assertThat(lease()).map(Lease::probe).isPresent();
    }

    @Test
    void a_probe_that_is_never_heard_of_again_does_not_keep_the_credential_from_use_for_ever() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);
        assertThat(lease()).map(Lease::credential).contains(A);

        time.advance(RestPolicy.PROBE_PATIENCE);

        assertThat(lease()).map(Lease::credential).contains(A);
    }

    @Test
    void failures_of_requests_that_were_under_way_before_do_not_lengthen_the_guess() {
        Lease first = lease().orElseThrow();
        Lease second = lease().orElseThrow();
        failed(first, Failures.limited(null));

        failed(second, Failures.limited(null));

        time.advance(RestPolicy.UNKNOWN_LIMIT);
        assertThat(lease()).map(Lease::credential).contains(A);
    }

    @Test
    void the_success_of_a_request_that_was_under_way_before_ends_no_rest() {
        Lease first = lease().orElseThrow();
        Lease second = lease().orElseThrow();
        failed(first, Failures.limited(null));

        pool.answered(second);
        pool.release(second, Verdict.SUCCEEDED);

        assertThat(lease()).contains(new Lease(B, MODEL));
    }

    @Test
    void a_rest_for_one_model_is_found_out_about_by_that_model_alone() {
        fails(A, Failures.modelNotFound());
        time.advance(RestPolicy.MODEL_NOT_FOUND);

        assertThat(pool.lease("other", Set.of()).lease()).contains(new Lease(A, "other"));
        assertThat(lease()).map(Lease::probe).isPresent();
        assertThat(lease()).contains(new Lease(B, MODEL));
    }

    @Test
    void when_nobody_can_serve_a_guess_is_tried_early_but_one_by_one_and_never_twice_within_half_a_minute() {
        pool.take(List.of(A));
        fails(A, Failures.rejected(false));
        int probes = 0;
        for (int second = 0; second < 300; second++) {
            Optional<Lease> lease = lease();
            if (lease.isPresent()) {
                probes++;
                assertThat(lease()).isEmpty();
                pool.release(lease.get(), Verdict.ABANDONED);
            }
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(probes).isBetween(5, 10);
    }

    /** Regression: used-up credits were told as final although another request was just finding out. */
    @Test
    void while_one_finds_out_nobody_else_is_told_anything_final() {
        for (GatewayException failure :
                List.of(Failures.quota(), Failures.rejected(false), Failures.modelNotFound(), Failures.limited(null))) {
            pool = pool(List.of());
            pool.take(List.of(A));
            Rest rest = fails(A, failure).orElseThrow();
            time.advance(Duration.between(time.instant(), rest.until()));
            assertThat(lease()).map(Lease::probe).isPresent();
            assertThat(lease()).isEmpty();

            GatewayException refusal = pool.refusal(MODEL);

            Optional<Duration> wait = switch (refusal) {
                case GatewayException.NoCredential none -> none.retryAfter();
                case GatewayException.RateLimited limited -> limited.retryAfter();
                default -> Optional.empty();
            };
            assertThat(wait).as("%s", refusal).contains(Refusal.PROBED);
        }
    }

    /** Regression: a folder that was gone for a moment took all rests along. */
    @Test
    void a_store_that_is_empty_for_a_moment_ends_no_rest() {
        fails(A, Failures.limited(null));

        pool.take(List.of());
        pool.take(List.of(A, B));

        assertThat(lease()).contains(new Lease(B, MODEL));
    }

    @Test
    void an_end_that_the_upstream_named_is_never_tried_early() {
        pool.take(List.of(A));
        fails(A, Failures.limited(Duration.ofMinutes(5)));
        time.advance(Duration.ofMinutes(5).minusNanos(1));

        assertThat(lease()).isEmpty();
    }

    @Test
    void nobody_is_tried_early_while_another_one_can_serve() {
        fails(A, Failures.quota());
        time.advance(RestPolicy.QUOTA.minusNanos(1));

        assertThat(lease()).contains(new Lease(B, MODEL));
    }

    @Test
    void the_owners_trial_ends_even_a_rest_that_only_a_login_ends() {
        fails(A, Failures.rejected(true));
        Lease trial = pool.trial(A, MODEL);

        pool.release(trial, Verdict.SUCCEEDED);

        assertThat(lease()).contains(new Lease(A, MODEL));
    }

    @Test
    void credits_that_are_seen_again_open_the_rest_for_want_of_them() {
        fails(A, Failures.quota());
        pool.learn(A, quota(0, null));
        assertThat(lease()).contains(new Lease(B, MODEL));

        pool.learn(A, quota(5, null));

        assertThat(lease()).map(Lease::probe).isPresent();
    }

    @Test
    void a_rest_for_want_of_credits_ends_with_the_cycle_if_that_is_known_to_end_sooner() {
        Instant soon = NOW.plusSeconds(90);
        pool.learn(A, quota(1, soon));

        assertThat(fails(A, Failures.quota())).map(Rest::until).contains(soon);
    }

    @Test
    void the_chosen_one_is_told_with_what_it_finds_out() {
        fails(A, Failures.limited(null));
        time.advance(RestPolicy.UNKNOWN_LIMIT);

        Considered chosen = pool.lease(MODEL, Set.of()).considered().get(0);

        assertThat(chosen.standing()).isEqualTo(Standing.CHOSEN);
        assertThat(chosen.code()).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void rests_are_taken_up_after_a_restart_if_the_token_is_the_same_and_their_time_is_not_over() {
        fails(A, Failures.limited(Duration.ofSeconds(90)));
        fails(B, Failures.modelNotFound());
        List<StoredRest> stored = pool.storedRests();
        time.advance(Duration.ofSeconds(89));

        pool = pool(stored);
        pool.take(List.of(A, B));

        assertThat(stored).hasSize(2);
        assertThat(lease()).isEmpty();
        assertThat(pool.storedRests()).isEqualTo(stored);
        pool.take(List.of(Credential.of("a", "not-a-token-a2"), B));
        assertThat(lease()).isPresent();
    }

    @Test
    void a_rest_that_ended_while_the_program_did_not_run_is_not_taken_up() {
        fails(A, Failures.limited(Duration.ofSeconds(90)));
        List<StoredRest> stored = pool.storedRests();
        time.advance(Duration.ofSeconds(90));

        assertThat(pool(stored).storedRests()).isEmpty();
    }

    /** Regression: after a restart such a credential counted as one without a rest. */
    @Test
    void a_rest_that_opened_while_the_program_did_not_run_is_found_out_about_by_one_request() {
        fails(A, Failures.quota());
        List<StoredRest> stored = pool.storedRests();
        time.advance(RestPolicy.QUOTA);

        pool = pool(stored);
        pool.take(List.of(A, B));

        assertThat(lease()).map(Lease::probe).isPresent();
        assertThat(lease()).contains(new Lease(B, MODEL));
    }

    @Test
    void soft_rests_are_not_kept_and_no_token_is() {
        fails(A, Failures.unavailable(Reason.ERROR));
        fails(B, Failures.quota());

        assertThat(pool.storedRests()).hasSize(1);
        assertThat(pool.storedRests().toString() + pool.storedRests().get(0).token())
                .doesNotContain("not-a-token");
    }

    private static Quota quota(int remaining, Instant resetsAt) {
        return new Quota(BigDecimal.TEN, BigDecimal.ZERO, BigDecimal.valueOf(remaining), resetsAt, List.of());
    }

    private Optional<Lease> lease() {
        return pool.lease(MODEL, Set.<Secret>of()).lease();
    }

    private List<Standing> standings() {
        return pool.lease(MODEL, Set.of()).considered().stream()
                .map(Considered::standing)
                .toList();
    }

    private Optional<Rest> fails(Credential credential, GatewayException failure) {
        return failed(new Lease(credential, MODEL), failure);
    }

    private Optional<Rest> failed(Lease lease, GatewayException failure) {
        return pool.release(lease, new Verdict.Failed(failure));
    }
}
