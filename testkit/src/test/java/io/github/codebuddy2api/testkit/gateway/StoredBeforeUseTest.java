package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.proofs.Promise.P9;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A refresh token is good once, so what it gave is stored before anybody uses it. */
class StoredBeforeUseTest {
    private static final int CALLERS = 8;

    @Test
    @Tag("trust")
    @Tag("P9")
    void a_new_token_is_in_the_store_whenever_it_is_sent() throws Exception {
        Proof proof = Proof.of(P9, "stored-before-use")
                .without("a store that fails: the new tokens, all there is then, are used and stored once it works");
        int rounds = proof.amount(20, 500, 5_000);
        proof.show(() -> {
            int sent = 0;
            for (int round = 0; round < rounds; round++) {
                sent += sentAfterAnEnd();
            }
            return "%,d ends of a token, %,d requests with the new one: stored before each".formatted(rounds, sent);
        });
    }

    private static int sentAfterAnEnd() {
        InMemoryCredentialStore store = InMemoryCredentialStore.of(RefreshBench.ended("a"));
        Queue<Credential> tooSoon = new ConcurrentLinkedQueue<>();
        Queue<GatewayException> failures = new ConcurrentLinkedQueue<>();
        ScriptedUpstream upstream = ScriptedUpstream.choosing(call -> {
            if (store.all().stream()
                    .noneMatch(stored ->
                            stored.accessToken().equals(call.credential().accessToken()))) {
                tooSoon.add(call.credential());
            }
            return Script.text("Seven.");
        });
        try (RefreshBench bench = new RefreshBench(upstream, with -> {}, store, same -> same)) {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < CALLERS; caller++) {
                    callers.execute(() -> Optional.ofNullable(bench.chat()).ifPresent(failures::add));
                }
            }
            assertThat(failures).isEmpty();
            assertThat(bench.refresher.calls()).hasSize(1);
        }
        assertThat(upstream.calls()).hasSize(CALLERS);
        assertThat(tooSoon).isEmpty();
        return CALLERS;
    }
}
