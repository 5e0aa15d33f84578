package io.github.codebuddy2api.testkit.gateway;

import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryUsageStore;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The benches of one test, whose gateways end with it. */
final class Benches implements AutoCloseable {
    private final List<FullBench> all = new CopyOnWriteArrayList<>();

    /** A bench with these credentials whose upstream always answers. */
    FullBench full(String... credentials) {
        return kept(new FullBench(credentials));
    }

    /** A bench with these credentials. */
    FullBench full(ScriptedUpstream upstream, String... credentials) {
        return full(upstream, InMemoryCredentialStore.of(Credentials.named(credentials)), InMemoryUsageStore.of());
    }

    FullBench full(ScriptedUpstream upstream, InMemoryCredentialStore store, InMemoryUsageStore usage) {
        return kept(new FullBench(upstream, store, usage));
    }

    private FullBench kept(FullBench bench) {
        all.add(bench);
        return bench;
    }

    @Override
    public void close() {
        all.forEach(bench -> bench.gateway.close());
    }
}
