package io.github.codebuddy2api.app.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.github.codebuddy2api.core.spi.Time;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a running service: the console from the start, and {@code logs/codebuddy2api.log} under the app home once
 * settings are applied. Thread-safe. It outlives every part that logs; closing it flushes nothing, because every line is
 * written at once, and ends the thread that packs old files.
 */
public final class LogControl implements AutoCloseable {
    private static final String CONSOLE = "console";

    private final LoggerContext context;
    private final LogDirectory directory;
    private final Time time;
    private final Threshold threshold = new Threshold();
    private final KnownSecrets secrets = new KnownSecrets();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock, which is not held while the disk is used.
    private @Nullable Open open;
    private boolean closed;

    private record Open(LogFile file, Archivist archivist, LogAppender appender) {}

    private LogControl(LoggerContext context, LogDirectory directory, Time time) {
        this.context = context;
        this.directory = directory;
        this.time = time;
    }

    /**
     * Takes the log of this process over: from now on the console shows our lines, at level {@code INFO}. There is no
     * file yet, since nobody has said what it should be like.
     *
     * @throws IllegalStateException if another logging backend than the one we bring has been put in its place
     */
    public static LogControl start(Path home, Time time) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return start(context, home, time, ZoneId.systemDefault());
        }
        throw new IllegalStateException("the log is not written by Logback: remove the other SLF4J provider");
    }

    static LogControl start(LoggerContext context, Path home, Time time, ZoneId zone) {
        LogControl control = new LogControl(context, new LogDirectory(home.resolve("logs"), zone), time);
        control.threshold.start();
        control.threshold.apply(new LogLevel(LogLevel.INFO), context);
        control.showOnConsole(zone);
        return control;
    }

    private void showOnConsole(ZoneId zone) {
        LineEncoder encoder = new LineEncoder(time, zone, secrets);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName(CONSOLE);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.addFilter(threshold);
        console.start();
        Appender<ILoggingEvent> before = root().getAppender(CONSOLE);
        root().addAppender(console);
        if (before != null) {
            root().detachAppender(before);
            before.stop();
        }
    }

    /**
     * Lets these settings hold from the next line on. Blocks on nothing. They are complete and valid by their type, so
     * this cannot fail half-way; the file goes on where it was.
     */
    public void apply(LogSettings settings) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            threshold.apply(settings.level(), context);
            Open current = open;
            if (current == null) {
                open = open(settings);
            } else {
                current.file().apply(settings);
            }
        } finally {
            lock.unlock();
        }
    }

    private Open open(LogSettings settings) {
        Logger troubles = context.getLogger(LogControl.class);
        Archivist archivist = new Archivist(directory, time, trouble -> troubles.warn("{}", trouble));
        archivist.start();
        LogFile file = new LogFile(directory, LogDirectory::open, archivist, time, settings);
        LogAppender appender = new LogAppender(file, time, directory.zone(), secrets, troubles);
        appender.setContext(context);
        appender.addFilter(threshold);
        appender.start();
        root().addAppender(appender);
        return new Open(file, archivist, appender);
    }

    /** What the log never shows: whoever gets to know a secret adds it. */
    public KnownSecrets secrets() {
        return secrets;
    }

    /** How many lines the file has missed because it could not be written. */
    public long dropped() {
        lock.lock();
        try {
            return open == null ? 0 : open.file().dropped();
        } finally {
            lock.unlock();
        }
    }

    private ch.qos.logback.classic.Logger root() {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** Closes the file; the console goes on. Waits a few seconds at most for old files being packed. */
    @Override
    public void close() {
        Open current;
        lock.lock();
        try {
            closed = true;
            current = open;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            root().detachAppender(current.appender());
            current.appender().stop();
            current.file().close();
            current.archivist().close();
        }
    }
}
