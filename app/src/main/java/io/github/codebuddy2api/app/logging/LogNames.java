package io.github.codebuddy2api.app.logging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of the log file and of what becomes of it. Pure. */
final class LogNames {
    /** The name's part before its extension. */
    static final String STEM = "codebuddy2api";

    static final String EXTENSION = ".log";

    /** The file that is written. */
    static final String LIVE = STEM + EXTENSION;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss_SSSSSS", Locale.ROOT);
    private static final Pattern RELATED = Pattern.compile(
            Pattern.quote(STEM) + "(?:\\..+)?" + Pattern.quote(EXTENSION) + "(?:\\..+)?", Pattern.DOTALL);
    private static final String UNFINISHED = ".tmp";

    private LogNames() {}

    /** What a file is called when its successor begins. Files of the same moment are numbered from 2. */
    static String rotated(Instant created, ZoneId zone, int number) {
        String moment = MOMENT.format(created.atZone(zone));
        return STEM + "." + moment + (number == 1 ? "" : "." + number) + EXTENSION;
    }

    /** Whether a file is one that retention may delete: any of this stem and extension but the live one. */
    static boolean isOld(String name) {
        return !name.equals(LIVE) && RELATED.matcher(name).matches();
    }

    /** What an archive is called until it is complete; the dot hides it from whoever looks for logs. */
    static String unfinished(String archive) {
        return "." + archive + UNFINISHED;
    }

    static boolean isUnfinished(String name) {
        return name.startsWith("." + STEM + ".") && name.endsWith(UNFINISHED);
    }
}
