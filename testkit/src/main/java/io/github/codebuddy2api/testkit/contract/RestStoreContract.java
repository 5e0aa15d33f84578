package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.credential.StoredRest.Term;
import io.github.codebuddy2api.core.spi.RestStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link RestStore} promises. The implementer gives each test a fresh one. */
public interface RestStoreContract {
    /** A rest for one model, of which nobody knows the end. */
    StoredRest OF_A_MODEL = new StoredRest(
            new CredentialId("one"),
            "模型\u0000\"glm-5.2\"",
            RestCause.LIMIT,
            "rate_limit_exceeded",
            new Term(Instant.parse("2026-11-22T12:00:00Z"), Instant.parse("2026-11-22T12:10:00.123456789Z"), false, 3),
            Secret.of("not-a-token").fingerprint());

    /** A rest that only another token ends. */
    StoredRest FOR_GOOD = new StoredRest(
            new CredentialId("two"),
            null,
            RestCause.REVOKED,
            "credential_rejected",
            new Term(Instant.parse("2026-11-22T12:00:00Z"), null, true, 1),
            Secret.of("not-another-token").fingerprint());

    /** The store under test, the same one throughout a test. */
    RestStore store();

    /** Another store over the same things, as after the program was killed and started again. */
    RestStore reopened();

    @Test
    default void at_first_nobody_rests() {
        assertThat(store().load()).isEmpty();
    }

    @Test
    default void the_rests_that_were_saved_are_there_after_a_restart_in_their_order() {
        store().save(List.of(OF_A_MODEL, FOR_GOOD));

        assertThat(store().load()).containsExactly(OF_A_MODEL, FOR_GOOD);
        assertThat(reopened().load()).containsExactly(OF_A_MODEL, FOR_GOOD);
    }

    @Test
    default void the_last_ones_saved_count_and_nothing_of_those_before_is_left() {
        store().save(List.of(OF_A_MODEL));
        store().save(List.of(FOR_GOOD));
        assertThat(reopened().load()).containsExactly(FOR_GOOD);

        store().save(List.of());
        assertThat(reopened().load()).isEmpty();
    }

    @Test
    default void as_many_are_kept_as_may_be_saved() {
        List<StoredRest> most = IntStream.range(0, StoredRest.MOST)
                .mapToObj(i -> new StoredRest(
                        new CredentialId("c" + i),
                        "\u0001".repeat(StoredRest.MAX_MODEL_LENGTH),
                        RestCause.MODEL,
                        "model_not_found",
                        OF_A_MODEL.term(),
                        OF_A_MODEL.token()))
                .toList();

        store().save(most);

        assertThat(reopened().load()).isEqualTo(most);
    }
}
