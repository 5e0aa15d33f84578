package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.CredentialRefreshed;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Faults;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the store fails once while a token is refreshed: it is exchanged once, and never lost. */
class RefreshAnomalyTest {
    private static final int MORE_THAN_ENOUGH = 100;

    static Stream<Named<Supplier<RuntimeException>>> faults() {
        return Stream.of(
                Named.of("a failure", () -> new StoreFailed(StoreFailed.Obstacle.OTHER, "A planted failure.", null)),
                Named.of("a bug", () -> new IllegalStateException("a planted bug")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whichever_operation_of_the_store_fails_the_new_tokens_are_used_and_stored_in_the_end(
            Supplier<RuntimeException> fault) {
        int n = 0;
        boolean happened = true;
        while (happened) {
            n++;
            assertThat(n).isLessThan(MORE_THAN_ENOUGH);
            happened = run(Faults.at(n, fault));
        }
        assertThat(n).as("operations that can fail").isGreaterThan(4);
    }

    private static boolean run(Faults faults) {
        InMemoryCredentialStore store = InMemoryCredentialStore.of(RefreshBench.ended("a"));
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("Seven."));
        try (RefreshBench bench =
                new RefreshBench(upstream, unused -> {}, store, sound -> new FaultyStore(sound, faults))) {
            boolean stored = false;
            for (int events = 1; !stored; events++) {
                bench.advanceUntil(CredentialRefreshed.class, events);
                stored = bench.listener.await(CredentialRefreshed.class, events).stored();
            }

            assertThat(bench.refresher.calls()).hasSize(1);
            assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
            assertThat(store.unfinishedRefreshes()).isEmpty();
            boolean happened = faults.happened();
            if (happened) { // Otherwise it would happen now.
                assertThat(bench.chat()).isNull();
                assertThat(bench.view("a").refresh()).isEqualTo(CredentialView.Refresh.FINE);
            }
            return happened;
        }
    }

    private record FaultyStore(CredentialStore store, Faults faults) implements CredentialStore {
        @Override
        public List<Credential> all() {
            faults.maybeFail();
            return store.all();
        }

        @Override
        public List<Credential> allNow() {
            faults.maybeFail();
            return store.allNow();
        }

        @Override
        public boolean replace(Credential credential) {
            faults.maybeFail();
            return store.replace(credential);
        }

        @Override
        public void noteRefresh(CredentialId id) {
            faults.maybeFail();
            store.noteRefresh(id);
        }

        @Override
        public void forgetRefresh(CredentialId id) {
            faults.maybeFail();
            store.forgetRefresh(id);
        }

        @Override
        public Set<CredentialId> unfinishedRefreshes() {
            return store.unfinishedRefreshes();
        }
    }
}
