package io.github.codebuddy2api.codebuddy;

/**
 * Follows JSON text piece by piece and tells whether it is whole, without reading what it says. Not thread-safe.
 */
final class JsonText {
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean hopeless;

    void reset() {
        depth = 0;
        inString = false;
        escaped = false;
        hopeless = false;
    }

    void add(byte[] utf8, int from, int to) {
        for (int i = from; i < to && !hopeless; i++) {
            byte b = utf8[i];
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            } else if (depth == 0) {
                hopeless = !isBlank(b);
            } else {
                inString = b == '"';
            }
        }
    }

    /**
     * Whether it is the beginning of an object or array that has not come to its end, so that more text may make it
     * whole. Nothing else can be an unfinished event.
     */
    boolean isUnfinished() {
        return depth > 0 && !hopeless;
    }

    static boolean isBlank(byte[] utf8, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBlank(utf8[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
