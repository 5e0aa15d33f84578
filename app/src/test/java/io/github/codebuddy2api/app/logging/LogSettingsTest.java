package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.filestore.ConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LogSettingsTest {
    @Test
    void the_words_of_the_example_are_understood() {
        assertThat(LogSettings.read(new Config.Logging("INFO", "10 MB", "7 days", "zip")))
                .isEqualTo(new LogSettings(
                        new LogLevel(LogLevel.INFO),
                        new Rotation.Size(10_000_000),
                        new Retention.Age(Duration.ofDays(7)),
                        Compression.ZIP));
    }

    @Test
    void what_is_not_said_does_not_happen() {
        assertThat(LogSettings.read(new Config.Logging("DEBUG", null, null, null)))
                .isEqualTo(new LogSettings(
                        new LogLevel(LogLevel.DEBUG), new Rotation.Never(), new Retention.Forever(), Compression.NONE));
    }

    @Test
    void every_value_that_cannot_be_meant_is_named_with_its_cure() {
        Config.Logging words = new Config.Logging("LOUD", "10 parsecs", "10 files", "7z");

        assertThatThrownBy(() -> LogSettings.read(words))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting("key")
                                .containsExactly(
                                        "logging.level",
                                        "logging.rotation",
                                        "logging.retention",
                                        "logging.compression"))
                .hasMessageContaining("logging.rotation cannot be \"10 parsecs\": it is neither a size nor a time."
                        + " Write a size (10 MB)");
    }

    @Test
    void a_value_is_shown_short_and_without_what_could_forge_a_line() {
        Config.Logging words = new Config.Logging("INFO", "x\n" + "y".repeat(1_000), null, null);

        assertThatThrownBy(() -> LogSettings.read(words))
                .hasMessageContaining("cannot be \"x\\ny")
                .message()
                .hasSizeLessThan(500);
    }
}
