package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link CredentialStore} promises. The implementer gives each test a fresh store of three credentials. */
public interface CredentialStoreContract {
    /** Tokens of which everything is known, to the second. */
    Tokens TOKENS = new Tokens(
            Secret.of("not-a-token-but-another"),
            Secret.of("not-a-refresh-token-but-another"),
            Instant.parse("2026-11-01T10:00:00Z"),
            Instant.parse("2027-11-01T10:00:00Z"),
            Instant.parse("2027-12-01T10:00:00Z"),
            "Bearer",
            "openid profile",
            "not-a-session");

    /** The store under test, the same one throughout a test; it starts with three credentials. */
    CredentialStore store();

    /**
     * Another store over the same things, as after the program was killed and started again.
     *
     * @implSpec the default is for a store whose things end with it
     */
    default CredentialStore reopened() {
        return store();
    }

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

    @Test
    default void what_another_program_wrote_is_seen_at_once_by_who_insists() {
        CredentialId id = store().all().get(0).id();

        replaceToken(id, "another-token");

        assertThat(store().allNow()).extracting(CredentialStoreContract::token).contains("another-token");
        assertThat(store().all()).isEqualTo(store().allNow());
    }

    @Test
    default void an_added_credential_is_there_under_an_id_of_its_own_and_the_others_stay() {
        List<Credential> before = store().all();

        Credential added = store().add(named("work"));

        assertThat(store().all()).hasSize(4).contains(added).containsAll(before);
        assertThat(before).extracting(Credential::id).doesNotContain(added.id());
        assertThat(added.tokens()).isEqualTo(named("work").tokens());
        assertThat(added.account()).isEqualTo(named("work").account());
        assertThat(reopened().all()).containsExactlyInAnyOrderElementsOf(store().all());
    }

    @Test
    default void two_that_want_the_same_name_do_not_overwrite_each_other() {
        Credential first = store().add(named("work"));
        Credential second = store().add(named("work"));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(store().all()).contains(first, second);
    }

    @Test
    default void a_credential_without_a_wanted_name_is_given_one() {
        Credential added = store().add(new NewCredential(TOKENS, Account.UNKNOWN, Origin.MANUAL, null));

        assertThat(added.name()).isNotBlank();
        assertThat(store().all()).contains(added);
    }

    @Test
    default void replaced_tokens_are_stored_whole_under_the_same_id_at_the_same_place() {
        List<Credential> before = store().all();
        Credential fresh = before.get(1).with(TOKENS);

        assertThat(store().replace(fresh)).isTrue();

        assertThat(store().all()).extracting(Credential::tokens).element(1).isEqualTo(TOKENS);
        assertThat(store().all())
                .extracting(Credential::id)
                .containsExactlyElementsOf(before.stream().map(Credential::id).toList());
        assertThat(store().all()).contains(before.get(0), before.get(2));
        assertThat(reopened().all()).isEqualTo(store().all());
    }

    @Test
    default void what_is_not_there_is_not_replaced() {
        List<Credential> before = store().all();

        assertThat(store().replace(Credential.of("unknown", "not-a-token"))).isFalse();

        assertThat(store().all()).isEqualTo(before);
    }

    @Test
    default void a_label_is_stored_and_changes_nothing_else() {
        List<Credential> before = store().all();
        CredentialLabel label = new CredentialLabel("Work \u5de5\u4f5c");

        assertThat(store().rename(before.get(1).id(), label)).isTrue();

        assertThat(store().all()).containsExactly(before.get(0), before.get(1).labelled(label), before.get(2));
        assertThat(reopened().all()).isEqualTo(store().all());

        assertThat(store().rename(before.get(1).id(), null)).isTrue();
        assertThat(store().all()).isEqualTo(before);
        assertThat(reopened().all()).isEqualTo(before);
    }

    @Test
    default void a_label_outlives_new_tokens_and_a_deletion_that_is_taken_back() {
        Credential unlabelled = store().all().get(1);
        CredentialLabel label = new CredentialLabel("Work");
        store().rename(unlabelled.id(), label);

        store().replace(unlabelled.with(TOKENS));
        store().delete(unlabelled.id());
        store().restore(unlabelled.id());

        assertThat(reopened().all())
                .filteredOn(credential -> credential.id().equals(unlabelled.id()))
                .containsExactly(unlabelled.with(TOKENS).labelled(label));
    }

    @Test
    default void what_is_not_there_gets_no_label() {
        List<Credential> before = store().all();

        assertThat(store().rename(new CredentialId("unknown"), new CredentialLabel("Work")))
                .isFalse();

        assertThat(store().all()).isEqualTo(before);
    }

    @Test
    default void a_deleted_credential_is_gone_and_comes_back_as_it_was() {
        List<Credential> before = store().all();
        CredentialId id = before.get(1).id();

        assertThat(store().delete(id)).isTrue();
        assertThat(store().all()).containsExactly(before.get(0), before.get(2));
        assertThat(reopened().all()).containsExactly(before.get(0), before.get(2));
        assertThat(store().delete(id)).isFalse();

        assertThat(store().restore(id)).isTrue();
        assertThat(store().all()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(store().restore(id)).isFalse();
        assertThat(reopened().all()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void what_was_never_there_is_neither_deleted_nor_restored() {
        List<Credential> before = store().all();
        CredentialId unknown = new CredentialId("unknown");

        assertThat(store().delete(unknown)).isFalse();
        assertThat(store().restore(unknown)).isFalse();

        assertThat(store().all()).isEqualTo(before);
    }

    @Test
    default void a_note_of_a_refresh_stays_until_new_tokens_are_stored_or_it_is_taken_back() {
        CredentialId first = store().all().get(0).id();
        CredentialId second = store().all().get(1).id();
        assertThat(reopened().unfinishedRefreshes()).isEmpty();

        store().noteRefresh(first);
        store().noteRefresh(first);
        store().noteRefresh(second);
        assertThat(reopened().unfinishedRefreshes()).containsExactlyInAnyOrder(first, second);

        store().replace(store().all().get(0).with(TOKENS));
        assertThat(reopened().unfinishedRefreshes()).containsExactly(second);

        store().forgetRefresh(second);
        store().forgetRefresh(second);
        assertThat(reopened().unfinishedRefreshes()).isEmpty();
    }

    @Test
    default void a_note_of_a_refresh_changes_no_credential() {
        List<Credential> before = store().all();

        store().noteRefresh(before.get(0).id());

        assertThat(store().allNow()).isEqualTo(before);
        assertThat(reopened().all()).isEqualTo(before);
    }

    private static NewCredential named(String name) {
        Account account = new Account(
                "not-a-uid", "not-a-user", "nobody@example.com", "Nobody", "www.codebuddy.cn", null, null, null);
        return new NewCredential(TOKENS, account, Origin.LOGIN, name);
    }

    private static String token(Credential credential) {
        return credential.accessToken().reveal();
    }
}
