package io.github.codebuddy2api.app;

import io.github.codebuddy2api.app.logging.LogControl;
import io.github.codebuddy2api.app.logging.LogSettings;
import io.github.codebuddy2api.codebuddy.CodeBuddy;
import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigFile;
import io.github.codebuddy2api.filestore.ConfigWatch;
import io.github.codebuddy2api.filestore.CredentialFiles;
import io.github.codebuddy2api.filestore.CredentialImport;
import io.github.codebuddy2api.filestore.CredentialImport.Part;
import io.github.codebuddy2api.filestore.CredentialScan;
import io.github.codebuddy2api.filestore.RestFile;
import io.github.codebuddy2api.filestore.RotationFile;
import io.github.codebuddy2api.filestore.SettingsFile;
import io.github.codebuddy2api.filestore.UsageFile;
import io.github.codebuddy2api.frontend.AdminPage;
import io.github.codebuddy2api.http.CredentialImporter;
import io.github.codebuddy2api.http.HttpAdapter;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.HttpParts;
import io.github.codebuddy2api.http.PageFile;
import io.github.codebuddy2api.http.RequestFeed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole program: every part, made once and closed in the opposite order. */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Time time = Time.system();
    private final SecureRandom random = new SecureRandom();
    private final Deque<AutoCloseable> ends = new ArrayDeque<>();
    private final Path home;
    private String address = "";

    private Service(Path home) {
        this.home = home;
    }

    /**
     * Reads the configuration under {@code home} and starts to listen.
     *
     * @param port listened on instead of the configured one, if given
     * @throws io.github.codebuddy2api.filestore.ConfigException if the configuration cannot be meant
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if a file or folder cannot be made or read, or
     *     another service has this home
     * @throws IllegalStateException if the address cannot be listened on
     */
    static Service start(Path home, OptionalInt port) {
        Service service = new Service(home);
        try {
            service.start(port);
            return service;
        } catch (RuntimeException notStarted) {
            service.close();
            throw notStarted;
        }
    }

    private void start(OptionalInt port) {
        LogControl log = closing(LogControl.start(home, time));
        ends.push(() -> tellLost(log.dropped(), "lines of the log could not be written"));
        HomeLock lock = closing(HomeLock.take(home));
        SettingsFile settings = SettingsFile.open(home, logging -> LogSettings.read(logging));
        Config.Server server = settings.config().server();
        HttpOptions.Listen listen =
                new HttpOptions.Listen(server.host(), port.orElse(server.port()), server.allowedHosts());
        LiveSettings live = new LiveSettings(settings::config, listen, log);
        tell(settings);
        RequestFeed feed = new RequestFeed(time);
        Runnable update = () -> {
            live.update();
            feed.settingsChanged();
        };
        Gateway gateway = gateway(live, new LogGuard(log.secrets()), feed);
        HttpParts parts = HttpParts.of(live::http, live::password)
                .with(new SettingsPort(settings, live::judge, update))
                .with(Service::imported)
                .withFilePaths(name -> shown(live.credentials().resolve(name)))
                .with(feed)
                .with(pages())
                .withVersion(Version.CURRENT);
        HttpAdapter http = closing(HttpAdapter.start(gateway, parts, random, time));
        address = address(listen.host(), http.port());
        lock.tell(address);
        ConfigWatch watch = new ConfigWatch(settings, time);
        closing(new SettingsWatch(() -> told(watch.check(), feed), settings::awaitingRestart, update).start());
    }

    /** A file that cannot be used changes nothing, but whoever looks at the settings is to know. */
    private static ConfigWatch.Outcome told(ConfigWatch.Outcome found, RequestFeed feed) {
        if (found instanceof ConfigWatch.Broken) {
            feed.settingsChanged();
        }
        return found;
    }

    /** The admin page in the form in which it is served. */
    @SuppressWarnings("NullAway") // It does not see that another module's array parameter may be null.
    private static Map<String, PageFile> pages() {
        Map<String, PageFile> pages = new HashMap<>();
        AdminPage.files()
                .forEach((path, file) ->
                        pages.put(path, new PageFile(file.mediaType(), file.content(), file.gzip(), file.brotli())));
        return pages;
    }

    private Gateway gateway(LiveSettings live, LogGuard guard, RequestFeed feed) {
        CredentialFiles credentials = new CredentialFiles(live::credentials, time, Service::report);
        CodeBuddy upstream = closing(new CodeBuddy(live::upstream, random, time));
        return closing(Gateway.builder()
                .upstream(upstream)
                .logins(guard.over(upstream.logins()))
                .refresher(guard.over(upstream.refresher()))
                .accounts(guard.over(upstream.accounts()))
                .models(upstream.models())
                .quotas(upstream.quotas())
                .credentials(guard.over(credentials))
                .rotation(new RotationFile(live::credentials, credentials, time, warning -> LOG.warn("{}", warning)))
                .rests(new RestFile(live::credentials, warning -> LOG.warn("{}", warning)))
                .usage(usage(live))
                .settings(live::gateway)
                .listener(listener(feed))
                .time(time)
                .random(random)
                .build());
    }

    private static EventListener listener(RequestFeed feed) {
        EventLog log = new EventLog();
        return event -> {
            log.on(event);
            feed.on(event);
        };
    }

    /** Without a folder for them there are no statistics of earlier runs; that is no reason not to run. */
    private UsageStore usage(LiveSettings live) {
        try {
            UsageFile usage = new UsageFile(home.resolve("logs"), live::statisticsKept, time);
            // Its end comes first, since it may lose some more.
            ends.push(() -> tellLost(usage.dropped(), "requests are missing in the statistics of later runs"));
            return closing(usage);
        } catch (StoreFailed nowhere) {
            LOG.warn("statistics end with this run: {}", nowhere.getMessage());
            return UsageStore.none();
        }
    }

    private static void tellLost(long count, String what) {
        if (count > 0) {
            LOG.warn("{} {}", count, what);
        }
    }

    private static CredentialImporter.Import imported(String content, boolean accessTokenOnly) {
        Part part = accessTokenOnly ? Part.ACCESS_TOKEN : Part.ALL_TOKENS;
        NewCredential found = CredentialImport.read(null, content.getBytes(StandardCharsets.UTF_8), part);
        boolean shared = found.tokens().refreshToken() != null;
        return new CredentialImporter.Import(found, shared ? CredentialImport.WARNING : null);
    }

    /** Nothing is told of the folders above the home. */
    private String shown(Path file) {
        return file.startsWith(home) ? home.relativize(file).toString() : String.valueOf(file.getFileName());
    }

    /** Remembers a part, so that it is closed when the service is. */
    private <T extends AutoCloseable> T closing(T part) {
        ends.push(part);
        return part;
    }

    private void tell(SettingsFile settings) {
        ConfigFile.Reading opening = settings.opening();
        if (opening.isLastGood()) {
            LOG.error(
                    "config.yaml cannot be used as it is, so its last usable content holds: {}",
                    SettingsWatch.lines(opening.problems()));
        }
        if (opening.created()) {
            LOG.info("wrote {}", new ConfigFile(home).path());
        }
        opening.warnings().forEach(warning -> LOG.warn("config.yaml: {}", warning));
    }

    private static String address(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static void report(CredentialScan scan) {
        LOG.info("usable credentials: {}", scan.usable());
        scan.newlySkipped()
                .forEach(file ->
                        LOG.warn("not used as a credential, and listed with its name beside the accounts: {}", file));
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
        while (!ends.isEmpty()) {
            try (AutoCloseable last = ends.pop()) {
                LOG.trace("closing {}", last.getClass().getSimpleName());
            } catch (Exception unexpected) {
                LOG.error("a part could not be closed", unexpected);
            }
        }
    }
}
