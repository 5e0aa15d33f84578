package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.spi.RotationStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@link RotationStore} promises. The implementer gives each test a fresh one. */
public interface RotationStoreContract {
    /** The ids that the tests choose among; a store that keeps more of a credential than its id has them all. */
    CredentialId A = new CredentialId("a");

    /** Another one. */
    CredentialId B = new CredentialId("b");

    /** The store under test, the same one throughout a test. */
    RotationStore store();

    /** Another store over the same things, as after the program was killed and started again. */
    RotationStore reopened();

    @Test
    default void at_first_nothing_is_chosen() {
        assertThat(store().load()).isEqualTo(RotationState.INITIAL);
    }

    @Test
    default void what_was_saved_is_there_after_a_restart() {
        RotationState chosen = new RotationState(false, A, B, Set.of(A));

        store().save(chosen);

        assertThat(store().load()).isEqualTo(chosen);
        assertThat(reopened().load()).isEqualTo(chosen);
    }

    @Test
    default void the_last_one_saved_counts_and_nothing_of_the_one_before_is_left() {
        store().save(new RotationState(false, A, B, Set.of(A, B)));
        RotationState last = new RotationState(true, B, null, Set.of());

        store().save(last);

        assertThat(reopened().load()).isEqualTo(last);
    }

    @Test
    default void a_restart_saves_nothing_by_itself() {
        store().save(new RotationState(true, A, null, Set.of(B)));

        reopened();

        assertThat(reopened().load()).isEqualTo(new RotationState(true, A, null, Set.of(B)));
    }
}
