package io.github.codebuddy2api.app.logging;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations, with the units people are used to from loguru. */
final class Measures {
    /** A hundred years: longer periods are slips, and the calendar must be able to add them. */
    static final Duration MAX_DURATION = Duration.ofDays(36_500);

    private static final int MAX_LENGTH = 200;
    private static final String NUMBER = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?";
    private static final Pattern PLAIN_NUMBER = Pattern.compile(NUMBER);
    private static final Pattern SIZE = Pattern.compile("(" + NUMBER + ")\\s*([kmgtpezyKMGTPEZY]?)([iI]?)([bB])");
    private static final Pattern PERIOD = Pattern.compile("(" + NUMBER + ")\\s*([a-z]+)[\\s,]*");
    private static final double NANOS = 1e9;
    private static final double BITS = 8;

    private Measures() {}

    /** A number without a unit. */
    static OptionalDouble number(String text) {
        String number = text.strip();
        return number.length() <= MAX_LENGTH && PLAIN_NUMBER.matcher(number).matches()
                ? OptionalDouble.of(Double.parseDouble(number))
                : OptionalDouble.empty();
    }

    /**
     * {@code 10 MB}, {@code 10 MiB}, {@code 1.5 GB}, in bytes; a small {@code b} means bits. Negative sizes are
     * understood as such.
     */
    static OptionalDouble size(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return OptionalDouble.empty();
        }
        String prefix = matcher.group(2).toLowerCase(Locale.ROOT);
        int power = prefix.isEmpty() ? 0 : "kmgtpezy".indexOf(prefix) + 1;
        double step = matcher.group(3).isEmpty() ? 1000 : 1024;
        double units = Double.parseDouble(matcher.group(1)) * Math.pow(step, power);
        return OptionalDouble.of(matcher.group(4).equals("b") ? units / BITS : units);
    }

    /** {@code 7 days}, {@code 1h 30min}, {@code 1 day, 12 hours}; the sum may be negative, but not beyond the limit. */
    static Optional<Duration> duration(String text) {
        String rest = Words.plain(text);
        if (rest.isEmpty() || rest.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = PERIOD.matcher(rest);
        double seconds = 0;
        int at = 0;
        while (at < rest.length()) {
            if (!matcher.region(at, rest.length()).lookingAt()) {
                return Optional.empty();
            }
            double unit = unit(matcher.group(2));
            if (unit == 0) {
                return Optional.empty();
            }
            seconds += Double.parseDouble(matcher.group(1)) * unit;
            at = matcher.end();
        }
        return Math.abs(seconds) <= MAX_DURATION.toSeconds()
                ? Optional.of(Duration.ofNanos(Math.round(seconds * NANOS)))
                : Optional.empty();
    }

    /** The length in seconds, or 0 for an unknown word. There is no {@code m}: minutes or months? */
    private static double unit(String word) {
        return switch (word) {
            case "y", "year", "years" -> 31_536_000;
            case "month", "months" -> 2_628_000;
            case "w", "week", "weeks" -> 604_800;
            case "d", "day", "days" -> 86_400;
            case "h", "hour", "hours" -> 3_600;
            case "min", "mins", "minute", "minutes" -> 60;
            case "s", "sec", "secs", "second", "seconds" -> 1;
            case "ms", "millisecond", "milliseconds" -> 1e-3;
            case "us", "microsecond", "microseconds" -> 1e-6;
            default -> 0;
        };
    }
}
