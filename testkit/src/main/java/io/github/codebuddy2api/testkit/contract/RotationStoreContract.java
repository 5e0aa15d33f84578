package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.spi.RotationStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@link RotationStore} promises. The implementer gives each test a fresh one. */
public interface RotationStoreContract {
    /** A credential that can be chosen. */
    CredentialId first();

    /** Another one. */
    CredentialId second();

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
        RotationState chosen = new RotationState(false, first(), second(), Set.of(first()));

        store().save(chosen);

        assertThat(store().load()).isEqualTo(chosen);
        assertThat(reopened().load()).isEqualTo(chosen);
    }

    @Test
    default void the_last_one_saved_counts_and_nothing_of_the_one_before_is_left() {
        store().save(new RotationState(false, first(), second(), Set.of(first(), second())));
        RotationState last = new RotationState(true, second(), null, Set.of());

        store().save(last);

        assertThat(reopened().load()).isEqualTo(last);
    }

    @Test
    default void a_restart_saves_nothing_by_itself() {
        store().save(new RotationState(true, first(), null, Set.of(second())));

        reopened();

        assertThat(reopened().load()).isEqualTo(new RotationState(true, first(), null, Set.of(second())));
    }
}
