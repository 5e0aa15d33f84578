package io.github.codebuddy2api.app;

import io.github.codebuddy2api.codebuddy.ClientIdentity;
import io.github.codebuddy2api.codebuddy.CodeBuddyOptions;
import io.github.codebuddy2api.codebuddy.ServiceOptions;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.ServerPassword;
import org.jspecify.annotations.Nullable;

/** Says the configuration in the words of each part it concerns. Pure. */
final class Wiring {
    private static final int MAX_REQUEST_LINE_BYTES = 4096;
    private static final int MAX_HEADERS = 100;

    private Wiring() {}

    static CodeBuddyOptions upstream(Config config) {
        Config.CodeBuddy codebuddy = config.codebuddy();
        Config.Timeouts timeouts = codebuddy.timeouts();
        return new CodeBuddyOptions(
                codebuddy.apiEndpoint(),
                client(codebuddy.client()),
                new CodeBuddyOptions.Deadlines(
                        timeouts.connect(),
                        timeouts.firstEvent(),
                        timeouts.gap(),
                        timeouts.total(),
                        CodeBuddyOptions.Deadlines.DEFAULT.afterFinish()),
                config.limits().maxEvent(),
                codebuddy.systemMessage(),
                codebuddy.sslVerify(),
                ServiceOptions.DEFAULT.withFurtherSites(codebuddy.allowedEndpoints()));
    }

    private static ClientIdentity client(Config.Client client) {
        return ClientIdentity.cli(client.ideVersion())
                .with("User-Agent", client.userAgent())
                .with("X-Product", client.product())
                .with("X-IDE-Type", client.ideType())
                .with("X-IDE-Name", client.ideName())
                .with("X-Agent-Intent", client.agentIntent());
    }

    /** @param host where the service listens, whatever the configuration says by now */
    static ServerPassword password(Config config, String host) {
        return password(config.server().accessPassword().map(Secret::reveal).orElse(null), host);
    }

    /** What {@code configured} would be worth. */
    static ServerPassword password(@Nullable String configured, String host) {
        return ServerPassword.from(configured, isLoopback(host));
    }

    /** Names are not looked up: what is not plainly this machine alone is treated as the network. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** @param listen where the service listens, whatever the configuration says by now */
    static HttpOptions http(Config config, HttpOptions.Listen listen) {
        Config.Limits limits = config.limits();
        Config.Deadlines deadlines = config.deadlines();
        return new HttpOptions(
                new HttpOptions.Listen(
                        listen.host(), listen.port(), config.server().allowedHosts()),
                new HttpOptions.Limits(
                        limits.maxBody(),
                        MAX_REQUEST_LINE_BYTES,
                        limits.maxHeaders(),
                        MAX_HEADERS,
                        limits.maxConnections(),
                        limits.maxStreams()),
                new HttpOptions.Deadlines(
                        deadlines.headers(),
                        deadlines.body(),
                        deadlines.write(),
                        deadlines.idle(),
                        HttpOptions.Deadlines.DEFAULT.linger()),
                new HttpOptions.Streaming(deadlines.heartbeat(), deadlines.commitAfter()),
                new HttpOptions.Drain(deadlines.drain(), HttpOptions.Drain.DEFAULT.farewell()),
                new HttpOptions.Access(
                        config.server().corsOrigins(), guard(config.oauth().requireAuth())));
    }

    private static HttpOptions.LoginGuard guard(Config.RequireAuth rule) {
        return switch (rule) {
            case AUTO -> HttpOptions.LoginGuard.AUTO;
            case ALWAYS -> HttpOptions.LoginGuard.ALWAYS;
            case NEVER -> HttpOptions.LoginGuard.NEVER;
        };
    }
}
