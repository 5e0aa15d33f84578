package io.github.codebuddy2api.core.engine;

/** A fenced code block from its opening marks to the end of its closing line. Not thread-safe. */
final class CodeFence {
    /** A closing fence may stand this much deeper than the opening one, as CommonMark has it. */
    private static final int MAX_DEEPER = 3;

    private enum Place {
        OPENING_MARKS,
        OPENING_LINE,
        LINE_START,
        MARKS,
        AFTER_MARKS,
        CODE
    }

    private final char mark;
    private final Margin margin;
    private int length;
    private Place place = Place.OPENING_MARKS;
    private int column;
    private int marks;

    /** What stands before the opening marks: its width in columns, and whether it quotes. */
    record Margin(int width, boolean quoted) {
        static final Margin NONE = new Margin(0, false);

        Margin with(char c) {
            return new Margin(width + width(c), quoted || c == '>');
        }

        private static int width(char c) {
            return c == '\t' ? 4 : 1;
        }
    }

    /** A fence of which {@code length} marks have been read. */
    CodeFence(char mark, int length, Margin margin) {
        this.mark = mark;
        this.length = length;
        this.margin = margin;
    }

    /** Reads on; whether {@code c} was the last character of the closing line. */
    boolean closesWith(char c) {
        boolean closed = isLineEnd(c) && (place == Place.AFTER_MARKS || place == Place.MARKS) && marks >= length;
        place = isLineEnd(c) ? Place.LINE_START : placeAfter(c);
        if (place == Place.LINE_START) {
            column = isLineEnd(c) ? 0 : column + Margin.width(c);
        }
        return closed;
    }

    private Place placeAfter(char c) {
        return switch (place) {
            case OPENING_MARKS -> openingMark(c);
            case OPENING_LINE -> Place.OPENING_LINE;
            case LINE_START -> lineStart(c);
            case MARKS -> mark(c);
            case AFTER_MARKS -> isBlank(c) ? Place.AFTER_MARKS : Place.CODE;
            case CODE -> Place.CODE;
        };
    }

    private Place openingMark(char c) {
        if (c != mark) {
            return Place.OPENING_LINE;
        }
        length++;
        return Place.OPENING_MARKS;
    }

    private Place lineStart(char c) {
        if (isBlank(c) || c == '>' && margin.quoted()) {
            return Place.LINE_START;
        }
        marks = 1;
        return c == mark && column <= margin.width() + MAX_DEEPER ? Place.MARKS : Place.CODE;
    }

    private Place mark(char c) {
        if (c == mark) {
            marks++;
            return Place.MARKS;
        }
        return isBlank(c) && marks >= length ? Place.AFTER_MARKS : Place.CODE;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
