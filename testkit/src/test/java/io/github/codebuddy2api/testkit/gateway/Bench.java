package io.github.codebuddy2api.testkit.gateway;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayBuilder;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.settings.Attempts;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.RecordingListener;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A gateway with a fake on every side. */
final class Bench implements AutoCloseable {
    final ManualTime time = new ManualTime();
    final RecordingListener listener = new RecordingListener();
    final InMemoryCredentialStore store;
    final ScriptedUpstream upstream;
    final Gateway gateway;
    volatile GatewaySettings settings = GatewaySettings.DEFAULT;

    Bench(ScriptedUpstream upstream, String... credentials) {
        this(upstream, InMemoryCredentialStore.of(Credentials.named(credentials)));
    }

    Bench(ScriptedUpstream upstream, InMemoryCredentialStore store) {
        this.upstream = upstream;
        this.store = store;
        this.gateway = builder().build();
    }

    private GatewayBuilder builder() {
        return Gateway.builder()
                .upstream(upstream)
                .credentials(store)
                .settings(() -> settings)
                .listener(listener)
                .time(time)
                .random(new Random(1));
    }

    /** One request from its start to its end. */
    void chat() {
        chat(Chats.MODEL);
    }

    void chat(String model) {
        try (CompletionStream stream = gateway.chat().stream(Chats.request(model), Chats.correlation())) {
            Chunks.drain(stream);
        }
    }

    void chats(int times) {
        for (int i = 0; i < times; i++) {
            chat();
        }
    }

    /** How a request fails; null if it does not. */
    GatewayException failure() {
        return failure(Chats.MODEL);
    }

    GatewayException failure(String model) {
        try {
            chat(model);
            return null;
        } catch (GatewayException failure) {
            return failure;
        }
    }

    CompletionStream stream() {
        return gateway.chat().stream(Chats.request(), Chats.correlation());
    }

    /** The credentials used so far, as one word. */
    String used() {
        return String.join("", upstream.credentialsUsed());
    }

    CredentialState state(String id) {
        return gateway.credentials().list().stream()
                .filter(view -> view.id().equals(new CredentialId(id)))
                .map(CredentialView::state)
                .findFirst()
                .orElseThrow();
    }

    /** The ids of those that rest. */
    List<String> resting() {
        return gateway.credentials().list().stream()
                .filter(view -> !(view.state() instanceof CredentialState.Ready))
                .map(view -> view.id().value())
                .toList();
    }

    Bench rotating(int count) {
        settings = GatewaySettings.DEFAULT.withRotationCount(count);
        return this;
    }

    Bench trying(int maxAttempts) {
        settings = GatewaySettings.DEFAULT.with(new Attempts(maxAttempts, Duration.ofMinutes(5), true));
        return this;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
