package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsDiskTest {
    private static final int MANY = 100;
    /** Five for the backup and five for the file: only the syncing of its directory fails when it is in place. */
    private static final int LAST_STEP = 10;

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void home() {
        home = directory.resolve("home");
    }

    private Path file() {
        return home.resolve("config").resolve("config.yaml");
    }

    private SettingsFile settings(Disk disk) {
        return SettingsFile.open(new ConfigFile(home, logging -> {}, disk));
    }

    private SettingsFile settings() {
        return settings(new LocalDisk());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whichever_step_of_a_change_fails_the_file_is_the_old_or_the_new_one_and_so_is_the_memory(boolean forever)
            throws IOException {
        int failures = 0;
        for (int nth = 1; nth < MANY; nth++) {
            home = directory.resolve("home" + nth);
            Files.createDirectories(home.resolve("config"));
            Files.writeString(file(), "# mine\nserver: {port: 9000}\n");
            NthFailureDisk disk = new NthFailureDisk(Integer.MAX_VALUE, forever);
            SettingsFile settings = settings(disk);
            String old = Files.readString(file());
            Config before = settings.config();
            disk.arm(nth);

            boolean saved = isSaved(settings, "a" + nth);

            String now = Files.readString(file());
            if (saved) {
                assertThat(now).contains("models: [a" + nth + "]");
                assertThat(settings.config().codebuddy().models()).containsExactly("a" + nth);
            } else {
                failures++;
                assertThat(settings.config()).as("step " + nth).isEqualTo(before);
                boolean cannotBeTakenBack = forever && nth == LAST_STEP;
                boolean isNew = now.contains("models: [a" + nth + "]");
                assertThat(now.equals(old) || (cannotBeTakenBack && isNew))
                        .as("step " + nth)
                        .isTrue();
            }
            assertThat(settings().opening().isLastGood()).isFalse();
            if (!disk.hasFailed()) {
                assertThat(failures).isEqualTo(LAST_STEP);
                return;
            }
        }
        throw new AssertionError("no run passed untouched");
    }

    private static boolean isSaved(SettingsFile settings, String model) {
        try {
            settings.change(Map.of("CODEBUDDY_MODELS", model), null);
            return true;
        } catch (StoreFailed failed) {
            assertThat(failed).hasMessageContaining("could not be saved: the disk is full");
            return false;
        }
    }

    @Test
    void five_contents_before_are_kept_for_their_owner_alone_the_newest_first() throws IOException {
        SettingsFile settings = settings();

        for (int i = 1; i <= 7; i++) {
            settings.change(Map.of("CODEBUDDY_MODELS", "m" + i), null);
        }

        assertThat(settings.backups()).extracting(ConfigBackup::number).containsExactly(1, 2, 3, 4, 5);
        for (int number = 1; number <= 5; number++) {
            Path backup = file().resolveSibling("config.yaml." + number);
            assertThat(backup).content().contains("models: [m" + (7 - number) + "]");
            assertThat(Files.getPosixFilePermissions(backup)).hasSize(2);
        }
        assertThat(file().resolveSibling("config.yaml.6")).doesNotExist();
        assertThat(file().getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_content_from_before_is_put_back_and_the_present_one_is_kept() throws IOException {
        SettingsFile settings = settings();
        settings.change(Map.of("CODEBUDDY_MODELS", "m1"), null);
        settings.change(Map.of("CODEBUDDY_MODELS", "m2"), null);
        String newest = Files.readString(file());

        SettingsFile.Change change = settings.restore(2, settings.snapshot().version());

        assertThat(change.changed()).containsExactly("CODEBUDDY_MODELS");
        assertThat(settings.config().codebuddy().models()).containsExactly("*");
        assertThat(file()).hasBinaryContent(ConfigFile.example());
        assertThat(file().resolveSibling("config.yaml.1")).hasContent(newest);
    }

    @Test
    void a_content_from_before_passes_the_same_gates_as_a_change() throws IOException {
        SettingsFile settings = settings();
        settings.change(Map.of("CODEBUDDY_MODELS", "m1"), null);
        String now = Files.readString(file());
        Path backup = file().resolveSibling("config.yaml.1");

        Files.writeString(backup, "server: {port: x}\n");
        assertThatThrownBy(() -> settings.restore(1, null))
                .isInstanceOfSatisfying(
                        SettingsRefusedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigProblem::key)
                                .containsExactly("CODEBUDDY_PORT"));
        Files.writeString(backup, "server: {port: 80}\n");
        assertThatThrownBy(() -> settings.restore(1, null)).isInstanceOf(SettingsReadOnlyException.class);
        for (int number : List.of(0, -1, 3, 6, Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> settings.restore(number, null)).isInstanceOf(SettingsRefusedException.class);
        }
        assertThat(file()).hasContent(now);
    }

    @Test
    void a_broken_file_is_cured_by_putting_a_content_from_before_back() throws IOException {
        SettingsFile settings = settings();
        settings.change(Map.of("CODEBUDDY_MODELS", "m1"), null);
        Files.writeString(file(), "server: [");

        settings.restore(1, null);

        assertThat(file()).hasBinaryContent(ConfigFile.example());
        assertThat(file().resolveSibling("config.yaml.1")).hasContent("server: [");
        assertThat(settings.trouble()).isEmpty();
    }

    @Test
    void a_file_mounted_by_itself_is_said_to_be_the_cause() {
        assertThat(DiskTrouble.of(new java.nio.file.FileSystemException("/canary", null, "Device or resource busy")))
                .contains("mount its directory");
    }

    @Test
    void saves_that_fail_again_and_again_cost_no_more_than_the_oldest_backup() throws IOException {
        NthFailureDisk disk = new NthFailureDisk(Integer.MAX_VALUE, true);
        SettingsFile settings = settings(disk);
        for (int i = 1; i <= 7; i++) {
            settings.change(Map.of("CODEBUDDY_MODELS", "m" + i), null);
        }

        for (int attempt = 1; attempt <= 5; attempt++) {
            disk.arm(attempt);
            assertThat(isSaved(settings, "x")).isFalse();
        }
        disk.arm(Integer.MAX_VALUE);

        assertThat(isSaved(settings, "x")).isTrue();
        assertThat(settings.backups()).extracting(ConfigBackup::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(file().resolveSibling("config.yaml.1")).content().contains("models: [m7]");
        assertThat(file().resolveSibling("config.yaml.2")).content().contains("models: [m6]");
        assertThat(file().resolveSibling("config.yaml.5")).content().contains("models: [m3]");
    }
}
