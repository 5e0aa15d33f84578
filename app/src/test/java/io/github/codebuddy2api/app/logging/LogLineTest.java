package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLineTest {
    private static final Instant NOW = Instant.parse("2026-11-22T13:20:55.667399Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_line_names_moment_level_and_logger() {
        assertThat(LogLine.of(event(Level.INFO, "answered in {} ms", null, 5), NOW, BERLIN))
                .isEqualTo("2026-11-22 14:20:55.667 +01:00 INFO     Thing - answered in 5 ms\n");
        assertThat(LogLine.of(event(Level.WARN, "x", null), NOW, BERLIN)).contains(" WARNING  Thing - x");
    }

    @Test
    void a_marked_error_is_critical() {
        LoggingEvent event = event(Level.ERROR, "x", null);
        event.addMarker(LogLine.CRITICAL);

        assertThat(LogLine.of(event, NOW, BERLIN)).contains(" CRITICAL Thing - x");
        assertThat(LogLine.severity(event)).isEqualTo(LogLevel.CRITICAL);
        assertThat(LogLine.severity(event(Level.ERROR, "x", null))).isEqualTo(LogLevel.ERROR);
    }

    @Test
    void an_argument_cannot_forge_a_line_or_show_a_key() {
        assertThat(LogLine.of(
                        event(Level.INFO, "model {}", null, "a\n2026-11-22 ERROR Bearer fake-value"), NOW, BERLIN))
                .endsWith("model a\\n2026-11-22 ERROR Bearer ***\n")
                .hasLineCount(1);
    }

    @Test
    void what_was_thrown_is_told_briefly_and_as_safely() {
        Exception thrown = new IllegalStateException(
                "outer Bearer fake-value", new IllegalArgumentException("inner\nsecond line password=fake-value"));
        for (int i = 0; i < 10; i++) {
            thrown = new IllegalStateException(thrown);
        }
        Exception outermost = new IllegalStateException("got sk-fakefakefake\n\u001b[31m", thrown);

        String line = LogLine.of(event(Level.ERROR, "failed", outermost), NOW, BERLIN);

        assertThat(line).doesNotContain("fake").contains("IllegalStateException: got sk-***\\n\\u001b[31m\n");
        List<String> lines = line.lines().toList();
        assertThat(lines).hasSizeLessThan(50);
        assertThat(lines.subList(1, lines.size())).allMatch(further -> further.startsWith("  "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2026-11-22 14:20:55.667 +01:00 INFO     Thing - x;2026-11-22T13:20:55.667Z",
                "2026-11-22 14:20:55.667 -05:00 INFO     Thing - x;2026-11-22T19:20:55.667Z",
                "2026-11-22 14:20:55.667 | INFO     | src.main:run:1 - x;2026-11-22T13:20:55.667Z",
                "2026-11-22 14:20:55.667;2026-11-22T13:20:55.667Z"
            })
    void the_moment_of_a_line_is_read_again(String line, Instant moment) {
        assertThat(LogLine.moment(line, BERLIN)).contains(moment);
    }

    @ParameterizedTest
    @CsvSource({"''", "hello", "2026-13-22 14:20:55.667 +01:00 x", "2026-11-22 14:20:55.667 +99:99 xxxxxxxx"})
    void a_foreign_line_has_no_moment(String line) {
        assertThat(LogLine.moment(line, BERLIN)).isEmpty();
    }

    private static LoggingEvent event(Level level, String message, Throwable thrown, Object... arguments) {
        LoggerContext context = new LoggerContext();
        return new LoggingEvent("fqcn", context.getLogger("some.place.Thing"), level, message, thrown, arguments);
    }
}
