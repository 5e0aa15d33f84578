package io.github.codebuddy2api.app.logging;

import java.util.regex.Pattern;

/**
 * The lowest severity that is written.
 *
 * @param number the severity, on the scale of {@code TRACE} 5 to {@code CRITICAL} 50
 */
record LogLevel(int number) {
    static final int TRACE = 5;
    static final int DEBUG = 10;
    static final int INFO = 20;
    static final int SUCCESS = 25;
    static final int WARNING = 30;
    static final int ERROR = 40;
    static final int CRITICAL = 50;

    private static final int MAX_NUMBER = 1_000;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,3}");

    LogLevel {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("a level is from 0 to " + MAX_NUMBER);
        }
    }

    /** A name in any case, {@code WARN} and {@code FATAL} included, or a number. */
    static LogLevel parse(String text) throws UnusableValueException {
        return switch (Words.plain(text)) {
            case "trace" -> new LogLevel(TRACE);
            case "debug" -> new LogLevel(DEBUG);
            case "info" -> new LogLevel(INFO);
            case "success" -> new LogLevel(SUCCESS);
            case "warning", "warn" -> new LogLevel(WARNING);
            case "error" -> new LogLevel(ERROR);
            case "critical", "fatal" -> new LogLevel(CRITICAL);
            default -> ofNumber(text.strip());
        };
    }

    private static LogLevel ofNumber(String text) throws UnusableValueException {
        if (NUMBER.matcher(text).matches() && Integer.parseInt(text) <= MAX_NUMBER) {
            return new LogLevel(Integer.parseInt(text));
        }
        throw new UnusableValueException(
                "there is no such level",
                "Write TRACE, DEBUG, INFO, SUCCESS, WARNING, ERROR, CRITICAL, or a number from 0 to " + MAX_NUMBER);
    }

    /**
     * Whether a line of this severity is written. We write no lines of level {@code SUCCESS}, so asking for it means to
     * see what succeeded, which our lines of level {@code INFO} tell.
     */
    boolean admits(int severity) {
        int least = number > INFO && number <= SUCCESS ? INFO : number;
        return severity >= least;
    }
}
