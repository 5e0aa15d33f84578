package io.github.codebuddy2api.filestore;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small grammars of single values. Each answers empty when the text cannot be meant. */
final class ConfigGrammar {
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*([a-z]*)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})\\s*([a-z]*)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9]{1,15})?]?");
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
    private static final Pattern ORIGIN =
            Pattern.compile("https?://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::([1-9][0-9]{0,4}))?");
    private static final int MAX_PORT = 65_535;
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E](?:[\\x20-\\x7E]{0,198}[\\x21-\\x7E])?");

    private ConfigGrammar() {}

    /** Decimal digits; a leading zero is refused, since readers disagree on what it means. */
    static Optional<Integer> integer(String text, int least, int most) {
        if (!INTEGER.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        long value = Long.parseLong(text.strip());
        return value < least || value > most ? Optional.empty() : Optional.of((int) value);
    }

    /** The words that older files and the settings page use. */
    static Optional<Boolean> flag(String text) {
        return switch (ConfigValues.word(text)) {
            case "true", "t", "yes", "y", "on", "1" -> Optional.of(true);
            case "false", "f", "no", "n", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** {@code 120s}, {@code 45 s}, {@code 2m}, {@code 500ms}, {@code 1h}, {@code 7d}, or plain seconds; never nothing. */
    static Optional<Duration> duration(String text, Duration most) {
        Matcher matcher = DURATION.matcher(ConfigValues.word(text));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "ms", "millisecond", "milliseconds" -> 1;
            case "", "s", "sec", "secs", "second", "seconds" -> 1_000;
            case "m", "min", "mins", "minute", "minutes" -> 60_000;
            case "h", "hour", "hours" -> 3_600_000;
            case "d", "day", "days" -> 86_400_000;
            default -> 0;
        };
        Duration value = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue());
        return value.isZero() || value.compareTo(most) > 0 ? Optional.empty() : Optional.of(value);
    }

    /** {@code 16 MiB}, {@code 10MB}, or plain bytes. */
    static Optional<Integer> size(String text, int least, int most) {
        Matcher matcher = SIZE.matcher(ConfigValues.word(text));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "", "b" -> 1;
            case "kb" -> 1_000;
            case "mb" -> 1_000_000;
            case "gb" -> 1_000_000_000;
            case "k", "kib" -> 1 << 10;
            case "m", "mib" -> 1 << 20;
            case "g", "gib" -> 1 << 30;
            default -> 0;
        };
        long value = Long.parseLong(matcher.group(1)) * unit;
        return value < least || value > most ? Optional.empty() : Optional.of((int) value);
    }

    /** A host name or address without scheme and port. */
    static Optional<String> host(String text) {
        String host = text.strip();
        boolean name = HOST.matcher(host).matches();
        boolean address = host.chars().filter(c -> c == ':').count() >= 2
                && IPV6.matcher(host).matches()
                && host.startsWith("[") == host.endsWith("]");
        return name || address ? Optional.of(host) : Optional.empty();
    }

    /** A time of the day, {@code 9:30} or {@code 09:30}. */
    static Optional<LocalTime> timeOfDay(String text) {
        Matcher matcher = TIME_OF_DAY.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** An origin as a browser sends it: scheme, host and, if it is not the usual one, the port. */
    static Optional<String> origin(String text) {
        String origin = ConfigValues.word(text);
        Matcher matcher = ORIGIN.matcher(origin);
        boolean fits =
                matcher.matches() && (matcher.group(2) == null || Integer.parseInt(matcher.group(2)) <= MAX_PORT);
        return fits && host(matcher.group(1)).isPresent() ? Optional.of(withoutUsualPort(origin)) : Optional.empty();
    }

    private static String withoutUsualPort(String origin) {
        boolean usual = origin.startsWith("https:") ? origin.endsWith(":443") : origin.endsWith(":80");
        return usual ? origin.substring(0, origin.lastIndexOf(':')) : origin;
    }

    /** Printable ASCII that can stand in a header as it is. */
    static Optional<String> headerValue(String text) {
        return HEADER_VALUE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** A log level of the list, upper case, or a number. */
    static Optional<String> level(String text) {
        String level = text.strip().toUpperCase(Locale.ROOT);
        return switch (level) {
            case "TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL" -> Optional.of(level);
            case "WARN" -> Optional.of("WARNING");
            case "FATAL" -> Optional.of("CRITICAL");
            default -> integer(level, 0, 1_000).map(String::valueOf);
        };
    }

    /** One printable line; not blank. */
    static Optional<String> line(String text, int maxLength) {
        String line = text.strip();
        boolean fits = !line.isEmpty() && line.length() <= maxLength;
        return fits && line.chars().noneMatch(Character::isISOControl) ? Optional.of(line) : Optional.empty();
    }
}
