package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.RefreshBench.ending;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.CredentialRefreshed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Refreshed tokens that could not be stored, and live in memory until they can. */
class TokensInMemoryTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void tokens_that_cannot_be_stored_are_used_from_memory_and_stored_later() {
        Gate gate = Gate.shut();
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.waitingAt(gate), ending("a", Duration.ofHours(10)))) {
            gate.awaitArrival();
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.RUNNING);
            bench.store.breakDown(true);
            gate.open();

            assertThat(bench.listener.await(CredentialRefreshed.class, 1).stored())
                    .isFalse();
            assertThat(bench.chat()).isNull();
            assertThat(bench.upstream.calls().get(0).credential().accessToken().reveal())
                    .startsWith("not-a-token-1");
            bench.advance(Duration.ofMinutes(1));
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.NOT_STORED);

            bench.store.breakDown(false);
            bench.advanceUntil(CredentialRefreshed.class, 2);
            assertThat(bench.listener.await(CredentialRefreshed.class, 2).stored())
                    .isTrue();
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.FINE);
            assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
            assertThat(bench.refresher.calls()).hasSize(1);
        }
    }

    @Test
    void tokens_in_memory_outlive_a_folder_that_is_gone_for_a_moment() {
        Gate gate = Gate.shut();
        Credential old = ending("a", Duration.ofHours(10));
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), old)) {
            gate.awaitArrival();
            bench.store.replace(new Credential[0]);
            gate.open();
            assertThat(bench.listener.await(CredentialRefreshed.class, 1).stored())
                    .isFalse();
            assertThat(bench.chat()).isNull();
            bench.advance(Duration.ofMinutes(1));
            assertThat(bench.view("a").refresh()).isEqualTo(Refresh.NOT_STORED);

            bench.store.replace(new Credential[] {old});
            bench.advanceUntil(CredentialRefreshed.class, 2);

            assertThat(bench.listener.await(CredentialRefreshed.class, 2).stored())
                    .isTrue();
            assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
        }
    }

    @Test
    void a_label_is_shown_with_tokens_in_memory_and_kept_when_they_are_stored() {
        Gate gate = Gate.shut();
        Credential old = ending("a", Duration.ofHours(10));
        CredentialLabel label = new CredentialLabel("Work");
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), old)) {
            gate.awaitArrival();
            bench.store.breakDown(true);
            gate.open();
            assertThat(bench.listener.await(CredentialRefreshed.class, 1).stored())
                    .isFalse();
            bench.store.replace(new Credential[] {old.labelled(label)});

            assertThat(bench.view("a").label()).isEqualTo(label);
            assertThat(bench.chat()).isNull();
            assertThat(bench.upstream.calls().get(0).credential().accessToken().reveal())
                    .startsWith("not-a-token-1");
            bench.store.breakDown(false);
            bench.advanceUntil(CredentialRefreshed.class, 2);

            assertThat(bench.listener.await(CredentialRefreshed.class, 2).stored())
                    .isTrue();
            assertThat(bench.stored("a").label()).isEqualTo(label);
            assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
        }
    }

    @Test
    void tokens_in_memory_end_with_a_deletion_by_the_owner() {
        Gate gate = Gate.shut();
        Credential old = ending("a", Duration.ofHours(10));
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), old)) {
            gate.awaitArrival();
            bench.store.replace(new Credential[0]);
            gate.open();
            bench.listener.await(CredentialRefreshed.class, 1);

            assertThat(bench.gateway.credentials().delete(old.id())).isTrue();

            assertThat(bench.gateway.credentials().list()).isEmpty();
        }
    }

    @Test
    void tokens_in_memory_give_way_to_newer_ones_in_the_store_and_are_not_written_over_them() {
        Gate gate = Gate.shut();
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.waitingAt(gate), ending("a", Duration.ofHours(10)))) {
            gate.awaitArrival();
            bench.store.breakDown(true);
            gate.open();
            bench.listener.await(CredentialRefreshed.class, 1);

            Credential newer = Credentials.refreshed(ending("a", DAY.multipliedBy(60)));
            bench.store.replace(new Credential[] {newer});
            bench.store.breakDown(false);
            bench.advance(Duration.ofHours(1));
            bench.listener.await(CredentialRefreshed.class, 2);

            assertThat(bench.chat()).isNull();
            assertThat(bench.upstream.calls().get(0).credential().tokens()).isEqualTo(newer.tokens());
            assertThat(bench.stored("a")).isEqualTo(newer);
        }
    }
}
