package io.github.codebuddy2api.core.engine;

/**
 * Follows the JSON text of a tool call's arguments and tells which closing brackets are missing at its end: some models
 * leave them out. It never changes what was written, and says nothing where only a guess could help.
 */
final class ArgumentsBalance {
    private static final int MAX_DEPTH = 1_000;

    private final StringBuilder open = new StringBuilder();
    private boolean blank = true;
    private boolean inString;
    private boolean escaped;
    private boolean hopeless;

    void add(String text) {
        for (int i = 0; i < text.length() && !hopeless; i++) {
            char c = text.charAt(i);
            blank &= c == ' ' || c == '\n' || c == '\r' || c == '\t';
            if (inString) {
                inString = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else {
                outsideString(c);
            }
        }
    }

    private void outsideString(char c) {
        switch (c) {
            case '"' -> inString = true;
            case '{' -> push('}');
            case '[' -> push(']');
            case '}', ']' -> pop(c);
            default -> {
                // Numbers, words and commas open and close nothing.
            }
        }
    }

    private void push(char closer) {
        open.append(closer);
        hopeless = open.length() > MAX_DEPTH;
    }

    private void pop(char closer) {
        int last = open.length() - 1;
        hopeless = last < 0 || open.charAt(last) != closer;
        open.setLength(Math.max(last, 0));
    }

    /** What must follow for the text to be balanced; an empty object if there is no text at all. */
    String missing() {
        if (blank) {
            return "{}";
        }
        return hopeless || inString ? "" : new StringBuilder(open).reverse().toString();
    }
}
