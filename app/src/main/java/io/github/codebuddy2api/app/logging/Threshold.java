package io.github.codebuddy2api.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Logger;

/**
 * Which lines are written. The level is for our own loggers; the libraries below stay at warnings whatever it says, because
 * what they write down at lower levels is not in our hands.
 */
final class Threshold extends Filter<ILoggingEvent> {
    private static final String OURS = "io.github.codebuddy2api";
    private static final String HELIDON = "io.helidon";

    private volatile LogLevel least = new LogLevel(LogLevel.INFO);

    void apply(LogLevel level, LoggerContext context) {
        least = level;
        Level ours = logback(level);
        context.getLogger(OURS).setLevel(ours);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(higher(ours, Level.WARN));
        // It tells of every client that vanishes, with a stack trace; what matters of that we report ourselves.
        context.getLogger(HELIDON).setLevel(higher(ours, Level.ERROR));
    }

    private static Level higher(Level one, Level other) {
        return one.isGreaterOrEqual(other) ? one : other;
    }

    /** Logback knows nothing above {@code ERROR}: the rest is decided line by line. */
    private static Level logback(LogLevel level) {
        if (level.admits(LogLevel.TRACE)) {
            return Level.TRACE;
        }
        if (level.admits(LogLevel.DEBUG)) {
            return Level.DEBUG;
        }
        if (level.admits(LogLevel.INFO)) {
            return Level.INFO;
        }
        return level.admits(LogLevel.WARNING) ? Level.WARN : Level.ERROR;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return least.admits(LogLine.severity(event)) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
