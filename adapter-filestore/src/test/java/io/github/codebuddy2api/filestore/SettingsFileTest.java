package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.SettingsFileBench.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.filestore.SettingsFile.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are read, changed and told of. */
final class SettingsFileTest {
    @TempDir
    Path home;

    private Path file() {
        return SettingsFileBench.file(home);
    }

    private SettingsFile settings(String yaml) throws IOException {
        return SettingsFileBench.settings(home, yaml);
    }

    @Test
    void settings_are_read_as_flat_texts_in_order_and_the_password_as_its_mask() throws IOException {
        SettingsFile settings = settings("""
                server: {password: canary, port: 9000, allowed_hosts: [a.example, b.example]}
                codebuddy: {models: [a, b], ssl_verify: off, timeouts: {gap: 90}, aliases: {fast: a}}
                logging: {rotation: 12:00, compression: }
                keyword_replacer: {rules: [{from: x, to: "y\\"z"}]}
                """);

        Map<String, String> values = settings.snapshot().values();

        assertThat(values.keySet())
                .containsExactlyElementsOf(
                        settings.keys().all().stream().map(SettingKey::name).toList());
        assertThat(values)
                .containsEntry("CODEBUDDY_PASSWORD", "********")
                .containsEntry("CODEBUDDY_PORT", "9000")
                .containsEntry("CODEBUDDY_CREDS_DIR", ".codebuddy_creds")
                .containsEntry("CODEBUDDY_MODELS", "a,b")
                .containsEntry("CODEBUDDY_SSL_VERIFY", "false")
                .containsEntry("CODEBUDDY_LOG_ROTATION", "12:00")
                .containsEntry("CODEBUDDY_LOG_COMPRESSION", "")
                .containsEntry("CODEBUDDY_SERVER_ALLOWED_HOSTS", "a.example,b.example")
                .containsEntry("CODEBUDDY_TIMEOUTS_GAP", "90s")
                .containsEntry("CODEBUDDY_ALIASES", "{\"fast\":\"a\"}")
                .containsEntry("CODEBUDDY_KEYWORD_REPLACER_RULES", "[{\"from\":\"x\",\"to\":\"y\\\"z\"}]");
        assertThat(settings("server: {}\n").snapshot().values()).containsEntry("CODEBUDDY_PASSWORD", "");
    }

    @Test
    void what_was_read_can_be_sent_back_as_a_whole_and_changes_nothing() throws IOException {
        String yaml = """
                # mine
                credentials: {rotation_count: 3, dir: /elsewhere}
                server: {password: "canary"}
                unknown: [1, 2]
                """;
        SettingsFile settings = settings(yaml);
        SettingsFile.Snapshot before = settings.snapshot();

        Change change = settings.change(before.values(), before.version());

        assertThat(change.changed()).isEmpty();
        assertThat(file()).hasContent(yaml);
        assertThat(settings.backups()).isEmpty();
        assertThat(settings.snapshot()).isEqualTo(before);
    }

    @Test
    void a_change_is_on_the_disk_in_force_and_tells_what_it_did() throws IOException {
        SettingsFile settings = settings("# mine\nserver:\n  port: 8001 # the usual\n  oops: 1\n");
        SettingsFile.Snapshot before = settings.snapshot();

        Change change = settings.change(
                Map.of(
                        "CODEBUDDY_ROTATION_COUNT", "2",
                        "CODEBUDDY_PASSWORD", "a new password",
                        "CODEBUDDY_LOG_RETENTION", "",
                        "CODEBUDDY_GATEWAY_RETRY_AMBIGUOUS", "No",
                        "CODEBUDDY_MODELS", "a, b,,a",
                        "CODEBUDDY_SITE", "x"),
                before.version());

        assertThat(change.changed())
                .containsExactly(
                        "CODEBUDDY_PASSWORD",
                        "CODEBUDDY_ROTATION_COUNT",
                        "CODEBUDDY_MODELS",
                        "CODEBUDDY_LOG_RETENTION",
                        "CODEBUDDY_GATEWAY_RETRY_AMBIGUOUS");
        assertThat(change.ignored()).containsExactly("CODEBUDDY_SITE");
        assertThat(change.awaitingRestart()).isEmpty();
        assertThat(change.config()).isEqualTo(settings.config());
        assertThat(settings.config().server().accessPassword()).contains(Secret.of("a new password"));
        assertThat(settings.config().codebuddy().models()).containsExactly("a", "b");
        assertThat(settings.config().logging().retention()).isNull();
        assertThat(settings.snapshot().version()).isNotEqualTo(before.version()).matches("[0-9a-f]{32}");
        assertThat(file()).content().contains("# mine", "port: 8001 # the usual", "oops: 1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(SettingsFile.open(home, SettingsFileBench::grammar).config()).isEqualTo(settings.config());
    }

    @Test
    void the_mask_leaves_the_password_and_the_empty_text_takes_it_away() throws IOException {
        SettingsFile settings = settings("server: {password: canary-canary}\n");

        change(settings, "CODEBUDDY_PASSWORD", SettingKeys.MASK);
        assertThat(settings.config().server().accessPassword()).contains(Secret.of("canary-canary"));

        change(settings, "CODEBUDDY_PASSWORD", "");
        assertThat(settings.config().server().accessPassword()).isEmpty();
        assertThat(file()).hasContent("server: {password: \"\"}\n");
    }

    @Test
    void a_site_and_the_list_that_allows_it_change_together() throws IOException {
        SettingsFile settings = settings("settings: {allow_sensitive: true}\n");

        settings.change(
                Map.of(
                        "CODEBUDDY_API_ENDPOINT", "http://127.0.0.1:9000",
                        "CODEBUDDY_ALLOWED_ENDPOINTS", "http://127.0.0.1:9000"),
                null);
        assertThat(settings.config().codebuddy().apiEndpoint()).hasToString("http://127.0.0.1:9000");

        assertThatThrownBy(() -> change(settings, "CODEBUDDY_ALLOWED_ENDPOINTS", ""))
                .isInstanceOfSatisfying(
                        SettingsRefusedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigProblem::key)
                                .containsExactly("CODEBUDDY_API_ENDPOINT"));
    }

    @Test
    void a_new_port_is_told_to_wait_for_the_next_start_until_it_is_the_old_one_again() throws IOException {
        SettingsFile settings = settings("settings: {allow_sensitive: true}\n");

        assertThat(change(settings, "CODEBUDDY_PORT", "9000").awaitingRestart()).containsExactly("CODEBUDDY_PORT");
        assertThat(change(settings, "CODEBUDDY_LOG_LEVEL", "DEBUG").awaitingRestart())
                .containsExactly("CODEBUDDY_PORT");
        assertThat(change(settings, "CODEBUDDY_PORT", "8001").awaitingRestart()).isEmpty();
    }

    @Test
    void keys_that_are_none_of_ours_are_told_with_what_was_meant() throws IOException {
        SettingsFile settings = settings("codebuddy: {rotation_cuont: 3}\nzzz: 1\nserver: {\"half-of-a-password\"}\n");

        assertThat(settings.unknownKeys())
                .containsExactlyInAnyOrder(
                        new UnknownKey("codebuddy.rotation_cuont", "codebuddy.rotation_count"),
                        new UnknownKey("zzz", null),
                        new UnknownKey("server....", null));
        assertThat(settings.place()).isEqualTo("config/config.yaml");
        change(settings, "CODEBUDDY_MODELS", "b");
        assertThat(settings.unknownKeys()).hasSize(3);
    }

    @Test
    void changes_at_the_same_time_are_all_there_in_the_end() throws Exception {
        SettingsFile settings = settings("# mine\n");
        List<String> names = List.of(
                "CODEBUDDY_LIMITS_MAX_STREAMS",
                "CODEBUDDY_LIMITS_MAX_CONNECTIONS",
                "CODEBUDDY_ROTATION_COUNT",
                "CODEBUDDY_GATEWAY_MAX_ATTEMPTS");
        List<Thread> threads = names.stream()
                .map(name -> Thread.ofVirtual().unstarted(() -> {
                    for (int i = 2; i <= 20; i++) {
                        change(settings, name, String.valueOf(i));
                    }
                }))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        Map<String, String> values =
                SettingsFile.open(home, SettingsFileBench::grammar).snapshot().values();
        assertThat(names).allSatisfy(name -> assertThat(values).containsEntry(name, "20"));
    }

    @Test
    void a_file_that_is_gone_is_written_again_by_a_change() throws IOException {
        SettingsFile settings = settings("# mine\nserver: {port: 9000}\n");
        Files.delete(file());

        change(settings, "CODEBUDDY_LOG_LEVEL", "debug");

        assertThat(file())
                .content()
                .startsWith("# mine\nserver: {port: 9000}\n")
                .contains("level: debug");
    }
}
