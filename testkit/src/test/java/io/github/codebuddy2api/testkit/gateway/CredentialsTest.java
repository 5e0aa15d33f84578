package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.api.Credentials.Turn;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryRotationStore;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the owner may do with the credentials. */
class CredentialsTest {
    private static final CredentialId A = new CredentialId("a");
    private static final CredentialId B = new CredentialId("b");
    private static final CredentialId C = new CredentialId("c");
    private static final CredentialId UNKNOWN = new CredentialId("unknown");

    private final ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("Seven."));
    private final InMemoryCredentialStore store = InMemoryCredentialStore.of(Credentials.named("a", "b", "c"));
    private final InMemoryRotationStore rotation = new InMemoryRotationStore();
    private int rotationCount = 1;
    private Gateway gateway = gateway();

    private Gateway gateway() {
        return Gateway.builder()
                .upstream(upstream)
                .credentials(store)
                .rotation(rotation)
                .settings(() -> GatewaySettings.DEFAULT.withRotationCount(rotationCount))
                .build();
    }

    private io.github.codebuddy2api.core.api.Credentials credentials() {
        return gateway.credentials();
    }

    private void restart() {
        gateway.close();
        gateway = gateway();
    }

    private String chats(int times) {
        int before = upstream.calls().size();
        for (int i = 0; i < times; i++) {
            try (CompletionStream stream = gateway.chat().stream(Chats.request(), Chats.correlation())) {
                Chunks.drain(stream);
            }
        }
        return String.join("", upstream.credentialsUsed().subList(before, before + times));
    }

    private CredentialView view(CredentialId id) {
        return credentials().list().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_pin_survives_a_restart_and_so_does_its_end() {
        assertThat(credentials().pin(B)).isTrue();
        restart();
        assertThat(chats(2)).isEqualTo("bb");
        assertThat(view(B).pinned()).isTrue();

        credentials().unpin();
        restart();
        assertThat(chats(3)).isEqualTo("abc");
    }

    @Test
    void a_pin_on_a_credential_that_is_gone_means_none() {
        credentials().pin(B);
        store.replace(Credentials.named("a", "c"));
        restart();

        assertThat(chats(3)).isEqualTo("aca");
        assertThat(credentials().turn().pinned()).isFalse();
    }

    @Test
    void after_a_restart_the_rotation_goes_on_where_it_was_saved() {
        chats(2);
        credentials().rotate(true);
        restart();

        assertThat(chats(3)).isEqualTo("bca");
    }

    @Test
    void the_switch_of_the_rotation_survives_a_restart() {
        credentials().rotate(false);
        restart();
        assertThat(chats(3)).isEqualTo("aaa");
        assertThat(credentials().turn().rotating()).isFalse();

        credentials().rotate(true);
        restart();
        assertThat(chats(3)).isEqualTo("abc");
    }

    @Test
    void a_credential_that_is_switched_off_is_not_used_until_it_is_switched_on() {
        assertThat(credentials().enable(B, false)).isTrue();
        assertThat(view(B).state()).isEqualTo(new CredentialState.Disabled());
        assertThat(view(B).enabled()).isFalse();
        restart();
        assertThat(chats(3)).isEqualTo("aca");

        assertThat(credentials().enable(B, true)).isTrue();
        assertThat(chats(3)).isEqualTo("bca");
        assertThat(view(B).state()).isEqualTo(new CredentialState.Ready());
    }

    @Test
    void a_pin_holds_again_when_its_credential_was_missing_for_a_moment() {
        credentials().pin(B);
        store.replace(Credentials.named("a", "c"));
        assertThat(chats(1)).isEqualTo("a");

        store.replace(Credentials.named("a", "b", "c"));

        assertThat(chats(2)).isEqualTo("bb");
        assertThat(credentials().turn().pinned()).isTrue();
    }

    @Test
    void switching_the_pinned_one_off_unpins_it_and_pinning_one_that_is_off_switches_it_on() {
        credentials().pin(B);
        credentials().enable(B, false);
        assertThat(view(B).pinned()).isFalse();
        assertThat(chats(2)).isEqualTo("ac");

        credentials().pin(B);
        assertThat(view(B).enabled()).isTrue();
        assertThat(chats(2)).isEqualTo("bb");
    }

    @Test
    void what_is_not_stored_can_be_neither_pinned_nor_switched_nor_deleted_nor_refreshed() {
        assertThat(credentials().pin(UNKNOWN)).isFalse();
        assertThat(credentials().enable(UNKNOWN, false)).isFalse();
        assertThat(credentials().delete(UNKNOWN)).isFalse();
        assertThat(credentials().restore(UNKNOWN)).isFalse();
        assertThat(rotation.saves()).isZero();
    }

    @Test
    void what_cannot_be_saved_does_not_hold() {
        rotation.breakDown(true);

        assertThatThrownBy(() -> credentials().pin(B)).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(() -> credentials().enable(C, false)).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(() -> credentials().rotate(false)).isInstanceOf(StoreFailed.class);

        assertThat(credentials().list()).noneMatch(CredentialView::pinned).allMatch(CredentialView::enabled);
        assertThat(chats(3)).isEqualTo("abc");
        rotation.breakDown(false);
        credentials().pin(B);
        rotation.breakDown(true);
        assertThatThrownBy(() -> credentials().unpin()).isInstanceOf(StoreFailed.class);
        assertThat(chats(2)).isEqualTo("bb");
    }

    @Test
    void deleting_a_credential_moves_no_other_choice() {
        rotationCount = 2;
        chats(3);
        credentials().pin(C);

        assertThat(credentials().delete(A)).isTrue();

        assertThat(chats(2)).isEqualTo("cc");
        credentials().unpin();
        assertThat(chats(3)).isEqualTo("bcc");
    }

    @Test
    void deleting_the_pinned_one_unpins_it_for_good() {
        credentials().pin(B);

        assertThat(credentials().delete(B)).isTrue();

        assertThat(chats(2)).isEqualTo("ac");
        assertThat(rotation.load().pin()).isEmpty();
        assertThat(credentials().restore(B)).isTrue();
        assertThat(view(B).pinned()).isFalse();
    }

    @Test
    void a_deleted_credential_is_gone_although_the_choice_about_it_cannot_be_saved() {
        credentials().pin(B);
        rotation.breakDown(true);

        assertThat(credentials().delete(B)).isTrue();

        assertThat(chats(2)).isEqualTo("ac");
    }

    @Test
    void a_credential_that_cannot_be_deleted_stays_in_use() {
        store.breakDown(true);

        assertThatThrownBy(() -> credentials().delete(A)).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(() -> credentials().add(added("x"))).isInstanceOf(StoreFailed.class);

        assertThat(chats(3)).isEqualTo("abc");
    }

    @Test
    void a_label_is_shown_at_once_and_moves_no_turn() {
        chats(1);

        assertThat(credentials().rename(B, new CredentialLabel("Work"))).isTrue();
        assertThat(credentials().rename(UNKNOWN, new CredentialLabel("Work"))).isFalse();

        assertThat(credentials().list())
                .extracting(CredentialView::label)
                .containsExactly(null, new CredentialLabel("Work"), null);
        assertThat(chats(2)).isEqualTo("bc");
        restart();
        assertThat(view(B).label()).isEqualTo(new CredentialLabel("Work"));
        assertThat(credentials().rename(B, null)).isTrue();
        assertThat(view(B).label()).isNull();
    }

    @Test
    void a_label_that_cannot_be_stored_does_not_hold() {
        store.breakDown(true);

        assertThatThrownBy(() -> credentials().rename(A, new CredentialLabel("Work")))
                .isInstanceOf(StoreFailed.class);

        assertThat(view(A).label()).isNull();
    }

    @Test
    void a_new_credential_takes_its_turn_and_does_not_reset_the_rotation() {
        chats(2);

        CredentialView added = credentials().add(added("x"));

        assertThat(added.name()).isEqualTo("x");
        assertThat(added.state()).isEqualTo(new CredentialState.Ready());
        assertThat(chats(3)).isEqualTo("c" + added.id() + "a");
    }

    @Test
    void what_comes_next_is_told_without_a_turn_being_used_up() {
        rotationCount = 2;
        assertThat(credentials().turn()).isEqualTo(new Turn(Optional.of(A), false, true, 2, 0));
        chats(1);
        assertThat(credentials().turn()).isEqualTo(new Turn(Optional.of(A), false, true, 2, 1));
        assertThat(credentials().turn()).isEqualTo(new Turn(Optional.of(A), false, true, 2, 1));
        chats(1);
        assertThat(credentials().turn()).isEqualTo(new Turn(Optional.of(B), false, true, 2, 0));
        assertThat(chats(1)).isEqualTo("b");
        credentials().pin(C);
        assertThat(credentials().turn()).isEqualTo(new Turn(Optional.of(C), true, true, 2, 0));
        credentials().unpin();
        credentials().rotate(false);
        assertThat(credentials().turn()).isEqualTo(new Turn(Optional.of(B), false, false, 2, 1));
    }

    @Test
    void without_a_usable_credential_nothing_comes_next() {
        List.of(A, B, C).forEach(id -> credentials().enable(id, false));
        assertThat(credentials().turn().next()).isEmpty();

        store.replace(new Credential[0]);
        assertThat(credentials().turn().next()).isEmpty();
    }

    @Test
    void choices_that_came_from_elsewhere_hold_from_the_start() {
        rotation.save(new RotationState(false, B, null, Set.of(A)));
        restart();

        assertThat(chats(2)).isEqualTo("bb");
        assertThat(view(A).enabled()).isFalse();
    }

    @Test
    void changes_side_by_side_are_all_saved() {
        OtherThread<Boolean> switches = OtherThread.start(() -> {
            for (int i = 0; i < 200; i++) {
                credentials().enable(B, i % 2 == 1);
            }
            return true;
        });
        for (int i = 0; i < 200; i++) {
            credentials().pin(i % 2 == 0 ? A : C);
        }

        assertThat(switches.result()).isTrue();
        assertThat(rotation.load().pinned()).isEqualTo(C);
        assertThat(rotation.load().disabled()).isEmpty();
        assertThat(chats(1)).isEqualTo("c");
    }

    @Test
    void the_owner_may_refresh_at_once() {
        try (RefreshBench bench =
                new RefreshBench(RefreshBench.ending("a", Duration.ofDays(90)), Credentials.of("b"))) {
            Optional<CredentialView> fresh = bench.gateway.credentials().refresh(A);

            assertThat(fresh).map(CredentialView::refresh).contains(CredentialView.Refresh.FINE);
            assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
            assertThat(bench.gateway.credentials().refresh(UNKNOWN)).isEmpty();
            assertThatThrownBy(() -> bench.gateway.credentials().refresh(B))
                    .isInstanceOfSatisfying(
                            InvalidRequest.class,
                            failure -> assertThat(failure.code()).isEqualTo("credential_not_refreshable"));
        }
    }

    @Test
    void the_owner_waits_for_the_refresh_under_way_and_hears_why_it_failed() {
        Gate gate = Gate.shut();
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), RefreshBench.ended("a"))) {
            gate.awaitArrival();
            OtherThread<Optional<CredentialView>> owner =
                    OtherThread.start(() -> bench.gateway.credentials().refresh(A));
            bench.time.awaitWaiters(2);

            bench.refresher.fails(new CredentialRejected(true, "Log in again."));
            gate.open();

            assertThat(owner.failure()).isInstanceOf(CredentialRejected.class);
            assertThat(bench.refresher.calls()).hasSize(1);
            bench.refresher.fails(null);
            assertThat(bench.gateway.credentials().refresh(A)).isPresent();
        }
    }

    @Test
    void a_deletion_waits_for_the_refresh_under_way_and_what_is_restored_is_fresh() {
        Gate gate = Gate.shut();
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), RefreshBench.ended("a"))) {
            gate.awaitArrival();
            OtherThread<Boolean> owner =
                    OtherThread.start(() -> bench.gateway.credentials().delete(A));
            bench.time.awaitWaiters(2);
            gate.open();

            assertThat(owner.result()).isTrue();
            assertThat(bench.store.all()).isEmpty();
            bench.gateway.credentials().restore(A);
            assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
        }
    }

    private static NewCredential added(String name) {
        return new NewCredential(
                Tokens.of(Secret.of("not-a-token-of-" + name)), Account.UNKNOWN, NewCredential.Origin.MANUAL, name);
    }

    @Test
    void a_new_credential_does_not_inherit_what_was_chosen_about_one_that_had_its_id() {
        CredentialId reused = new CredentialId("added-1");
        rotation.save(new RotationState(true, null, reused, Set.of(reused)));
        restart();

        CredentialView added = credentials()
                .add(new NewCredential(
                        Tokens.of(Secret.of("not-a-token")), Account.UNKNOWN, NewCredential.Origin.MANUAL, null));

        assertThat(added.id()).isEqualTo(reused);
        assertThat(added.pinned()).isFalse();
        assertThat(added.enabled()).isTrue();
        assertThat(rotation.load().pin()).isEmpty();
    }
}
