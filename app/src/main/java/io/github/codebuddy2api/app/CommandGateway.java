package io.github.codebuddy2api.app;

import io.github.codebuddy2api.app.logging.LogControl;
import io.github.codebuddy2api.codebuddy.CodeBuddy;
import io.github.codebuddy2api.codebuddy.CodeBuddyOptions;
import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigFile;
import io.github.codebuddy2api.filestore.CredentialFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The gateway of a home for the length of one command: it serves nobody, and may run beside the service, because all it
 * does to the home is to add a credential file, which the service notices.
 */
final class CommandGateway implements AutoCloseable {
    private final LogControl log;
    private final CodeBuddy upstream;
    private final Gateway gateway;

    private CommandGateway(LogControl log, CodeBuddy upstream, Gateway gateway) {
        this.log = log;
        this.upstream = upstream;
        this.gateway = gateway;
    }

    /**
     * Reads the configuration under {@code home}.
     *
     * @throws io.github.codebuddy2api.filestore.ConfigException if the configuration cannot be meant
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if a file or folder cannot be made or read
     */
    static CommandGateway open(Path home, Time time) {
        LogControl log = LogControl.start(home, time);
        try {
            ConfigFile file = new ConfigFile(home);
            // The service, if it runs, is the one to write there.
            boolean there = Files.exists(file.path());
            return open((there ? file.peek() : file.load()).config(), log, time);
        } catch (RuntimeException notOpened) {
            log.close();
            throw notOpened;
        }
    }

    private static CommandGateway open(Config config, LogControl log, Time time) {
        SecureRandom random = new SecureRandom();
        CodeBuddyOptions options = Wiring.upstream(config);
        GatewaySettings settings = config.gatewaySettings();
        LogGuard guard = new LogGuard(log.secrets());
        CodeBuddy upstream = new CodeBuddy(() -> options, random, time);
        Path directory = config.codebuddy().credsDir();
        CredentialFiles files = CredentialFiles.beside(directory, time);
        Gateway gateway = Gateway.builder()
                .upstream(upstream)
                .logins(guard.over(upstream.logins()))
                .accounts(guard.over(upstream.accounts()))
                .credentials(guard.over(files))
                .settings(() -> settings)
                .time(time)
                .random(random)
                .build();
        return new CommandGateway(log, upstream, gateway);
    }

    Gateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        gateway.close();
        upstream.close();
        log.close();
    }
}
