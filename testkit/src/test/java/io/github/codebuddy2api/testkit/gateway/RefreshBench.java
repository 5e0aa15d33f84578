package io.github.codebuddy2api.testkit.gateway;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.RecordingListener;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedRefresher;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A gateway that refreshes its credentials, on a clock moved by hand. */
final class RefreshBench implements AutoCloseable {
    static final Duration LIFETIME = Duration.ofDays(365);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ManualTime time = new ManualTime();
    final RecordingListener listener = new RecordingListener();
    final ScriptedRefresher refresher = ScriptedRefresher.lasting(LIFETIME, time);
    final ScriptedUpstream upstream;
    final InMemoryCredentialStore store;
    final Gateway gateway;
    volatile GatewaySettings settings = GatewaySettings.DEFAULT;

    RefreshBench(Credential... credentials) {
        this(ScriptedUpstream.always(Script.text("Seven.")), credentials);
    }

    RefreshBench(ScriptedUpstream upstream, Credential... credentials) {
        this(upstream, bench -> {}, InMemoryCredentialStore.of(credentials), store -> store);
    }

    /** What is told to the parts before the gateway starts. */
    interface Preparation {
        void of(RefreshBench bench);
    }

    RefreshBench(Preparation preparation, Credential... credentials) {
        this(
                ScriptedUpstream.always(Script.text("Seven.")),
                preparation,
                InMemoryCredentialStore.of(credentials),
                store -> store);
    }

    RefreshBench(
            ScriptedUpstream upstream,
            Preparation preparation,
            InMemoryCredentialStore store,
            UnaryOperator<CredentialStore> wrapper) {
        this.upstream = upstream;
        this.store = store;
        preparation.of(this);
        this.gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(wrapper.apply(store))
                .refresher(refresher)
                .settings(() -> settings)
                .listener(listener)
                .time(time)
                .random(new Random(1))
                .build();
    }

    /** A credential that ends so long after the start. */
    static Credential ending(String id, Duration after) {
        return Credentials.refreshable(id, ManualTime.START.plus(after));
    }

    /** A credential that has ended. */
    static Credential ended(String id) {
        return ending(id, Duration.ZERO);
    }

    /** One request; how it fails, or null. */
    GatewayException chat() {
        try (CompletionStream stream = gateway.chat().stream(Chats.request(), Chats.correlation())) {
            Chunks.drain(stream);
            return null;
        } catch (GatewayException failure) {
            return failure;
        }
    }

    CredentialView view(String id) {
        return gateway.credentials().list().stream()
                .filter(view -> view.id().equals(new CredentialId(id)))
                .findFirst()
                .orElseThrow();
    }

    /** The credential as it is stored. */
    Credential stored(String id) {
        return store.all().stream()
                .filter(credential -> credential.id().equals(new CredentialId(id)))
                .findFirst()
                .orElseThrow();
    }

    Instant now() {
        return time.instant();
    }

    /** Moves the clock, and waits until the background thread has looked what is due and waits again. */
    void advance(Duration by) {
        time.awaitWaiters(1);
        long seen = time.arrivals();
        time.advance(by);
        time.awaitArrivalAfter(seen);
    }

    /** Moves the clock until so many such events were told: a try that ends late has its next one late, too. */
    void advanceUntil(Class<? extends GatewayEvent> type, int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (listener.events(type).size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not " + count + " times " + type.getSimpleName());
            }
            advance(Duration.ofMinutes(2));
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
