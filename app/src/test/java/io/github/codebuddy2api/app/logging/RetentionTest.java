package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<Retention.OldFile> FILES =
            List.of(file("b", 2), file("d", 4), file("a", 1), file("c", 3));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7 days|PT168H", "1 week, 1 day|PT192H", "12h|PT12H", "0.5 d|PT12H"})
    void a_period_is_an_age(String text, Duration age) throws Exception {
        assertThat(Retention.parse(text)).isEqualTo(new Retention.Age(age));
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "' 2 ', 2", "0, 0", "007, 7"})
    void a_bare_number_is_a_number_of_files(String text, int files) throws Exception {
        assertThat(Retention.parse(text)).isEqualTo(new Retention.Newest(files));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "none", "OFF", "never"})
    void nothing_keeps_all(String text) throws Exception {
        assertThat(Retention.parse(text)).isEqualTo(new Retention.Forever());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 files", "1.5", "-1", "-1 day", "0 days", "daily", "10 MB", "5 m", "1234567", "12:00"})
    void what_cannot_be_meant_is_refused(String text) {
        assertThatThrownBy(() -> Retention.parse(text))
                .isInstanceOfSatisfying(
                        UnusableValueException.class,
                        refused -> assertThat(refused.problem("logging.retention", text)
                                        .toString())
                                .startsWith("logging.retention cannot be \"" + text + "\": ")
                                .contains(". Write "));
    }

    @Test
    void forever_deletes_nothing() {
        assertThat(new Retention.Forever().expired(FILES, NOW)).isEmpty();
    }

    @Test
    void the_newest_files_stay() {
        assertThat(names(new Retention.Newest(2))).containsExactlyInAnyOrder("c", "d");
        assertThat(names(new Retention.Newest(0))).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(names(new Retention.Newest(4))).isEmpty();
        assertThat(names(new Retention.Newest(9))).isEmpty();
    }

    @Test
    void files_older_than_the_age_go() {
        assertThat(names(new Retention.Age(Duration.ofDays(2)))).containsExactlyInAnyOrder("c", "d");
        assertThat(names(new Retention.Age(Duration.ofDays(9)))).isEmpty();
    }

    private static List<String> names(Retention retention) {
        return retention.expired(FILES, NOW).stream()
                .map(file -> file.path().toString())
                .toList();
    }

    /** A file whose last line is so many days old. */
    private static Retention.OldFile file(String name, int days) {
        return new Retention.OldFile(Path.of(name), NOW.minus(Duration.ofDays(days)));
    }
}
