package io.github.codebuddy2api.filestore;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a single member of a credential file can mean; whatever cannot be meant is as if it were missing. */
final class CredentialValues {
    static final int MAX_TOKEN = 16 * 1024;
    private static final int MAX_TEXT = 512;
    private static final double LEAST_MILLISECONDS = 1e11;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{1,9})?");

    private CredentialValues() {}

    /** Whether it can be sent in a header, and read back from a file. */
    static boolean isToken(String text) {
        return text.length() <= MAX_TOKEN && TOKEN.matcher(text).matches();
    }

    /** The text, if it is one that a file can give back. */
    static Optional<String> text(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        boolean usable = !stripped.isEmpty()
                && stripped.length() <= MAX_TEXT
                && stripped.chars().noneMatch(Character::isISOControl);
        return usable ? Optional.of(stripped) : Optional.empty();
    }

    static Optional<String> text(JsonNode value) {
        return value.isString() || value.isIntegralNumber() ? text(value.asString()) : Optional.empty();
    }

    /** Seconds, milliseconds from 1e11 on, either of them as text, or ISO-8601; not positive means unknown. */
    static Optional<Instant> instant(JsonNode value) {
        Optional<Double> number = number(value);
        if (number.isPresent()) {
            double seconds = number.get() >= LEAST_MILLISECONDS ? number.get() / 1_000 : number.get();
            return seconds > 0 ? Optional.of(ofSeconds(seconds)) : Optional.empty();
        }
        if (!value.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(value.stringValue().strip()).toInstant());
        } catch (DateTimeParseException notTime) {
            return Optional.empty();
        }
    }

    /** The moment in the form that the member has so far. */
    static JsonNode instantLike(JsonNode before, Instant moment) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Optional<Double> number = number(before);
        if (number.isPresent()) {
            long written = number.get() >= LEAST_MILLISECONDS ? moment.toEpochMilli() : moment.getEpochSecond();
            return before.isString() ? nodes.stringNode(Long.toString(written)) : nodes.numberNode(written);
        }
        return instant(before).isPresent()
                ? nodes.stringNode(moment.toString())
                : nodes.numberNode(moment.getEpochSecond());
    }

    static Optional<Double> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.numberValue().doubleValue());
        }
        boolean numeric =
                value.isString() && NUMBER.matcher(value.stringValue()).matches();
        return numeric ? Optional.of(Double.parseDouble(value.stringValue())) : Optional.empty();
    }

    static Instant ofSeconds(double seconds) {
        double within = Math.max(0, Math.min(seconds, LAST_SECOND));
        return Instant.ofEpochMilli(Math.round(within * 1_000));
    }
}
