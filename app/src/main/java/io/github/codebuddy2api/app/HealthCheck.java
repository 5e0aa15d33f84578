package io.github.codebuddy2api.app;

import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Asks the running service of a home how it is, for containers and supervisors that have no HTTP client. */
final class HealthCheck {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private HealthCheck() {}

    /**
     * Returns if the service answers {@code /health} with 200. Nothing is written.
     *
     * @throws IOException if it does not; the message says why
     * @throws io.github.codebuddy2api.filestore.ConfigException if the configuration does not tell where it listens
     */
    static void ask(Path home) throws IOException {
        Optional<URI> noted = HomeLock.address(home);
        if (noted.isPresent()) {
            ask(noted.get().getHost(), noted.get().getPort());
            return;
        }
        ConfigFile file = new ConfigFile(home);
        if (!Files.exists(file.path())) {
            throw new IOException("there is no " + file.path());
        }
        Config.Server server = file.peek().config().server();
        ask(server.host(), server.port());
    }

    private static void ask(String host, int port) throws IOException {
        new LoopbackCall(LoopbackCall.reach(host, port), LIMIT).get("/health");
    }
}
