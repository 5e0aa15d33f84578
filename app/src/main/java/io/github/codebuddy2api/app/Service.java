package io.github.codebuddy2api.app;

import io.github.codebuddy2api.codebuddy.CodeBuddy;
import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigFile;
import io.github.codebuddy2api.filestore.CredentialFiles;
import io.github.codebuddy2api.filestore.CredentialScan;
import io.github.codebuddy2api.http.HttpAdapter;
import io.github.codebuddy2api.http.ServerPassword;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole program: every part, made once and closed in the opposite order. */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final CodeBuddy upstream;
    private final Gateway gateway;
    private final HttpAdapter http;

    private Service(CodeBuddy upstream, Gateway gateway, HttpAdapter http) {
        this.upstream = upstream;
        this.gateway = gateway;
        this.http = http;
    }

    /**
     * Reads the configuration under {@code home} and starts to listen.
     *
     * @param port listened on instead of the configured one, if given
     * @throws io.github.codebuddy2api.filestore.ConfigException if the configuration cannot be meant
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if a file or folder cannot be made or read
     * @throws java.io.UncheckedIOException if the address cannot be listened on
     */
    static Service start(Path home, OptionalInt port) {
        ConfigFile file = new ConfigFile(home);
        ConfigFile.Reading reading = file.load();
        if (reading.created()) {
            LOG.info("wrote {} with an empty password: set server.password there and start again", file.path());
        }
        reading.warnings().forEach(warning -> LOG.warn("{}", warning));
        return start(reading.config(), port);
    }

    private static Service start(Config config, OptionalInt port) {
        SystemTime time = new SystemTime();
        SecureRandom random = new SecureRandom();
        CredentialFiles credentials = new CredentialFiles(config.codebuddy().credsDir(), time, Service::report);
        CodeBuddy upstream = new CodeBuddy(() -> Wiring.upstream(config), random, time);
        Gateway gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(credentials)
                .settings(() -> Wiring.gateway(config))
                .listener(new EventLog())
                .build();
        return null;
    }

    @Override
    public void close() {
        http.close();
        gateway.close();
        upstream.close();
    }
}
