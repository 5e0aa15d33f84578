package io.github.codebuddy2api.http;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A gateway with a scripted upstream behind a real socket, for as long as a test lasts. */
final class Served implements AutoCloseable {
    static final String PASSWORD = "correct horse battery staple";

    private final Gateway gateway;
    private final HttpAdapter adapter;
    private final RequestFeed feed;

    private Served(Gateway gateway, HttpAdapter adapter, RequestFeed feed) {
        this.gateway = gateway;
        this.adapter = adapter;
        this.feed = feed;
    }

    Gateway gateway() {
        return gateway;
    }

    RequestFeed feed() {
        return feed;
    }

    static Served with(ScriptedUpstream upstream) {
        return with(upstream, HttpOptions.of("127.0.0.1", 0));
    }

    static Served with(ScriptedUpstream upstream, HttpOptions options) {
        return with(upstream, options, ServerPassword.from(PASSWORD, true));
    }

    static Served with(ScriptedUpstream upstream, HttpOptions options, ServerPassword password) {
        return with(upstream, options, () -> password);
    }

    static Served with(ScriptedUpstream upstream, HttpOptions options, Supplier<ServerPassword> password) {
        SplittableRandom random = new SplittableRandom(42);
        Time time = new RealTime();
        RequestFeed feed = new RequestFeed(time);
        GatewaySettings settings = GatewaySettings.DEFAULT.with(ModelOffer.of("glm-5.2", "vendor/kimi k2"));
        Gateway gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(InMemoryCredentialStore.of(Credentials.named("one", "two")))
                .settings(() -> settings)
                .listener(feed)
                .build();
        HttpParts parts = HttpParts.of(() -> options, password).with(feed);
        return new Served(gateway, HttpAdapter.start(gateway, parts, random, time), feed);
    }

    int port() {
        return adapter.port();
    }

    /** A new connection. */
    RawCaller connect() {
        return new RawCaller(port());
    }

    /** Begins to stop, without waiting for it. */
    Thread stopping() {
        return Thread.ofVirtual().start(adapter::close);
    }

    @Override
    public void close() {
        gateway.close();
        adapter.close();
    }

    private static final class RealTime implements Time {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
