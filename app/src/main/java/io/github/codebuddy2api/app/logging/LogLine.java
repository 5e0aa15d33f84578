package io.github.codebuddy2api.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** How a line looks. It begins with its moment, from which a file's first moment is read again after a restart. */
final class LogLine {
    /** On a line of level {@code ERROR}: somebody must act. */
    static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");

    private static final int MAX_CAUSES = 4;
    private static final int MAX_FRAMES = 8;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT);
    private static final int LOCAL_CHARS = 23;
    private static final int MOMENT_CHARS = 30;

    private LogLine() {}

    /** The event as one line, with a few indented ones if something was thrown. */
    static String of(ILoggingEvent event, Instant now, ZoneId zone) {
        String message = event.getFormattedMessage();
        StringBuilder line = new StringBuilder(
                of(name(severity(event)), event.getLoggerName(), message == null ? "" : message, at(now, zone)));
        appendThrown(line, event.getThrowableProxy());
        return line.toString();
    }

    /** A line that does not come from a logger. */
    static String of(String level, String logger, String message, OffsetDateTime moment) {
        String shortName = logger.substring(logger.lastIndexOf('.') + 1);
        return "%s %-8s %s - %s\n"
                .formatted(MOMENT.format(moment), level, LogText.escaped(shortName), LogText.safe(message));
    }

    private static void appendThrown(StringBuilder line, @Nullable IThrowableProxy thrown) {
        IThrowableProxy cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            String message = cause.getMessage();
            line.append(i == 0 ? "  " : "  because of ")
                    .append(LogText.escaped(cause.getClassName()))
                    .append(message == null ? "" : ": " + LogText.safe(message))
                    .append('\n');
            StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
            for (int f = 0; frames != null && f < Math.min(frames.length, MAX_FRAMES); f++) {
                line.append("    ")
                        .append(LogText.escaped(frames[f].getSTEAsString()))
                        .append('\n');
            }
            cause = cause.getCause();
        }
    }

    /** The severity on the scale of {@link LogLevel}. */
    static int severity(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case Level.TRACE_INT -> LogLevel.TRACE;
            case Level.DEBUG_INT -> LogLevel.DEBUG;
            case Level.INFO_INT -> LogLevel.INFO;
            case Level.WARN_INT -> LogLevel.WARNING;
            default ->
                event.getMarkerList() != null && event.getMarkerList().contains(CRITICAL)
                        ? LogLevel.CRITICAL
                        : LogLevel.ERROR;
        };
    }

    private static String name(int severity) {
        return switch (severity) {
            case LogLevel.TRACE -> "TRACE";
            case LogLevel.DEBUG -> "DEBUG";
            case LogLevel.INFO -> "INFO";
            case LogLevel.WARNING -> "WARNING";
            case LogLevel.ERROR -> "ERROR";
            default -> "CRITICAL";
        };
    }

    /** The moment a line begins with; lines of the original service, which name no offset, are read as local time. */
    static Optional<Instant> moment(String line, ZoneId zone) {
        try {
            if (line.length() >= MOMENT_CHARS && isSign(line.charAt(LOCAL_CHARS + 1))) {
                return Optional.of(OffsetDateTime.parse(line.substring(0, MOMENT_CHARS), MOMENT)
                        .toInstant());
            }
            if (line.length() >= LOCAL_CHARS) {
                return Optional.of(LocalDateTime.parse(line.substring(0, LOCAL_CHARS), LOCAL)
                        .atZone(zone)
                        .toInstant());
            }
        } catch (DateTimeException foreign) {
            // A file that somebody else began.
        }
        return Optional.empty();
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    /** The moment of a line of our own. */
    static OffsetDateTime at(Instant now, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(now);
        return now.atOffset(offset);
    }
}
