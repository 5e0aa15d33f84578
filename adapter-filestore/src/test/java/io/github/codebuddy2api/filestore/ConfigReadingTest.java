package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.settings.Attempts;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.core.settings.Sharing;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReadingTest {
    private static final Path HOME = Path.of("/home/of/gateway");

    private static ConfigFile.Reading reading(String yaml) {
        return ConfigFile.read(yaml.getBytes(StandardCharsets.UTF_8), HOME);
    }

    private static Config config(String yaml) {
        return reading(yaml).config();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n", "\uFEFF", "server:\ncodebuddy:\n", "{}"})
    void a_file_that_says_nothing_gives_the_defaults(String yaml) {
        assertThat(config(yaml)).isEqualTo(Config.defaults(HOME));
        assertThat(reading(yaml).warnings()).isEmpty();
    }

    @Test
    void the_canonical_keys_are_read() {
        Config config = config("""
                server: {host: 0.0.0.0, port: 8123, password: "correct horse"}
                codebuddy: {api_endpoint: "https://www.codebuddy.ai", creds_dir: creds/mine, rotation_count: 10,
                            ssl_verify: false, models: [gpt-5, 4.0]}
                logging: {level: debug, rotation: "500 MB", retention: 10, compression: tar.gz}
                """);

        assertThat(config.server().host()).isEqualTo("0.0.0.0");
        assertThat(config.server().port()).isEqualTo(8123);
        assertThat(config.server().accessPassword()).contains(Secret.of("correct horse"));
        assertThat(config.codebuddy().apiEndpoint()).isEqualTo(URI.create("https://www.codebuddy.ai"));
        assertThat(config.codebuddy().credsDir()).isEqualTo(HOME.resolve("creds/mine"));
        assertThat(config.codebuddy().rotationCount()).isEqualTo(10);
        assertThat(config.codebuddy().sslVerify()).isFalse();
        assertThat(config.codebuddy().models()).containsExactly("gpt-5", "4.0");
        assertThat(config.logging()).isEqualTo(new Config.Logging("DEBUG", "500 MB", "10", "tar.gz"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "codebuddy: {creds_dir: c, rotation_count: 7, ssl_verify: no, models: 'a, b,,b'}",
                "{creds_dir: c, rotation_count: 7, ssl_verify: off, models: [a, b]}",
                "server: {creds_dir: c, rotation_count: 7, ssl_verify: 'False', models: [a, b]}",
                "credentials: {dir: c, rotation_count: '7', ssl_verify: 0, models: 'a,b'}",
                "credentials: {creds_dir: c, rotation_count: 7, ssl_verify: false, models: [a, b]}",
            })
    void the_four_keys_of_old_files_are_found_in_each_of_their_places(String yaml) {
        ConfigFile.Reading reading = reading(yaml);

        assertThat(reading.config().codebuddy().credsDir()).isEqualTo(HOME.resolve("c"));
        assertThat(reading.config().codebuddy().rotationCount()).isEqualTo(7);
        assertThat(reading.config().codebuddy().sslVerify()).isFalse();
        assertThat(reading.config().codebuddy().models()).containsExactly("a", "b");
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void the_canonical_place_wins_and_the_other_is_named() {
        ConfigFile.Reading reading = reading("rotation_count: 3\ncodebuddy:\n  rotation_count: 5\n");

        assertThat(reading.config().codebuddy().rotationCount()).isEqualTo(5);
        assertThat(reading.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(1);
            assertThat(warning.key()).isEqualTo("rotation_count");
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0123, 0123",
                "123456, 123456",
                "1_000, 1_000",
                "12:30:15, 12:30:15",
                "yes, yes",
                "1e3, 1e3",
                "0x1F, 0x1F",
                "2026-11-22, 2026-11-22",
                "\"null\", null",
                "'~', ~",
            })
    void a_password_is_the_text_that_was_written(String written, String meant) {
        assertThat(config("server: {password: " + written + "}").server().accessPassword())
                .contains(Secret.of(meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "''", "\"   \""})
    void an_empty_password_is_none(String written) {
        assertThat(config("server:\n  password: " + written + "\n").server().accessPassword())
                .isEmpty();
    }

    @Test
    void a_password_that_no_header_can_carry_is_warned_about_and_not_shown() {
        ConfigFile.Reading reading = reading("server:\n  password: \"пароль-canary \"\n");

        assertThat(reading.config().server().accessPassword()).isPresent();
        assertThat(reading.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .contains("line 2", "server.password")
                        .doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12:00", "1:30", "12:30:15", "00:00", "10 MB", "1 day, 12 hours", "sunday at 6 pm", "0500"})
    void a_rotation_without_quotes_stays_the_text_that_was_written(String written) {
        assertThat(config("logging:\n  rotation: " + written + "\n").logging().rotation())
                .isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "''", "none", "Off"})
    void a_log_policy_can_be_switched_off(String written) {
        Config.Logging logging = config("logging:\n  rotation: %s\n  retention: %s\n  compression: %s\n"
                        .formatted(written, written, written))
                .logging();

        assertThat(logging).isEqualTo(new Config.Logging("INFO", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"warn, WARNING", "fatal, CRITICAL", "Success, SUCCESS", "15, 15", "trace, TRACE"})
    void log_levels_are_read_in_any_case(String written, String meant) {
        assertThat(config("logging: {level: " + written + "}").logging().level())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "120s, PT2M",
        "45 s, PT45S",
        "2m, PT2M",
        "90, PT1M30S",
        "500ms, PT0.5S",
        "1.5h, PT1H30M",
        "'10 Minutes', PT10M"
    })
    void times_are_read_as_people_write_them(String written, Duration meant) {
        assertThat(config("codebuddy: {timeouts: {gap: " + written + "}}")
                        .codebuddy()
                        .timeouts()
                        .gap())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"16 MiB, 16777216", "1MB, 1000000", "2048, 2048", "64 kib, 65536", "3m, 3145728", "5000 B, 5000"})
    void sizes_are_read_as_people_write_them(String written, int meant) {
        assertThat(config("limits: {max_body: " + written + "}").limits().maxBody())
                .isEqualTo(meant);
    }

    @Test
    void every_other_key_is_read() {
        Config config = config("""
                server: {allowed_hosts: [Gateway.Example, "[::1]"]}
                codebuddy:
                  allowed_endpoints: ["http://127.0.0.1:9000", gw.example.com]
                  api_endpoint: http://127.0.0.1:9000/
                  system_message: Be brief.
                  timeouts: {connect: 1s, first_event: 2s, gap: 3s, total: 4s}
                  client: {version: 3.1, ide_type: A, ide_name: B, product: C, agent_intent: D}
                gateway: {max_attempts: 2, open_deadline: 9s, retry_ambiguous: f,
                          affinity: n, max_per_account: 3, queue: 7, queue_wait: 8s}
                limits: {max_body: 1025, max_headers: 1027, max_connections: 4, max_streams: 5,
                         max_event: 1028, max_answer: 1029}
                deadlines: {headers: 1s, body: 2s, write: 3s, idle: 4s, commit_after: 5s, heartbeat: 6s, drain: 7s}
                """);

        assertThat(config.server().allowedHosts()).containsExactly("gateway.example", "[::1]");
        assertThat(config.codebuddy().allowedEndpoints())
                .containsExactly(URI.create("http://127.0.0.1:9000"), URI.create("https://gw.example.com"));
        assertThat(config.codebuddy().apiEndpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
        assertThat(config.codebuddy().systemMessage()).isEqualTo("Be brief.");
        assertThat(config.codebuddy().timeouts())
                .isEqualTo(new Config.Timeouts(seconds(1), seconds(2), seconds(3), seconds(4)));
        assertThat(config.codebuddy().client())
                .isEqualTo(new Config.Client("3.1", "CLI/3.1 CodeBuddy/3.1", "C", "A", "B", "3.1", "D"));
        assertThat(config.gateway())
                .isEqualTo(new Config.Gateway(2, seconds(9), false, new Sharing(false, 3, 7, seconds(8))));
        assertThat(config.limits()).isEqualTo(new Config.Limits(1025, 1027, 4, 5, 1028, 1029));
        assertThat(config.deadlines())
                .isEqualTo(new Config.Deadlines(
                        seconds(1), seconds(2), seconds(3), seconds(4), seconds(5), seconds(6), seconds(7)));
    }

    @Test
    void aliases_upkeep_logins_origins_and_statistics_are_read() {
        Config config = config("""
                server: {cors_origins: ["HTTPS://App.example", "http://127.0.0.1:3000", "https://b.example:443"]}
                codebuddy:
                  models: ["*", a]
                  aliases: {fast: glm-5.2, "gpt-4.1 mini": on, 12: x}
                  auto_check_in: yes
                  check_in_time: 7:05
                  refresh_before: 2d
                oauth: {require_auth: Always, max_pending: 3, state_lifetime: 1m}
                settings: {allow_sensitive: on}
                statistics: {retention: 30 days}
                """);

        assertThat(config.server().corsOrigins())
                .containsExactly("https://app.example", "http://127.0.0.1:3000", "https://b.example");
        assertThat(config.codebuddy().aliases())
                .containsExactly(Map.entry("fast", "glm-5.2"), Map.entry("gpt-4.1 mini", "on"), Map.entry("12", "x"));
        assertThat(config.codebuddy().upkeep())
                .isEqualTo(new Config.Upkeep(true, LocalTime.of(7, 5), Duration.ofDays(2)));
        assertThat(config.oauth()).isEqualTo(new Config.Oauth(Config.RequireAuth.ALWAYS, 3, seconds(60)));
        assertThat(config.settings().allowSensitive()).isTrue();
        assertThat(config.statistics().retention()).isEqualTo(Duration.ofDays(30));
        GatewaySettings settings = config.gatewaySettings();
        assertThat(settings.models().listed()).containsExactly("*", "a");
        assertThat(settings.models().fallback()).isEqualTo(Config.CodeBuddy.fallbackModels());
        assertThat(settings.models().resolved("fast")).isEqualTo("glm-5.2");
        assertThat(settings.upkeep().checkInTime()).contains(LocalTime.of(7, 5));
        assertThat(settings.logins().maxPending()).isEqualTo(3);
        assertThat(config("").gatewaySettings().upkeep().checkInTime()).isEmpty();
    }

    @Test
    void an_empty_list_of_models_lists_what_there_is() {
        assertThat(config("codebuddy: {models: []}").codebuddy().models()).containsExactly("*");
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "server.prot, server.port",
        "server.Port, server.port",
        "server.pasword, server.password",
        "codebuddy.api-endpoint, codebuddy.api_endpoint",
        "codebuddy.model, codebuddy.models",
        "logging.retension, logging.retention",
        "CODEBUDDY_PORT, server.port",
    })
    void an_unknown_key_is_named_once_with_the_one_that_was_meant(String unknown, String meant) {
        int dot = unknown.indexOf('.');
        String yaml = dot < 0
                ? unknown + ": 1\n"
                : unknown.substring(0, dot) + ":\n  " + unknown.substring(dot + 1) + ": 1\n";

        assertThat(reading(yaml).warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.key()).isEqualTo(unknown);
            assertThat(warning.cure()).contains("If you meant " + meant + ",");
            assertThat(warning.line()).isEqualTo(dot < 0 ? 1 : 2);
        });
    }

    @Test
    void an_unknown_section_is_named_once_and_nothing_in_it() {
        ConfigFile.Reading reading = reading("bark: {url: x, key: [1, {a: b}]}\nCODEBUDDY_AUTO_CHECKIN: true\n");

        assertThat(reading.warnings()).extracting(ConfigProblem::key).containsExactly("bark", "CODEBUDDY_AUTO_CHECKIN");
        assertThat(reading.config()).isEqualTo(Config.defaults(HOME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void a_byte_order_mark_says_what_the_bytes_are(String charset) {
        byte[] bytes = "\uFEFFserver:\r\n  port: 9002\r\n".getBytes(Charset.forName(charset));

        assertThat(ConfigFile.read(bytes, HOME).config().server().port()).isEqualTo(9002);
    }

    @Test
    void a_list_in_block_style_and_a_full_path_are_read() {
        Config.CodeBuddy codebuddy = config("codebuddy:\n  creds_dir: /var/lib/creds\n  models:\n  - a\n  - b # c\n")
                .codebuddy();

        assertThat(codebuddy.models()).isEqualTo(List.of("a", "b"));
        assertThat(codebuddy.credsDir()).isEqualTo(Path.of("/var/lib/creds"));
    }

    @Test
    void half_a_password_that_became_a_key_is_not_shown() {
        assertThat(reading("server: {password: abc,canary}").warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.toString()).contains("line 1").doesNotContain("canary"));
    }

    @Test
    void a_file_full_of_unknown_keys_gives_a_short_list() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            yaml.append("no-such-key-").append(i).append(": 1\n");
        }

        assertThat(reading(yaml.toString()).warnings()).hasSize(50);
    }

    @Test
    void what_core_decides_on_is_handed_over() {
        GatewaySettings settings = config("""
                codebuddy: {rotation_count: 4, models: [a, b]}
                gateway: {max_attempts: 2, open_deadline: 9s, retry_ambiguous: false}
                limits: {max_answer: 9000}
                """).gatewaySettings();

        assertThat(settings)
                .isEqualTo(GatewaySettings.DEFAULT
                        .withRotationCount(4)
                        .with(new ModelOffer(List.of("a", "b"), ChinaModels.LIST, Map.of()))
                        .with(new Attempts(2, seconds(9), false))
                        .withMaxAnswerCharacters(9000)
                        .with(KeywordSection.DEFAULT));
    }

    @Test
    void rules_of_keyword_replacement_are_read_in_order_and_as_they_are_written() {
        KeywordReplacement replacement = config("""
                keyword_replacer:
                  rules:
                  - {from: Claude, to: ""}
                  - to: " it's "
                    from: ' a "b" '
                  - {from: Claude, to: 4.0}
                """).gatewaySettings().keywordReplacement();

        assertThat(replacement)
                .isEqualTo(new KeywordReplacement(
                        true,
                        List.of(
                                new KeywordReplacement.Rule("Claude", ""),
                                new KeywordReplacement.Rule(" a \"b\" ", " it's "),
                                new KeywordReplacement.Rule("Claude", "4.0"))));
    }

    @Test
    void keyword_replacement_is_on_until_it_is_switched_off_or_has_no_rules() {
        assertThat(config("").keywordReplacer().isActive()).isTrue();
        assertThat(config("keyword_replacer: {enabled: true, rules: }").keywordReplacer())
                .isEqualTo(KeywordSection.DEFAULT);
        assertThat(config("keyword_replacer: {enabled: off}").keywordReplacer().isActive())
                .isFalse();
        assertThat(config("keyword_replacer: {rules: []}").keywordReplacer().isActive())
                .isFalse();
    }
}
