package io.github.codebuddy2api.codebuddy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads members of a reply of which any may be missing, or of another type than yesterday. Pure. */
final class ReplyFields {
    /** Longer than any name or id; what is longer is neither. */
    static final int MAX_TEXT = 512;

    /** The times in the upstream's texts are China's (protocol sheet, 5.2 on 6004). */
    static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    /** How the upstream writes a time. */
    static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** From here on a number is milliseconds, below it seconds (protocol sheet, 2.4). */
    private static final long FIRST_MILLISECONDS = 100_000_000_000L;
    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final int MAX_DIGITS = 40;

    private ReplyFields() {}

    /** The first of the members that is a text or number worth having, without blanks around it; null if none is. */
    static @Nullable String text(JsonNode object, String... names) {
        for (String name : names) {
            String text = text(object.path(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The text or number itself; null if it is none, or no line of a sensible length. */
    static @Nullable String text(JsonNode value) {
        if (!value.isString() && !value.isIntegralNumber()) {
            return null;
        }
        String text = value.asString().strip();
        boolean sensible = !text.isEmpty()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(Character::isISOControl)
                && !text.contains("\u2028")
                && !text.contains("\u2029");
        return sensible ? text : null;
    }

    /** The first of the members that is a number, also one written as a text; null if none is. */
    static @Nullable BigDecimal number(JsonNode object, String... names) {
        for (String name : names) {
            BigDecimal number = number(object.path(name));
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        if (!value.isNumber() && !value.isString()) {
            return null;
        }
        String text = value.asString().strip();
        try {
            BigDecimal number = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
            // A short text can mean a number of a billion digits.
            return number == null || Math.abs((long) number.scale()) > MAX_DIGITS ? null : number;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /** A whole number above zero; null if it is none. */
    static @Nullable Long positive(JsonNode object, String name) {
        BigDecimal number = number(object, name);
        try {
            return number == null || number.signum() <= 0 ? null : number.longValueExact();
        } catch (ArithmeticException notWhole) {
            return null;
        }
    }

    /** A count of seconds or milliseconds since 1970; null if it is none, or of no year anybody could mean. */
    static @Nullable Instant moment(JsonNode object, String name) {
        Long count = positive(object, name);
        if (count == null) {
            return null;
        }
        long millis = count >= FIRST_MILLISECONDS ? count : count * 1000;
        return millis / 1000 > LAST_SECOND ? null : Instant.ofEpochMilli(millis);
    }

    /** The first of the members that is a time in words, such as {@code 2026-08-31 23:59:59}; null if none is. */
    static @Nullable Instant localTime(JsonNode object, String... names) {
        for (String name : names) {
            String text = text(object, name);
            try {
                if (text != null) {
                    return LocalDateTime.parse(text, LOCAL_TIME).toInstant(CHINA);
                }
            } catch (DateTimeException noTime) {
                // Then perhaps the next one is.
            }
        }
        return null;
    }

    /** Whether the member is {@code true}. */
    static boolean isTrue(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isBoolean() && value.booleanValue();
    }
}
