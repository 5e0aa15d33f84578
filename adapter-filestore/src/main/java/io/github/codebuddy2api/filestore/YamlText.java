package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Items;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values so that every reader takes them for the same: what a YAML 1.1 reader would take for a number, a time or
 * a switch stands in quotes.
 */
final class YamlText {
    private static final String STEP = "  ";
    private static final Pattern BARE = Pattern.compile("true|false|0|[1-9][0-9]{0,17}");
    private static final Pattern WORDS =
            Pattern.compile("(?:[A-Za-z_/]|\\.[A-Za-z_])[A-Za-z0-9_./+%-]*(?: [A-Za-z0-9_./+%-]+)*");
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(?::[0-9]+)?");
    private static final Pattern AMOUNT = Pattern.compile("(?!0[xX])[0-9]+(?:\\.[0-9]+)? ?[A-Za-z]{1,12}");

    private YamlText() {}

    /** Whether the value is better written on lines of its own. */
    static boolean needsLines(YamlNode value) {
        return switch (value) {
            case Text text -> false;
            case Items items -> items.items().stream().anyMatch(item -> !(item instanceof Text));
            case Mapping mapping -> !mapping.entries().isEmpty();
        };
    }

    /** The value on one line. */
    static String inline(YamlNode value) {
        return switch (value) {
            case Text text -> text.isNothing() ? "null" : scalar(text);
            case Items items ->
                items.items().stream().map(YamlText::inline).collect(Collectors.joining(", ", "[", "]"));
            case Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> key(entry.key()) + ": " + inline(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** The key with its value on as many lines as it needs, without the last line's break. */
    static String lines(String key, YamlNode value, String indent, String lineBreak) {
        String head = indent + key(key) + ":";
        if (needsLines(value)) {
            return head + lineBreak + below(value, indent, lineBreak);
        }
        return value instanceof Text text && text.isNothing() ? head : head + " " + inline(value);
    }

    /** What stands below a key: its entries or items, one a line, without the last line's break. */
    static String below(YamlNode value, String indent, String lineBreak) {
        return switch (value) {
            case Text text -> indent + STEP + inline(text);
            case Items items ->
                items.items().stream()
                        .map(item -> indent + STEP + "- " + inline(item))
                        .collect(Collectors.joining(lineBreak));
            case Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> lines(entry.key(), entry.value(), indent + STEP, lineBreak))
                        .collect(Collectors.joining(lineBreak));
        };
    }

    /** A whole file, without the comments of the one it replaces. */
    static String document(Mapping root, String lineBreak) {
        List<Entry> entries = root.entries();
        return entries.stream()
                .map(entry -> lines(entry.key(), entry.value(), "", lineBreak))
                .collect(Collectors.joining(lineBreak, "", lineBreak));
    }

    static String key(String key) {
        return scalar(new Text(key, false, YamlNode.Position.NOWHERE));
    }

    private static String scalar(Text text) {
        boolean bare = text.plain() && BARE.matcher(text.text()).matches();
        return bare || isHarmless(text.text()) ? text.text() : quoted(text.text());
    }

    private static boolean isHarmless(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "false", "yes", "no", "on", "off", "y", "n", "null", ".inf", ".nan" -> false;
            default ->
                WORDS.matcher(text).matches()
                        || ORIGIN.matcher(text).matches()
                        || AMOUNT.matcher(text).matches();
        };
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(c > 0xFFFF ? "\\U%08X".formatted(c) : "\\u%04X".formatted(c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** Whether it can stand in a file as it is, and does not end a line for anybody. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
