package io.github.codebuddy2api.app.logging;

import java.util.regex.Pattern;

/** What may stand in a line: no character that ends it, drives a terminal or turns it round, and nothing like a key. */
public final class LogText {
    /** Longer texts are cut. */
    static final int MAX_CHARS = 8_192;

    private static final String HIDDEN = "***";
    private static final String RUN = "[A-Za-z0-9_+/=-]{32,}";
    private static final String WORD = "(?:key|token|secret|passw(?:or)?d)";

    private static final Pattern SCHEME =
            Pattern.compile("\\b(Bearer|Basic)[\\s\\p{Cntrl}]+[^\\s\"']+", Pattern.CASE_INSENSITIVE);
    private static final Pattern JWT =
            Pattern.compile("eyJ[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)*");
    private static final Pattern KEY = Pattern.compile("\\b(sk-|sk_|ck_|ck-|cb2s_)[A-Za-z0-9_-]{8,}");
    private static final Pattern ASSIGNED = Pattern.compile(
            "(api[_-]?key|token|secret|passw(?:or)?d)([\"']?\\s{0,4}[:=]\\s{0,4}[\"']?)[^\\s\"',;]{6,}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RUN_AFTER =
            Pattern.compile("(" + WORD + ".{0,24}?)(?<![A-Za-z0-9_+/=-])" + RUN, Pattern.CASE_INSENSITIVE);
    private static final Pattern RUN_BEFORE = Pattern.compile(
            "(?<![A-Za-z0-9_+/=-])[A-Za-z0-9_+/=-]{32,}+(.{1,8}?" + WORD + ")", Pattern.CASE_INSENSITIVE);

    private LogText() {}

    /** The text as it may be written. */
    static String safe(String text) {
        return escaped(redacted(cut(text)));
    }

    /** A word that is cut in two could show its first half, so the cut is made before it. */
    private static String cut(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int blank = text.lastIndexOf(' ', MAX_CHARS);
        return text.substring(0, Math.max(blank, 0)) + "... (" + text.length() + " characters)";
    }

    /** The last guard, should a secret ever have got into a message: what looks like one is not shown. */
    static String redacted(String text) {
        String shown = SCHEME.matcher(text).replaceAll("$1 " + HIDDEN);
        shown = JWT.matcher(shown).replaceAll(HIDDEN);
        shown = KEY.matcher(shown).replaceAll("$1" + HIDDEN);
        shown = ASSIGNED.matcher(shown).replaceAll("$1$2" + HIDDEN);
        shown = RUN_AFTER.matcher(shown).replaceAll("$1" + HIDDEN);
        return RUN_BEFORE.matcher(shown).replaceAll(HIDDEN + "$1");
    }

    /** Control characters, line separators, marks of direction and halves of characters are shown as their code. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isHarmless(c)) {
                        escaped.appendCodePoint(c);
                    } else {
                        escaped.append("\\u").append("%04x".formatted(c));
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
