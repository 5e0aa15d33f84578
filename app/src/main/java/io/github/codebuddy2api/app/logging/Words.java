package io.github.codebuddy2api.app.logging;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the text of a setting is looked at. */
final class Words {
    private Words() {}

    /** Without the blanks around it, in lower case; empty for none. */
    static String plain(@Nullable String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the text says: never, not at all. */
    static boolean isNothing(@Nullable String text) {
        return switch (plain(text)) {
            case "", "none", "off", "never", "null" -> true;
            default -> false;
        };
    }
}
