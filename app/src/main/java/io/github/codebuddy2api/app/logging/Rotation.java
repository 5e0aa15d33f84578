package io.github.codebuddy2api.app.logging;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;

/** When a new log file is begun. Each kind is a pure question about the file's first moment and its size. */
sealed interface Rotation {
    /** The file that a line is about to be added to. */
    record State(Instant created, long size, ZoneId zone) {
        public State {
            Objects.requireNonNull(created, "created");
            Objects.requireNonNull(zone, "zone");
        }

        private ZonedDateTime local() {
            return created.atZone(zone);
        }
    }

    /** Whether a new file is begun before {@code bytes} more are written. An empty file never needs a successor. */
    default boolean isDue(State file, int bytes, Instant now) {
        return file.size() > 0
                && switch (this) {
                    case Never never -> false;
                    case Size limit -> file.size() + bytes > limit.bytes();
                    case Timed timed -> !now.isBefore(timed.limit(file));
                };
    }

    /** The file grows for ever. */
    record Never() implements Rotation {}

    /** The file does not grow beyond a size, unless a single line is larger. */
    record Size(long bytes) implements Rotation {
        public Size {
            if (bytes < 1) {
                throw new IllegalArgumentException("a size is at least one byte");
            }
        }
    }

    /** The file ends at a moment that follows from its first one, so restarts do not matter. */
    sealed interface Timed extends Rotation {
        /** The first moment that belongs to the next file. */
        Instant limit(State file);
    }

    /** A file covers this long. */
    record Every(Duration period) implements Timed {
        public Every {
            if (!period.isPositive()) {
                throw new IllegalArgumentException("a period is positive");
            }
        }

        @Override
        public Instant limit(State file) {
            return file.created().plus(period);
        }
    }

    /** A file covers one unit of the calendar, local time. */
    enum Calendar implements Timed {
        HOURLY,
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY;

        @Override
        public Instant limit(State file) {
            ZonedDateTime local = file.local();
            LocalDate day = local.toLocalDate();
            LocalDate next = switch (this) {
                case HOURLY, DAILY -> day.plusDays(1);
                case WEEKLY -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
                case MONTHLY -> day.with(TemporalAdjusters.firstDayOfNextMonth());
                case YEARLY -> day.with(TemporalAdjusters.firstDayOfNextYear());
            };
            return this == HOURLY
                    ? local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant()
                    : next.atStartOfDay(file.zone()).toInstant();
        }
    }

    /** A file ends every day at this time, local. */
    record Daily(LocalTime time) implements Timed {
        public Daily {
            Objects.requireNonNull(time, "time");
        }

        @Override
        public Instant limit(State file) {
            return next(file, file.local().toLocalDate(), time, 1);
        }
    }

    /** A file ends every week on this day at this time, local. */
    record Weekly(DayOfWeek day, LocalTime time) implements Timed {
        public Weekly {
            Objects.requireNonNull(day, "day");
            Objects.requireNonNull(time, "time");
        }

        @Override
        public Instant limit(State file) {
            LocalDate from = file.local().toLocalDate().with(TemporalAdjusters.nextOrSame(day));
            return next(file, from, time, 7);
        }
    }

    private static Instant next(State file, LocalDate from, LocalTime time, int days) {
        Instant first = from.atTime(time).atZone(file.zone()).toInstant();
        return first.isAfter(file.created())
                ? first
                : from.plusDays(days).atTime(time).atZone(file.zone()).toInstant();
    }
}
