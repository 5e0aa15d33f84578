package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.credential.StoredRest.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Credential A = Credential.of("a", "not-a-token");
    private static final String MODEL = "glm-5.2";

    private final Rests rests = new Rests();

    @Test
    void a_rest_is_over_at_its_end_and_not_before() {
        put(hard(Duration.ofSeconds(10)));

        assertThat(rests.of(A, MODEL, NOW.plusSeconds(10).minusNanos(1))).isPresent();
        assertThat(rests.of(A, MODEL, NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void a_rest_for_one_model_leaves_the_others_free() {
        put(forModel());

        assertThat(rests.of(A, MODEL, NOW)).contains(forModel());
        assertThat(rests.of(A, "other", NOW)).isEmpty();
        assertThat(rests.ofAll(A, NOW)).isEmpty();
    }

    @Test
    void another_token_ends_a_rest() {
        put(untilLogin());

        assertThat(rests.of(Credential.of("a", "another-token"), MODEL, NOW)).isEmpty();
    }

    @Test
    void a_soft_or_shorter_rest_does_not_replace_a_harder_one() {
        put(hard(Duration.ofMinutes(1)));

        assertThat(put(soft(Duration.ofHours(1)))).isFalse();
        assertThat(put(hard(Duration.ofSeconds(30)))).isFalse();

        assertThat(rests.of(A, MODEL, NOW)).contains(hard(Duration.ofMinutes(1)));
    }

    /** Regression: requests side by side read the clock in another order than they report. */
    @Test
    void the_longest_rest_is_not_taken_for_a_clock_set_back_by_who_looked_at_it_a_moment_before() {
        put(hard(RestPolicy.LONGEST_LIMIT));

        assertThat(rests.of(A, MODEL, NOW.minusMillis(1))).isPresent();
        assertThat(rests.of(A, MODEL, NOW.minus(Duration.ofHours(2)))).isEmpty();
    }

    @Test
    void a_harder_or_longer_rest_replaces_a_softer_one() {
        put(soft(Duration.ofHours(1)));

        assertThat(put(hard(Duration.ofMinutes(1)))).isTrue();
        assertThat(put(hard(Duration.ofMinutes(2)))).isTrue();
        assertThat(put(untilLogin())).isTrue();
        assertThat(put(hard(Duration.ofDays(1)))).isFalse();

        assertThat(rests.of(A, MODEL, NOW)).contains(untilLogin());
    }

    @Test
    void a_rest_that_is_over_gives_way_to_any_other() {
        put(hard(Duration.ofMinutes(1)));
        Instant later = NOW.plus(Duration.ofMinutes(1));
        Rest soft = soft(Duration.ofMinutes(2));

        assertThat(rests.put(new Lease(A, MODEL), soft, later)).isPresent();
        assertThat(rests.of(A, MODEL, later)).contains(soft);
    }

    @Test
    void a_success_ends_a_soft_rest_and_no_hard_one() {
        put(soft(Duration.ofMinutes(1)));
        rests.answered(new Lease(A, MODEL));
        assertThat(rests.of(A, MODEL, NOW)).isEmpty();

        put(hard(Duration.ofMinutes(1)));
        rests.answered(new Lease(A, MODEL));
        assertThat(rests.of(A, MODEL, NOW)).isPresent();
    }

    @Test
    void of_two_rests_the_harder_one_counts() {
        put(soft(Duration.ofMinutes(1)));
        put(forModel());

        assertThat(rests.of(A, MODEL, NOW)).contains(forModel());
    }

    @Test
    void a_credential_that_is_gone_is_forgotten() {
        put(hard(Duration.ofMinutes(1)));
        put(forModel());

        rests.retain(List.of());
        rests.retain(List.of(A));

        assertThat(rests.of(A, MODEL, NOW)).isEmpty();
    }

    @Test
    void inventing_model_names_pushes_out_no_rest_of_an_account() {
        put(untilLogin());

        for (int i = 0; i < Rests.MAX_MODELS + 10; i++) {
            rests.put(new Lease(A, "invented-" + i), forModel(), NOW);
        }

        assertThat(rests.ofAll(A, NOW)).contains(untilLogin());
    }

    @Test
    void the_oldest_model_is_forgotten_for_one_too_many() {
        for (int i = 0; i <= Rests.MAX_MODELS; i++) {
            rests.put(new Lease(A, "invented-" + i), forModel(), NOW);
        }

        assertThat(rests.of(A, "invented-0", NOW)).isEmpty();
        assertThat(rests.of(A, "invented-1", NOW)).isPresent();
        assertThat(rests.of(A, "invented-" + Rests.MAX_MODELS, NOW)).isPresent();
    }

    @Test
    void a_model_name_that_no_model_has_is_not_remembered() {
        assertThat(rests.put(new Lease(A, "m".repeat(StoredRest.MAX_MODEL_LENGTH)), forModel(), NOW))
                .isPresent();
        assertThat(rests.put(new Lease(A, "m".repeat(StoredRest.MAX_MODEL_LENGTH + 1)), forModel(), NOW))
                .isEmpty();
    }

    private boolean put(Rest rest) {
        return rests.put(new Lease(A, MODEL), rest, NOW).isPresent();
    }

    private static Rest hard(Duration length) {
        return new Rest(firm(length), false, RestCause.LIMIT, "rate_limit_exceeded", token());
    }

    private static Rest soft(Duration length) {
        return new Rest(firm(length), false, RestCause.TROUBLE, "upstream_error", token());
    }

    private static Rest forModel() {
        return new Rest(guess(Duration.ofHours(6)), true, RestCause.MODEL, "model_not_found", token());
    }

    private static Rest untilLogin() {
        return new Rest(new Term(NOW, null, true, 1), false, RestCause.REVOKED, "credential_rejected", token());
    }

    private static Term firm(Duration length) {
        return new Term(NOW, NOW.plus(length), true, 1);
    }

    private static Term guess(Duration length) {
        return new Term(NOW, NOW.plus(length), false, 1);
    }

    private static String token() {
        return A.accessToken().fingerprint();
    }
}
