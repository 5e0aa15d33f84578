package io.github.codebuddy2api.http.feed;

/** The name of a model as a caller wrote it, made fit to be shown. */
final class ModelName {
    private static final int MOST = 64;

    private ModelName() {}

    /** At most {@value #MOST} characters, with a question mark for each that has no looks of its own. */
    static String shown(String asked) {
        StringBuilder shown = new StringBuilder();
        int length = 0;
        int i = 0;
        while (i < asked.length() && length < MOST) {
            int c = asked.codePointAt(i);
            shown.appendCodePoint(isPrintable(c) ? c : '?');
            length++;
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    /** What is invisible, changes its neighbours or the direction of the text could pass for another name. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
