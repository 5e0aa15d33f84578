package io.github.codebuddy2api.app.logging;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RotationGrammarTest {
    @ParameterizedTest
    @CsvSource({
        "10 MB, 10000000",
        "10MB, 10000000",
        "'  10 MB  ', 10000000",
        "10 mB, 10000000",
        "10 mb, 1250000",
        "10 Mb, 1250000",
        "10 MiB, 10485760",
        "10 mib, 1310720",
        "1.5 GB, 1500000000",
        ".5 KB, 500",
        "5. KB, 5000",
        "1e3 B, 1000",
        "1E3 B, 1000",
        "1e+3 B, 1000",
        "+2 kB, 2000",
        "500 B, 500",
        "800 b, 100",
        "1 KiB, 1024",
        "1 KIB, 1024",
        "1 TB, 1000000000000",
        "1 PB, 1000000000000000",
        "1 EB, 1000000000000000000",
        "1 TiB, 1099511627776",
        "1 B, 1",
        "8 b, 1",
        "1 iB, 1"
    })
    void a_size_is_a_number_with_a_unit(String text, long bytes) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Size(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 ZB", "1 YB", "5 YiB", "100 EB"})
    void a_size_beyond_every_disk_is_never_reached(String text) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Size(Long.MAX_VALUE / 2));
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "10000000, 10000000", "1e6, 1000000", "720.9, 720"})
    void a_large_number_without_a_unit_is_bytes(String text, long bytes) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Size(bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 week|PT168H",
                "7d|PT168H",
                "1 day, 12 hours|PT36H",
                "1h 30min|PT1H30M",
                "1h30min|PT1H30M",
                "2 years|PT17520H",
                "1y|PT8760H",
                "1 month|PT730H",
                "2 months|PT1460H",
                "3 w|PT504H",
                "2 Weeks|PT336H",
                "1 DAY|PT24H",
                "5 min|PT5M",
                "5 mins|PT5M",
                "5 minutes|PT5M",
                "1 minute|PT1M",
                "10 s|PT10S",
                "10 sec|PT10S",
                "10 secs|PT10S",
                "1 second|PT1S",
                "10 seconds|PT10S",
                "500 ms|PT0.5S",
                "1 millisecond|PT0.001S",
                "2 milliseconds|PT0.002S",
                "50 us|PT0.00005S",
                "1 microsecond|PT0.000001S",
                "2 microseconds|PT0.000002S",
                "0.5 h|PT30M",
                "1e2 s|PT1M40S",
                "1 day,|PT24H",
                "2 days -1 day|PT24H",
                "1 hour|PT1H",
                "2 hours|PT2H"
            })
    void a_period_is_a_sum_of_numbers_with_units(String text, Duration period) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Every(period));
    }

    @ParameterizedTest
    @EnumSource(Rotation.Calendar.class)
    void a_word_of_the_calendar_is_taken_in_any_case(Rotation.Calendar unit) throws Exception {
        assertThat(RotationGrammar.parse(" " + unit.name() + " ")).isEqualTo(unit);
        assertThat(RotationGrammar.parse(Words.plain(unit.name()))).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource({
        "00:00, 00:00",
        "12:00, 12:00",
        "12, 12:00",
        "0, 00:00",
        "9, 09:00",
        "23:59:59, 23:59:59",
        "9:30, 09:30",
        "06:05:04.5, 06:05:04.500",
        "06:05:04.123456, 06:05:04.123456",
        "06:30:00 PM, 18:30",
        "6:30:00pm, 18:30",
        "6 pm, 18:00",
        "06:30 PM, 18:30",
        "12 am, 00:00",
        "12:00 PM, 12:00",
        "1:30, 01:30",
        "12:30:15, 12:30:15",
        "11:59:59.5 pm, 23:59:59.500"
    })
    void a_time_is_every_day(String text, LocalTime time) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Daily(time));
    }

    @Test
    void a_day_is_a_name_or_a_number_from_monday() throws Exception {
        List<DayOfWeek> days = List.of(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY);
        for (int number = 0; number < days.size(); number++) {
            Rotation midnight = new Rotation.Weekly(days.get(number), LocalTime.MIDNIGHT);

            assertThat(RotationGrammar.parse("w" + number)).isEqualTo(midnight);
            assertThat(RotationGrammar.parse("W" + number)).isEqualTo(midnight);
            assertThat(RotationGrammar.parse(days.get(number).name())).isEqualTo(midnight);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "monday at 12:00, MONDAY, 12:00",
        "sunday at 6 pm, SUNDAY, 18:00",
        "w6 at 18:30:01, SUNDAY, 18:30:01",
        "Friday  AT  9, FRIDAY, 09:00",
        "' wednesday at 00:00 ', WEDNESDAY, 00:00"
    })
    void a_day_may_have_a_time(String text, DayOfWeek day, LocalTime time) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Weekly(day, time));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "none", "None", "off", "never", "null"})
    void nothing_means_never(String text) throws Exception {
        assertThat(RotationGrammar.parse(text)).isEqualTo(new Rotation.Never());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 parsecs",
                "10 K",
                "10 M",
                "25:00",
                "24",
                "99",
                "12:60",
                "12:00:60",
                "13 pm",
                "0 am",
                "minutely",
                "5 m",
                "3 mo",
                "1 k",
                "-1 day",
                "0 days",
                "0 B",
                "-10 MB",
                "4 b",
                "w7",
                "w",
                "someday",
                "monday at",
                "at 12:00",
                "monday at noon",
                "monday 12:00",
                "12:00 at monday",
                "monday at w1",
                "1 day at 12:00",
                "10 MB 1 day",
                "1 day 10 MB",
                "day",
                "MB",
                "e B",
                "1e B",
                "1..5 MB",
                "0500",
                "-500",
                "1 day; 2 days",
                "NaN B",
                "0x10 B",
                "1e999 days",
                "200 years",
                "10  M B",
                "\u0661\u0662:\u0660\u0660",
                "12:00:00.1234567"
            })
    void what_cannot_be_meant_is_refused(String text) {
        assertThatThrownBy(() -> RotationGrammar.parse(text))
                .isInstanceOfSatisfying(
                        UnusableValueException.class,
                        refused -> assertThat(refused.problem("logging.rotation", text)
                                        .toString())
                                .startsWith("logging.rotation cannot be \"" + text + "\": ")
                                .contains(". Write "));
    }

    @Test
    void a_long_text_is_refused_at_once() {
        assertThatThrownBy(() -> RotationGrammar.parse("1 day ".repeat(100_000)))
                .isInstanceOf(UnusableValueException.class);
        assertThatThrownBy(() -> RotationGrammar.parse("1".repeat(1_000_000) + " B"))
                .isInstanceOf(UnusableValueException.class);
    }
}
