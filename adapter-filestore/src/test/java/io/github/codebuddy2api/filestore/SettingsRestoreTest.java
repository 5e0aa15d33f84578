package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.SettingsFileBench.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.filestore.SettingsFile.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A content from before: what it would change, and putting it back. */
final class SettingsRestoreTest {
    @TempDir
    Path home;

    private Path file() {
        return SettingsFileBench.file(home);
    }

    private SettingsFile settings(String yaml) throws IOException {
        return SettingsFileBench.settings(home, yaml);
    }

    @Test
    void what_a_restore_would_change_is_known_before_it_happens() throws IOException {
        SettingsFile settings = settings("""
                server: {password: "the-first-password"}
                codebuddy: {models: [a, b]}
                """);
        settings.change(Map.of("CODEBUDDY_PASSWORD", "the-second-password", "CODEBUDDY_MODELS", "c"), null);
        change(settings, "CODEBUDDY_ROTATION_COUNT", "5");

        assertThat(settings.differences(1))
                .containsExactly(new SettingDifference("CODEBUDDY_ROTATION_COUNT", "5", "1"));
        assertThat(settings.differences(2))
                .containsExactly(
                        new SettingDifference("CODEBUDDY_PASSWORD", SettingKeys.MASK, SettingKeys.MASK),
                        new SettingDifference("CODEBUDDY_ROTATION_COUNT", "5", "1"),
                        new SettingDifference("CODEBUDDY_MODELS", "c", "a,b"));
        assertThat(settings.differences(2).toString()).doesNotContain("password\"", "a,b");
        assertThat(change(settings, "CODEBUDDY_MODELS", "c").changed())
                .as("nothing was changed")
                .isEmpty();
        assertThat(settings.restore(2, null).changed())
                .containsExactly("CODEBUDDY_PASSWORD", "CODEBUDDY_ROTATION_COUNT", "CODEBUDDY_MODELS");
    }

    @Test
    void of_a_broken_file_the_differences_are_those_to_what_is_in_force() throws IOException {
        SettingsFile settings = settings("codebuddy: {models: [a]}\n");
        change(settings, "CODEBUDDY_MODELS", "b");
        Files.writeString(file(), "server: {port: x}\n");

        assertThat(settings.differences(1)).containsExactly(new SettingDifference("CODEBUDDY_MODELS", "b", "a"));
    }

    @Test
    void a_backup_that_is_gone_or_cannot_be_meant_differs_in_no_telling_way() throws IOException {
        SettingsFile settings = settings("codebuddy: {models: [a]}\n");
        change(settings, "CODEBUDDY_MODELS", "b");
        Files.writeString(file().resolveSibling("config.yaml.1"), "server: {port: x}\n");

        assertThatThrownBy(() -> settings.differences(1)).isInstanceOf(SettingsRefusedException.class);
        assertThatThrownBy(() -> settings.differences(2)).isInstanceOf(SettingsRefusedException.class);
        assertThatThrownBy(() -> settings.differences(-1)).isInstanceOf(SettingsRefusedException.class);
    }

    @Test
    void what_is_in_force_is_all_that_a_caller_can_have_seen_of_a_file_that_cannot_be_used() throws IOException {
        SettingsFile settings = settings("# one\n");
        Change change = change(settings, "CODEBUDDY_MODELS", "a");
        assertThat(change.version()).isEqualTo(settings.snapshot().version());
        Files.writeString(file(), "server: {port: x}\n");

        assertThatThrownBy(() -> settings.change(Map.of("CODEBUDDY_MODELS", "b"), change.version()))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> settings.restore(1, "0".repeat(32))).isInstanceOf(SettingsStaleException.class);
        Change restored = settings.restore(1, change.version());

        assertThat(file()).hasContent("# one\n");
        assertThat(restored.version()).isEqualTo(settings.snapshot().version()).isNotEqualTo(change.version());
    }
}
