package io.github.codebuddy2api.app;

import io.github.codebuddy2api.app.logging.LogControl;
import io.github.codebuddy2api.app.logging.LogSettings;
import io.github.codebuddy2api.codebuddy.CodeBuddy;
import io.github.codebuddy2api.codebuddy.CodeBuddyOptions;
import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigFile;
import io.github.codebuddy2api.filestore.CredentialFiles;
import io.github.codebuddy2api.filestore.CredentialScan;
import io.github.codebuddy2api.http.HttpAdapter;
import io.github.codebuddy2api.http.HttpOptions;
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
    private final LogControl log;
    private final String address;

    private Service(CodeBuddy upstream, Gateway gateway, HttpAdapter http, LogControl log, String address) {
        this.log = log;
        this.upstream = upstream;
        this.gateway = gateway;
        this.http = http;
        this.address = address;
    }

    /**
     * Reads the configuration under {@code home} and starts to listen.
     *
     * @param port listened on instead of the configured one, if given
     * @throws io.github.codebuddy2api.filestore.ConfigException if the configuration cannot be meant
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if a file or folder cannot be made or read
     * @throws IllegalStateException if the address cannot be listened on
     */
    static Service start(Path home, OptionalInt port) {
        Time time = Time.system();
        LogControl log = LogControl.start(home, time);
        try {
            return start(home, port, log, time);
        } catch (RuntimeException notStarted) {
            log.close();
            throw notStarted;
        }
    }

    private static Service start(Path home, OptionalInt port, LogControl log, Time time) {
        ConfigFile file = new ConfigFile(home);
        ConfigFile.Reading reading = file.load();
        log.apply(LogSettings.read(reading.config().logging()));
        if (reading.created()) {
            LOG.info("wrote {} with an empty password: set server.password there and start again", file.path());
        }
        reading.warnings().forEach(warning -> LOG.warn("{}", warning));
        return start(reading.config(), port, log, time);
    }

    private static Service start(Config config, OptionalInt port, LogControl log, Time time) {
        SecureRandom random = new SecureRandom();
        CodeBuddyOptions upstreamOptions = Wiring.upstream(config);
        GatewaySettings settings = config.gatewaySettings();
        HttpOptions httpOptions =
                Wiring.http(config, port.orElse(config.server().port()));
        ServerPassword password = Wiring.password(config);
        tell(password);
        CredentialFiles credentials = new CredentialFiles(config.codebuddy().credsDir(), time, Service::report);
        CodeBuddy upstream = new CodeBuddy(() -> upstreamOptions, random, time);
        Gateway gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(credentials)
                .settings(() -> settings)
                .listener(new EventLog())
                .time(time)
                .random(random)
                .build();
        try {
            HttpAdapter http = HttpAdapter.start(gateway, httpOptions, () -> password, random, time);
            return new Service(upstream, gateway, http, log, address(config, http.port()));
        } catch (RuntimeException notListening) {
            gateway.close();
            upstream.close();
            throw notListening;
        }
    }

    private static String address(Config config, int port) {
        String host = config.server().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static void tell(ServerPassword password) {
        switch (password) {
            case ServerPassword.NotConfigured none ->
                LOG.warn("no password is set, so the server is locked: set server.password in config/config.yaml");
            case ServerPassword.Insecure insecure -> LOG.warn("the server is locked: {}", insecure.reason());
            case ServerPassword.Plain plain -> LOG.debug("a password is set");
            case ServerPassword.Hashed hashed -> LOG.debug("the hash of a password is set");
        }
    }

    private static void report(CredentialScan scan) {
        LOG.info("{} usable credentials", scan.usable());
        scan.newlySkipped().forEach(file -> LOG.warn("not used as a credential: {}", file));
        if (scan.tightened() > 0) {
            LOG.warn("{} credential files could be read by other users and cannot any more", scan.tightened());
        }
        if (scan.stillOpen() > 0) {
            LOG.warn("{} credential files can be read by other users of this machine", scan.stillOpen());
        }
        scan.directoryTrouble().ifPresent(trouble -> LOG.warn("the credential directory: {}", trouble));
    }

    /** Where it listens, as a URL without a path. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        http.close();
        gateway.close();
        upstream.close();
        log.close();
    }
}
