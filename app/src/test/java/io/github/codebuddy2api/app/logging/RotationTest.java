package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RotationTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_size_is_exceeded_by_the_line_to_come() {
        Rotation limit = new Rotation.Size(100);

        assertThat(limit.isDue(file(90, Instant.EPOCH), 10, Instant.EPOCH)).isFalse();
        assertThat(limit.isDue(file(90, Instant.EPOCH), 11, Instant.EPOCH)).isTrue();
        assertThat(limit.isDue(file(0, Instant.EPOCH), 1_000, Instant.EPOCH)).isFalse();
    }

    @Test
    void never_is_never() {
        assertThat(new Rotation.Never().isDue(file(Long.MAX_VALUE, Instant.EPOCH), 1, Instant.MAX))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-22 is a Sunday.
        "1 hour,           2026-11-22T14:20:55, 2026-11-22T15:20:55",
        "1 week,           2026-11-22T14:20:55, 2026-11-29T14:20:55",
        "hourly,           2026-11-22T14:20:55, 2026-11-22T15:00:00",
        "hourly,           2026-11-22T14:00:00, 2026-11-22T15:00:00",
        "daily,            2026-11-22T14:20:55, 2026-11-23T00:00:00",
        "weekly,           2026-11-22T14:20:55, 2026-11-23T00:00:00",
        "weekly,           2026-11-23T00:00:00, 2026-11-30T00:00:00",
        "monthly,          2026-11-22T14:20:55, 2026-12-01T00:00:00",
        "monthly,          2026-12-31T23:59:59, 2027-01-01T00:00:00",
        "yearly,           2026-11-22T14:20:55, 2027-01-01T00:00:00",
        "12:00,            2026-11-22T14:20:55, 2026-11-23T12:00:00",
        "18:00,            2026-11-22T14:20:55, 2026-11-22T18:00:00",
        "12:00,            2026-11-22T12:00:00, 2026-11-23T12:00:00",
        "sunday,           2026-11-22T14:20:55, 2026-11-29T00:00:00",
        "sunday at 18:00,  2026-11-22T14:20:55, 2026-11-22T18:00:00",
        "monday at 12:00,  2026-11-22T14:20:55, 2026-11-23T12:00:00",
        "w5 at 6 pm,       2026-11-22T14:20:55, 2026-11-28T18:00:00",
        // The clocks go back on 2026-10-25 and forward on 2027-03-28.
        "daily,            2026-10-25T01:00:00, 2026-10-26T00:00:00",
        "02:30,            2027-03-28T01:00:00, 2027-03-28T03:30:00",
        "24 hours,         2026-10-25T00:00:00, 2026-10-25T23:00:00"
    })
    void a_time_is_due_from_its_limit_on(String text, LocalDateTime created, LocalDateTime limit) throws Exception {
        Rotation rotation = RotationGrammar.parse(text);
        Rotation.State file = file(1, created.atZone(BERLIN).toInstant());
        Instant due = limit.atZone(BERLIN).toInstant();

        assertThat(rotation.isDue(file, 1, due.minusNanos(1))).isFalse();
        assertThat(rotation.isDue(file, 1, due)).isTrue();
        assertThat(rotation.isDue(file, 1, due.plusSeconds(100_000_000))).isTrue();
        assertThat(rotation.isDue(new Rotation.State(file.created(), 0, BERLIN), 1, due))
                .isFalse();
    }

    @Test
    void an_hour_that_happens_twice_ends_twice() {
        Instant first = LocalDateTime.parse("2026-10-25T02:30:00").toInstant(ZoneOffset.ofHours(2));
        Rotation.Timed hourly = Rotation.Calendar.HOURLY;

        Instant end = hourly.limit(file(1, first));

        assertThat(end).isEqualTo(LocalDateTime.parse("2026-10-25T02:00:00").toInstant(ZoneOffset.ofHours(1)));
        assertThat(hourly.limit(file(1, end))).isEqualTo(end.plusSeconds(3_600));
    }

    private static Rotation.State file(long size, Instant created) {
        return new Rotation.State(created, size, BERLIN);
    }
}
