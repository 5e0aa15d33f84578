package io.github.codebuddy2api.testkit.gateway;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryUsageStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.RecordingListener;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedAnswers;
import io.github.codebuddy2api.testkit.fake.ScriptedDirectory;
import io.github.codebuddy2api.testkit.fake.ScriptedLogins;
import io.github.codebuddy2api.testkit.fake.ScriptedQuotas;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A gateway that was given every port it may have, with a fake behind each. */
final class FullBench {
    /** An account of its own. */
    static final Account PERSONAL = account("uid-1", null);

    final ManualTime time = new ManualTime();
    final RecordingListener listener = new RecordingListener();
    final InMemoryCredentialStore store;
    final InMemoryUsageStore usage;
    final ScriptedUpstream upstream;
    final ScriptedLogins logins = new ScriptedLogins();
    final ScriptedQuotas quotas = new ScriptedQuotas();
    final ScriptedDirectory directory = ScriptedDirectory.of(PERSONAL);
    final ScriptedAnswers<List<Model>> models = ScriptedAnswers.always(List.of());
    final Gateway gateway;
    volatile GatewaySettings settings = GatewaySettings.DEFAULT;

    FullBench(String... credentials) {
        this(
                ScriptedUpstream.always(Script.text("Seven.")),
                InMemoryCredentialStore.of(Credentials.named(credentials)),
                InMemoryUsageStore.of());
    }

    FullBench(ScriptedUpstream upstream, InMemoryCredentialStore store, InMemoryUsageStore usage) {
        this.upstream = upstream;
        this.store = store;
        this.usage = usage;
        this.gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(store)
                .logins(logins)
                .accounts(directory)
                .models(models::ask)
                .quotas(quotas)
                .refresher(Credentials::refreshed)
                .usage(usage)
                .settings(() -> settings)
                .listener(listener)
                .time(time)
                .random(new Random(1))
                .build();
    }

    static Account account(String uid, @Nullable String enterprise) {
        return new Account(uid, null, null, null, null, enterprise, null, null);
    }

    static Credential credential(String id, Account account) {
        return Credentials.of(id).with(account);
    }

    static Tokens tokens(String name) {
        return Tokens.of(Secret.of("not-a-token-of-" + name));
    }

    static GatewayException trouble() {
        return new UpstreamUnavailable(UpstreamUnavailable.Reason.ERROR, null, "The upstream is in trouble.", null);
    }

    /** One request from its start to its end; tells how it fails, null if it does not. */
    @Nullable GatewayException chat(String model) {
        try (CompletionStream stream = gateway.chat().stream(Chats.request(model), Chats.correlation())) {
            Chunks.drain(stream);
            return null;
        } catch (GatewayException failure) {
            return failure;
        }
    }
}
