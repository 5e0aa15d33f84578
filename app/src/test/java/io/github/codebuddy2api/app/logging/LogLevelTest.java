package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogLevelTest {
    @ParameterizedTest
    @CsvSource({
        "TRACE, 5",
        "DEBUG, 10",
        "INFO, 20",
        "SUCCESS, 25",
        "WARNING, 30",
        "WARN, 30",
        "ERROR, 40",
        "CRITICAL, 50",
        "FATAL, 50",
        "debug, 10",
        "' Info ', 20",
        "0, 0",
        "15, 15",
        "' 33 ', 33",
        "1000, 1000"
    })
    void a_level_is_a_name_in_any_case_or_a_number(String text, int number) throws Exception {
        assertThat(LogLevel.parse(text)).isEqualTo(new LogLevel(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "LOUD", "none", "-1", "+5", "1001", "010", "1.5", "INFO DEBUG", "99999999999"})
    void anything_else_is_refused_with_its_cure(String text) {
        assertThatThrownBy(() -> LogLevel.parse(text))
                .isInstanceOfSatisfying(
                        UnusableValueException.class,
                        refused -> assertThat(
                                        refused.problem("logging.level", text).toString())
                                .startsWith("logging.level cannot be \"" + text + "\": there is no such level. ")
                                .contains("SUCCESS"));
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE, TRACE DEBUG INFO WARNING ERROR CRITICAL",
        "7, DEBUG INFO WARNING ERROR CRITICAL",
        "DEBUG, DEBUG INFO WARNING ERROR CRITICAL",
        "INFO, INFO WARNING ERROR CRITICAL",
        "SUCCESS, INFO WARNING ERROR CRITICAL",
        "26, WARNING ERROR CRITICAL",
        "WARNING, WARNING ERROR CRITICAL",
        "ERROR, ERROR CRITICAL",
        "CRITICAL, CRITICAL",
        "51, ''"
    })
    void a_level_admits_what_is_as_severe(String level, String admitted) throws Exception {
        LogLevel least = LogLevel.parse(level);
        StringBuilder seen = new StringBuilder();
        for (String name : new String[] {"TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}) {
            if (least.admits(LogLevel.parse(name).number())) {
                seen.append(seen.isEmpty() ? "" : " ").append(name);
            }
        }

        assertThat(seen).hasToString(admitted);
    }
}
