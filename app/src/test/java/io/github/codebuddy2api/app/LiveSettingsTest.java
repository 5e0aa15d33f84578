package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.app.logging.LogControl;
import io.github.codebuddy2api.app.logging.LogSettings;
import io.github.codebuddy2api.filestore.ConfigWatch;
import io.github.codebuddy2api.filestore.SettingsFile;
import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.SettingsAccess;
import io.github.codebuddy2api.http.SettingsAccess.Change;
import io.github.codebuddy2api.http.SettingsAccess.Comparison;
import io.github.codebuddy2api.http.SettingsAccess.Group;
import io.github.codebuddy2api.http.SettingsAccess.Outcome;
import io.github.codebuddy2api.http.SettingsAccess.Range;
import io.github.codebuddy2api.http.SettingsAccess.Setting;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a save changes in the parts, whether it comes over HTTP or from an editor. */
final class LiveSettingsTest {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettingsTest.class);

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private LogControl log;
    private SettingsFile file;
    private LiveSettings live;
    private SettingsAccess port;
    private SettingsWatch watch;

    @BeforeEach
    void start() throws IOException {
        save("""
                server: {password: "the first password"}
                settings: {allow_sensitive: true}
                """);
        log = LogControl.start(home, time);
        file = SettingsFile.open(home, logging -> LogSettings.read(logging));
        live = new LiveSettings(file::config, new HttpOptions.Listen("127.0.0.1", 0, List.of()), log);
        port = new SettingsPort(file, live::judge, live::update);
        watch = new SettingsWatch(new ConfigWatch(file, time)::check, file::awaitingRestart, live::update);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void a_password_is_the_same_object_until_it_changes_and_never_again() throws IOException {
        ServerPassword first = live.password();
        change("CODEBUDDY_ROTATION_COUNT", "7");
        assertThat(live.password()).isSameAs(first);

        change("CODEBUDDY_PASSWORD", "the second password");
        change("CODEBUDDY_PASSWORD", "the first password");

        assertThat(live.password()).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void what_is_saved_over_http_holds_at_once_in_every_part() throws IOException {
        LOG.debug("unseen");
        Outcome outcome = change(
                "CODEBUDDY_ROTATION_COUNT", "7",
                "CODEBUDDY_SSL_VERIFY", "false",
                "CODEBUDDY_PASSWORD", "the second password",
                "CODEBUDDY_CREDS_DIR", "elsewhere",
                "CODEBUDDY_LOG_LEVEL", "DEBUG",
                "CODEBUDDY_LIMITS_MAX_STREAMS", "3",
                "CODEBUDDY_OAUTH_REQUIRE_AUTH", "always",
                "NO_SUCH_KEY", "x");
        LOG.debug("seen");

        assertThat(outcome).isEqualTo(new Outcome.Changed(port.current().version(), List.of(), List.of("NO_SUCH_KEY")));
        assertThat(live.gateway().rotationCount()).isEqualTo(7);
        assertThat(live.upstream().sslVerify()).isFalse();
        assertThat(opens("the second password")).isTrue();
        assertThat(opens("the first password")).isFalse();
        assertThat(live.credentials()).isEqualTo(home.resolve("elsewhere"));
        assertThat(live.http().limits().maxConcurrentCalls()).isEqualTo(3);
        assertThat(live.http().access().logins()).isEqualTo(HttpOptions.LoginGuard.ALWAYS);
        assertThat(logged()).contains("seen").doesNotContain("unseen");
    }

    @Test
    void the_port_says_what_belongs_together_what_a_number_may_be_and_what_is_no_setting() throws IOException {
        save("server: {password: \"the first password\"}\ncodebuddy: {rotation_cuont: 3}\n");
        look();
        look();

        assertThat(port.all()).extracting(Setting::group).contains(Group.values());
        assertThat(port.all())
                .filteredOn(setting -> setting.name().equals("CODEBUDDY_PORT"))
                .extracting(Setting::range)
                .containsExactly(new Range(1, 65_535));
        assertThat(port.all())
                .filteredOn(setting -> setting.range() != null)
                .allMatch(setting -> setting.type() == SettingsAccess.Type.INTEGER);
        assertThat(port.current().unknown())
                .containsExactly("codebuddy.rotation_cuont -> did you mean codebuddy.rotation_count?");
        assertThat(port.file()).isEqualTo("config/config.yaml");
    }

    @Test
    void what_a_backup_would_bring_back_is_told_and_secrets_are_masked() throws IOException {
        change("CODEBUDDY_ROTATION_COUNT", "7", "CODEBUDDY_PASSWORD", "the second password");

        assertThat(port.compare(1))
                .isEqualTo(new Comparison.Changes(
                        port.history().getFirst(),
                        List.of(
                                new Change("CODEBUDDY_PASSWORD", "********", "********"),
                                new Change("CODEBUDDY_ROTATION_COUNT", "7", "1"))));
        assertThat(port.compare(2)).isEqualTo(new Comparison.NoSuchBackup());
        Files.writeString(home.resolve("config/config.yaml.1"), "server: {port: x}\n");
        assertThat(port.compare(1)).isInstanceOf(Comparison.Unusable.class);
    }

    @Test
    void what_cannot_be_meant_changes_nothing_and_names_the_setting() {
        HttpOptions before = live.http();

        assertThat(problem(change("CODEBUDDY_ROTATION_COUNT", "3", "CODEBUDDY_PORT", "x")))
                .isEqualTo("CODEBUDDY_PORT");
        assertThat(problem(change("CODEBUDDY_ROTATION_COUNT", "3", "CODEBUDDY_LOG_ROTATION", "10 parsecs")))
                .isEqualTo("CODEBUDDY_LOG_ROTATION");

        assertThat(live.http()).isSameAs(before);
    }

    @Test
    void a_password_that_would_lock_its_owner_out_is_refused_and_nothing_changes() throws IOException {
        LiveSettings elsewhere = new LiveSettings(file::config, new HttpOptions.Listen("0.0.0.0", 0, List.of()), log);
        port = new SettingsPort(file, elsewhere::judge, elsewhere::update);
        String before = Files.readString(home.resolve("config/config.yaml"));

        Outcome outcome = change("CODEBUDDY_ROTATION_COUNT", "3", "CODEBUDDY_PASSWORD", "short");

        assertThat(problem(outcome)).isEqualTo("CODEBUDDY_PASSWORD");
        assertThat(((Outcome.Invalid) outcome).problems().getFirst().message())
                .contains("12 characters")
                .doesNotContain("short");
        assertThat(home.resolve("config/config.yaml")).hasContent(before);
        assertThat(elsewhere.gateway().rotationCount()).isEqualTo(1);
        assertThat(change("CODEBUDDY_PASSWORD", "********")).isInstanceOf(Outcome.Changed.class);
        assertThat(change("CODEBUDDY_PASSWORD", "")).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void a_broken_file_is_told_as_such_and_a_backup_can_be_restored_with_the_version_that_was_read()
            throws IOException {
        change("CODEBUDDY_ROTATION_COUNT", "7");
        Optional<String> seen = Optional.of(port.current().version());
        save("server: {port: x}\n");

        Outcome refused = port.change(Map.of("CODEBUDDY_ROTATION_COUNT", "8"), seen);

        assertThat(refused).isInstanceOf(Outcome.FileInvalid.class);
        assertThat(((Outcome.FileInvalid) refused).reason()).contains("line 1", "server.port");
        assertThat(port.restore(1, seen))
                .isEqualTo(new Outcome.Changed(port.current().version(), List.of(), List.of()));
        assertThat(live.gateway().rotationCount()).isEqualTo(1);
    }

    @Test
    void host_and_port_wait_for_the_next_start_and_that_is_said() throws IOException {
        Outcome outcome =
                change("CODEBUDDY_HOST", "0.0.0.0", "CODEBUDDY_PORT", "9999", "CODEBUDDY_ROTATION_COUNT", "4");

        assertThat(((Outcome.Changed) outcome).restartRequired())
                .containsExactlyInAnyOrder("CODEBUDDY_HOST", "CODEBUDDY_PORT");
        assertThat(live.http().listen()).isEqualTo(new HttpOptions.Listen("127.0.0.1", 0, List.of()));
        assertThat(live.gateway().rotationCount()).isEqualTo(4);
        assertThat(logged()).contains("these settings take effect with the next start: CODEBUDDY_HOST, CODEBUDDY_PORT");
    }

    @Test
    void a_short_password_is_enough_as_long_as_only_this_machine_can_connect() {
        change("CODEBUDDY_HOST", "0.0.0.0", "CODEBUDDY_PASSWORD", "short");

        assertThat(opens("short")).isTrue();
    }

    @Test
    void a_stale_version_and_an_unknown_backup_are_told() {
        assertThat(port.change(Map.of("CODEBUDDY_PORT", "1"), Optional.of("0".repeat(32))))
                .isInstanceOf(Outcome.Stale.class);
        assertThat(port.restore(3, Optional.empty())).isInstanceOf(Outcome.NoSuchBackup.class);
    }

    @Test
    void a_backup_that_is_restored_holds_at_once() {
        change("CODEBUDDY_ROTATION_COUNT", "7");
        change("CODEBUDDY_ROTATION_COUNT", "8");

        assertThat(port.history()).extracting(SettingsAccess.Backup::number).startsWith(1);
        assertThat(port.restore(1, Optional.empty())).isInstanceOf(Outcome.Changed.class);

        assertThat(live.gateway().rotationCount()).isEqualTo(7);
    }

    @Test
    void every_setting_has_a_text_a_label_and_a_type() {
        Map<String, String> texts = port.current().texts();

        assertThat(port.all())
                .hasSizeGreaterThan(40)
                .allMatch(key -> texts.containsKey(key.name()) && !key.label().isBlank());
        assertThat(texts)
                .containsEntry("CODEBUDDY_PASSWORD", "********")
                .hasSize(port.all().size());
    }

    @Test
    void what_an_editor_saves_holds_once_two_looks_have_found_it() throws IOException {
        save("codebuddy: {rotation_count: 5, colour: red}\nserver: {port: 9000, password: a-good-password}\n");

        look();
        assertThat(live.gateway().rotationCount()).isEqualTo(1);
        look();

        assertThat(live.gateway().rotationCount()).isEqualTo(5);
        assertThat(opens("a-good-password")).isTrue();
        assertThat(logged())
                .contains("config.yaml was saved: its settings are in force")
                .contains("WARNING  SettingsWatch - config.yaml: line 1")
                .contains("take effect with the next start: CODEBUDDY_PORT");
    }

    @Test
    void a_broken_file_changes_nothing_and_is_told_once_with_its_line() throws IOException {
        HttpOptions before = live.http();
        save("server:\n  port: x\n");
        look();
        look();
        look();
        assertThat(live.http()).isSameAs(before);
        assertThat(logged()).containsOnlyOnce("cannot be used as it is").contains("line 2");

        save("server:\n  port: y y\n");
        look();
        look();
        assertThat(logged().split("cannot be used as it is", -1)).hasSize(3);

        Files.delete(home.resolve("config/config.yaml"));
        look();
        look();
        assertThat(live.http()).isSameAs(before);
        assertThat(home.resolve("config/config.yaml")).doesNotExist();
    }

    @Test
    void whatever_goes_wrong_in_a_look_the_next_one_is_made() throws IOException {
        int[] looks = {0};
        SettingsWatch failing = new SettingsWatch(
                () -> {
                    looks[0]++;
                    if (looks[0] == 3) {
                        throw new StackOverflowError();
                    }
                    throw new IllegalStateException("a fake trouble");
                },
                List::of,
                live::update);

        failing.lookOnce();
        failing.lookOnce();
        failing.lookOnce();

        assertThat(logged()).containsOnlyOnce("a fake trouble").containsOnlyOnce("StackOverflowError");
        assertThat(looks).containsExactly(3);
    }

    @Test
    void closing_ends_the_thread() {
        SettingsWatch running = new SettingsWatch(ConfigWatch.Unchanged::new, List::of, live::update).start();

        running.close();
        running.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("settings-watch");
    }

    private Outcome change(String... namesAndTexts) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return port.change(texts, Optional.empty());
    }

    private static String problem(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Invalid.class);
        List<SettingsAccess.Problem> problems = ((Outcome.Invalid) outcome).problems();
        assertThat(problems).hasSize(1).allMatch(problem -> !problem.message().isBlank());
        return problems.getFirst().name();
    }

    private boolean opens(String password) {
        return live.password() instanceof ServerPassword.Plain plain && plain.matches(password);
    }

    private void look() {
        time.advance(Duration.ofSeconds(11));
        watch.lookOnce();
    }

    private void save(String yaml) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("config")).resolve("config.yaml"), yaml);
    }

    private String logged() throws IOException {
        return Files.readString(home.resolve("logs/codebuddy2api.log"));
    }
}
