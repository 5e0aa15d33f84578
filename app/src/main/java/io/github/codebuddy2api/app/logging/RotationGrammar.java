package io.github.codebuddy2api.app.logging;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code logging.rotation}: a size, a period, a word, a time or a day, tried in this order. */
final class RotationGrammar {
    private static final String CURE =
            "Write a size (10 MB), a period (1 day), hourly, daily, weekly, monthly, yearly, a time (\"12:00\"), a day"
                    + " (monday at 12:00), or none";
    /** Smaller numbers without a unit are hours. */
    private static final double LEAST_PLAIN_BYTES = 100;

    /** More than any disk holds, and still safe to add to. */
    private static final long MOST_BYTES = Long.MAX_VALUE / 2;

    private static final Pattern DAY_AND_TIME = Pattern.compile("(.*?)\\s+at\\s+(.*)");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:\\.([0-9]{1,6}))?)?)?(?:\\s*([ap]m))?");

    private RotationGrammar() {}

    static Rotation parse(@Nullable String text) throws UnusableValueException {
        if (text == null || Words.isNothing(text)) {
            return new Rotation.Never();
        }
        OptionalDouble size = Measures.size(text);
        if (size.isPresent()) {
            return new Rotation.Size(bytes(size.getAsDouble()));
        }
        Optional<Duration> period = Measures.duration(text);
        if (period.isPresent()) {
            return every(period.get());
        }
        OptionalDouble number = plainNumber(text);
        if (number.isPresent()) {
            return new Rotation.Size(bytes(number.getAsDouble()));
        }
        return calendar(Words.plain(text))
                .or(() -> dayAndTime(Words.plain(text)))
                .orElseThrow(() -> new UnusableValueException("it is neither a size nor a time", CURE));
    }

    /** In YAML a number meant bytes; here it arrives as text, where up to two digits mean an hour. */
    private static OptionalDouble plainNumber(String text) {
        OptionalDouble number = Measures.number(text);
        boolean bytes = number.isPresent()
                && number.getAsDouble() >= LEAST_PLAIN_BYTES
                && !text.strip().startsWith("0");
        return bytes ? number : OptionalDouble.empty();
    }

    private static long bytes(double size) throws UnusableValueException {
        if (size < 1) {
            throw new UnusableValueException(
                    "every line would begin a new file", "Write at least one byte, or none for a single file");
        }
        return Math.min((long) size, MOST_BYTES);
    }

    private static Rotation every(Duration period) throws UnusableValueException {
        if (!period.isPositive()) {
            throw new UnusableValueException("a period is longer than nothing", "Write for example 1 day");
        }
        return new Rotation.Every(period);
    }

    private static Optional<Rotation> calendar(String word) {
        return switch (word) {
            case "hourly" -> Optional.of(Rotation.Calendar.HOURLY);
            case "daily" -> Optional.of(Rotation.Calendar.DAILY);
            case "weekly" -> Optional.of(Rotation.Calendar.WEEKLY);
            case "monthly" -> Optional.of(Rotation.Calendar.MONTHLY);
            case "yearly" -> Optional.of(Rotation.Calendar.YEARLY);
            default -> Optional.empty();
        };
    }

    private static Optional<Rotation> dayAndTime(String text) {
        Matcher both = DAY_AND_TIME.matcher(text);
        if (both.matches()) {
            return day(both.group(1)).flatMap(day -> time(both.group(2)).map(time -> new Rotation.Weekly(day, time)));
        }
        Optional<Rotation> weekly = day(text).map(day -> new Rotation.Weekly(day, LocalTime.MIDNIGHT));
        return weekly.or(() -> time(text).map(Rotation.Daily::new));
    }

    private static Optional<DayOfWeek> day(String word) {
        return switch (word) {
            case "monday", "w0" -> Optional.of(DayOfWeek.MONDAY);
            case "tuesday", "w1" -> Optional.of(DayOfWeek.TUESDAY);
            case "wednesday", "w2" -> Optional.of(DayOfWeek.WEDNESDAY);
            case "thursday", "w3" -> Optional.of(DayOfWeek.THURSDAY);
            case "friday", "w4" -> Optional.of(DayOfWeek.FRIDAY);
            case "saturday", "w5" -> Optional.of(DayOfWeek.SATURDAY);
            case "sunday", "w6" -> Optional.of(DayOfWeek.SUNDAY);
            default -> Optional.empty();
        };
    }

    private static Optional<LocalTime> time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int hour = hour(number(matcher.group(1)), matcher.group(5));
        int minute = number(matcher.group(2));
        int second = number(matcher.group(3));
        int nanos = number(((matcher.group(4) == null ? "" : matcher.group(4)) + "000000000").substring(0, 9));
        boolean exists = hour >= 0 && hour < 24 && minute < 60 && second < 60;
        return exists ? Optional.of(LocalTime.of(hour, minute, second, nanos)) : Optional.empty();
    }

    /** The hour of the day, or -1 if a clock with twelve hours has no such hour. */
    private static int hour(int hour, @Nullable String half) {
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > 12) {
            return -1;
        }
        return hour % 12 + (half.equals("pm") ? 12 : 0);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
