package io.github.codebuddy2api.codebuddy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When the upstream says that we may try again. No wait is longer than a day, and none is over before it began. Pure. */
final class RetryTimes {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** The times in its texts are China's, and say so (protocol sheet, 5.2 on 6004). */
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern MOMENT =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})");

    private RetryTimes() {}

    /** The value of a {@code Retry-After} header, in seconds or as a date; null if it says neither. */
    static @Nullable Duration ofHeader(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return until(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant(),
                    now);
        } catch (DateTimeException neither) {
            return null;
        }
    }

    /** The first moment named in {@code text}; null if there is none. */
    static @Nullable Duration inText(String text, Instant now) {
        Matcher moment = MOMENT.matcher(text);
        if (!moment.find()) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.parse(moment.group(1) + "T" + moment.group(2));
            return until(local.toInstant(CHINA), now);
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static Duration until(Instant moment, Instant now) {
        return bounded(Duration.between(now, moment));
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
