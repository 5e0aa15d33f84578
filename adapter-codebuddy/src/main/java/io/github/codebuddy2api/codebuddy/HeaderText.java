package io.github.codebuddy2api.codebuddy;

import java.util.regex.Pattern;

/** What may stand in a header: nothing that could end it and begin another. Pure. */
final class HeaderText {
    /** Longer values are no ids any more, and some servers refuse the whole request for them. */
    static final int MAX_LENGTH = 8 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

    private HeaderText() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether {@code value} is not blank, has printable ASCII alone and no blank at its ends. */
    static boolean isValue(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return value.charAt(0) != ' ' && value.charAt(value.length() - 1) != ' ';
    }
}
