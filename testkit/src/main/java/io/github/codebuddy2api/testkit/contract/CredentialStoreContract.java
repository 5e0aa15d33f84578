package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link CredentialStore} promises. The implementer gives each test a fresh store of three credentials. */
public interface CredentialStoreContract {
    /** The store under test, the same one throughout a test; it starts with three credentials. */
    CredentialStore store();

    /** Takes the credential {@code id} out of the store by whatever way the world has. */
    void remove(CredentialId id);

    /** Gives the credential {@code id} another token by whatever way the world has. */
    void replaceToken(CredentialId id, String token);

    @Test
    default void the_very_same_list_comes_back_while_nothing_changes() {
        List<Credential> first = store().all();

        assertThat(store().all()).isSameAs(first);
    }

    @Test
    default void all_credentials_are_there_with_ids_of_their_own() {
        assertThat(store().all()).extracting(Credential::id).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    default void a_removed_credential_is_gone_and_the_others_keep_id_order_and_token() {
        List<Credential> before = store().all();

        remove(before.get(1).id());

        assertThat(store().all()).containsExactly(before.get(0), before.get(2));
    }

    @Test
    default void a_replaced_token_is_seen_under_the_same_id_at_the_same_place() {
        List<Credential> before = store().all();

        replaceToken(before.get(1).id(), "another-token");

        List<Credential> after = store().all();
        assertThat(after)
                .extracting(Credential::id)
                .containsExactlyElementsOf(before.stream().map(Credential::id).toList());
        assertThat(after.get(1).accessToken().reveal()).isEqualTo("another-token");
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(2)).isEqualTo(before.get(2));
    }

    @Test
    default void a_change_leaves_a_list_handed_out_before_as_it_was() {
        List<Credential> before = store().all();
        List<Credential> copy = List.copyOf(before);

        remove(before.get(0).id());

        assertThat(store().all()).isNotSameAs(before);
        assertThat(before).isEqualTo(copy);
    }
}
